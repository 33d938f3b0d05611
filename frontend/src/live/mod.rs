//! The live picture: one WebSocket, a snapshot, and the notices after it.
//!
//! Notices are folded as they come and shown once per frame, so that 500 receipts a second cost what one does. What was
//! missed while the line was down comes with the snapshot after it.

mod frame;
mod read;
mod socket;
mod turn;

pub use turn::Turn;

use crate::browser::clock;
use frame::Frame;
use leptos::prelude::{GetUntracked, Notify, RwSignal, Set, Update, UpdateUntracked, untrack};
use shared::api::live::ServerFrame;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::picture::Picture;
use shared::time::Timestamp;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How exactly clocks are compared, in seconds: the way of a frame is shorter.
pub const CLOCK_STEP: i64 = 60;

/// How the line to the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Not up yet.
    Connecting,
    /// Everything that is saved shows at once.
    Up,
    /// Cut; it is being tried again.
    Down,
}

/// What a page may want to know at once, before the next frame.
pub enum Heard<'a> {
    /// A fresh snapshot is in place, at first or after a cut.
    Snapshot,
    /// A notice was folded in.
    Notice(&'a Notice),
}

/// What the server tells, as signals.
#[derive(Clone, Copy)]
pub struct Live {
    /// How the line is.
    pub link: RwSignal<Link>,
    /// Whether the line is down because nobody is signed in any more.
    pub signed_out: RwSignal<bool>,
    /// How far this machine's clock is ahead of the server's, in seconds, to [`CLOCK_STEP`]; behind where negative.
    pub clock_ahead: RwSignal<i64>,
    /// How many snapshots have come: whoever shows what the line does not tell asks again after each, since it may have
    /// changed while the line was cut.
    pub snapshots: RwSignal<u32>,
    /// How often stores or their staff were said to have changed.
    pub stores: RwSignal<u32>,
    /// Every store that was asked for.
    pub pictures: RwSignal<BTreeMap<StoreNo, Picture>>,
    /// How many records are in the log and not saved yet.
    pub backlog: RwSignal<u64>,
    /// How many records in the log cannot be read and name no store; only where all stores were asked for.
    pub unplaced: RwSignal<u64>,
    /// How often something that tills send was refused lately; only where all stores were asked for.
    pub refused: RwSignal<u64>,
    /// The latest version of the catalogue that was spoken of.
    pub catalogue: RwSignal<u64>,
}

/// Connects, and stays connected as long as the view around it lives: to one store with its levels, or to all without.
pub fn connect(store: Option<StoreNo>, hear: impl Fn(&Heard<'_>) + 'static) -> Live {
    let live = Live {
        link: RwSignal::new(Link::Connecting),
        signed_out: RwSignal::default(),
        clock_ahead: RwSignal::default(),
        snapshots: RwSignal::default(),
        stores: RwSignal::default(),
        pictures: RwSignal::default(),
        backlog: RwSignal::default(),
        unplaced: RwSignal::default(),
        refused: RwSignal::default(),
        catalogue: RwSignal::default(),
    };
    let listener = Listener { live, store, frame: Frame::new(live), hear: Rc::new(hear) };
    untrack(|| leptos::task::spawn_local_scoped_with_cancellation(socket::stay_connected(listener)));
    live
}

/// Takes what the socket brings.
#[derive(Clone)]
struct Listener {
    live: Live,
    store: Option<StoreNo>,
    frame: Frame,
    hear: Rc<dyn Fn(&Heard<'_>)>,
}

impl Listener {
    fn take(&self, frame: ServerFrame) {
        match frame {
            ServerFrame::Snapshot { stores } => self.replace(stores.into_iter().map(Picture::from)),
            ServerFrame::Notice(notice) => self.fold(&notice),
            ServerFrame::Catalogue { version } => self.live.catalogue.set(version),
            ServerFrame::Stores => self.live.stores.update(|count| *count += 1),
            ServerFrame::Heartbeat { backlog, at, unplaced, refused } => {
                self.compare_clocks(at);
                show(self.live.backlog, backlog);
                show(self.live.unplaced, unplaced);
                show(self.live.refused, refused);
            }
        }
    }

    fn replace(&self, stores: impl Iterator<Item = Picture>) {
        self.live.pictures.update_untracked(|pictures| {
            pictures.clear();
            pictures.extend(stores.map(|picture| (picture.store(), picture)));
        });
        self.live.pictures.notify();
        self.live.link.set(Link::Up);
        self.live.signed_out.set(false);
        self.live.snapshots.update(|count| *count += 1);
        (self.hear)(&Heard::Snapshot);
    }

    fn fold(&self, notice: &Notice) {
        // A store that was opened after the snapshot is known from its first notice on.
        let opened = || Picture::empty(notice.store).without_levels();
        let taken =
            self.live.pictures.try_update_untracked(|all| all.entry(notice.store).or_insert_with(opened).apply(notice));
        if taken == Some(true) {
            self.frame.ask();
        }
        // Even an old notice may bring news: that a copy was saved again.
        (self.hear)(&Heard::Notice(notice));
        show(self.live.backlog, notice.backlog);
    }

    fn compare_clocks(&self, at: Timestamp) {
        let ahead = (clock::now().as_second() - at.as_second()) / CLOCK_STEP * CLOCK_STEP;
        show(self.live.clock_ahead, ahead);
    }
}

/// Shows a figure; one that is shown already moves nothing.
fn show<T: PartialEq + Copy + Send + Sync + 'static>(signal: RwSignal<T>, figure: T) {
    if signal.get_untracked() != figure {
        signal.set(figure);
    }
}
