//! The journal of this register. What is noted goes to the keeper, whose code comes as a part of its own: it writes it
//! down, chained and signed, and sends it until it is saved.

mod keeper;
mod sending;
mod sent;

pub(super) use keeper::{closed, keep};
pub(super) use sending::Sender;

use super::context::Till;
use super::message::Message;
use crate::db::Issued;
use crate::outbox::Outbox;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_channel::oneshot;
use leptos::prelude::*;
use shared::api::problem::Problem;
use shared::ids::{JournalNo, SellerNo};
use shared::journal::{Act, Deed};
use shared::register_session::RegisterSession;

/// What became of a note: whether it is on disk, or why not.
type Written = Result<(), String>;

/// Asked in the moment in which something is written down: whether it is still to be.
type StillSo = Box<dyn Fn() -> bool>;

/// Something to be written down.
struct Note {
    deed: Deed,
    /// A receipt that is written down in the same moment.
    beside: Option<Issued>,
    still_so: StillSo,
    written: oneshot::Sender<Written>,
}

/// How many entries are not known to be saved, and how many of them the server has refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsent {
    /// All of them.
    pub waiting: usize,
    /// Those that the server has not answered yet.
    pub unanswered: usize,
    /// Those that were damaged on the disk.
    pub unreadable: usize,
    /// Those that somebody has to look at: the damaged ones too.
    pub refused: usize,
    /// The first of those, and why it was refused.
    pub refusal: Option<(JournalNo, Problem)>,
}

impl Unsent {
    /// How many wait, also those that were noted since the journal was last looked through.
    pub fn waiting(&self) -> usize {
        self.waiting.max(self.unanswered)
    }
}

/// The journal, as the till knows it.
#[derive(Clone, Copy)]
pub struct Journal {
    /// The open session of the register.
    pub session: RwSignal<Option<RegisterSession>>,
    /// What waits to be saved.
    pub unsent: RwSignal<Unsent>,
    notes: StoredValue<UnboundedSender<Note>, LocalStorage>,
    unread: StoredValue<Option<UnboundedReceiver<Note>>, LocalStorage>,
}

impl Default for Journal {
    fn default() -> Self {
        let (notes, unread) = unbounded();
        Self {
            session: RwSignal::default(),
            unsent: RwSignal::default(),
            notes: StoredValue::new_local(notes),
            unread: StoredValue::new_local(Some(unread)),
        }
    }
}

/// How many receipts and entries are on their way to be saved: those that wait, but for what the server refuses.
pub(super) fn on_the_way(outbox: Outbox, unsent: RwSignal<Unsent>) -> usize {
    let (receipts, refused) = outbox.waiting();
    receipts - refused + unsent.with(|unsent| unsent.waiting() - unsent.refused)
}

impl Till {
    /// How many receipts the server has refused, and how many entries of the journal.
    pub fn refused(self) -> (usize, usize) {
        (self.outbox.waiting().1, self.journal.unsent.with(|unsent| unsent.refused))
    }

    /// Whether the server has all that was noted and sold here, but for what it refuses.
    pub fn has_sent_all(self) -> bool {
        self.outbox.has_sent_all() && self.journal.unsent.with_untracked(|unsent| unsent.unanswered == 0)
    }

    /// How many receipts and entries of the journal are on their way.
    pub fn on_the_way(self) -> usize {
        on_the_way(self.outbox, self.journal.unsent)
    }

    /// Notes what was done; `manager` where one allowed it. Where it cannot be written down, that is said.
    pub fn note(self, act: Act, manager: Option<SellerNo>) {
        let noted = self.noted(act, manager);
        leptos::task::spawn_local(async move {
            if let Ok(Err(reason)) = noted.await {
                self.refuse(Message::DoneUnnoted(reason));
            }
        });
    }

    /// The same, and tells once it is written down.
    pub fn noted(self, act: Act, manager: Option<SellerNo>) -> oneshot::Receiver<Written> {
        self.noted_with(act, manager, None, Box::new(|| true))
    }

    /// The same, if `still_so` holds in the moment in which it is written down.
    pub(super) fn noted_if(
        self,
        act: Act,
        manager: SellerNo,
        still_so: impl Fn() -> bool + 'static,
    ) -> oneshot::Receiver<Written> {
        self.noted_with(act, Some(manager), None, Box::new(still_so))
    }

    /// Writes a receipt down in one transaction with the act that it comes of, if `still_so` holds then.
    pub(super) fn noted_beside(
        self,
        act: Act,
        issued: Issued,
        still_so: impl Fn() -> bool + 'static,
    ) -> oneshot::Receiver<Written> {
        self.noted_with(act, None, Some(issued), Box::new(still_so))
    }

    fn noted_with(
        self,
        act: Act,
        manager: Option<SellerNo>,
        beside: Option<Issued>,
        still_so: StillSo,
    ) -> oneshot::Receiver<Written> {
        let (written, tell) = oneshot::channel();
        let deed = Deed { act, at: self.now(), by: self.place().seller.no.into(), manager };
        // The other end lives as long as the page.
        self.journal.notes.with_value(|notes| drop(notes.unbounded_send(Note { deed, beside, still_so, written })));
        tell
    }

    /// Does something once it is written down, and refuses to where it cannot be.
    pub fn when_noted(self, act: Act, manager: Option<SellerNo>, then: impl FnOnce() + 'static) {
        let noted = self.noted(act, manager);
        leptos::task::spawn_local(async move {
            match noted.await {
                Ok(Ok(())) => then(),
                Ok(Err(reason)) => self.refuse(Message::NotNoted(reason)),
                // The page goes away.
                Err(oneshot::Canceled) => {}
            }
        });
    }
}
