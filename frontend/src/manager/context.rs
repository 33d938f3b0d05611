//! What all pages of the desk share.

use super::directory::{Directory, Kind};
use super::figures::arrival::Arrival;
use super::figures::pulse::{Pulse, Skew};
use crate::api::{self, Patience};
use crate::browser::clock;
use crate::live::{self, Heard, Live, Turn};
use crate::till::catalogue::{self, Catalogue};
use leptos::prelude::*;
use shared::api::sessions::Session;
use shared::ids::{Sku, StoreNo};
use shared::picture::Picture;
use shared::product::Product;
use shared::time::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// How often the clock of the desk ticks.
const TICK: Duration = Duration::from_secs(1);

/// How long to wait before stores that have just been opened are looked up, so that their staff is there too.
const SETTLE: Duration = Duration::from_millis(1500);

/// An open desk.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Who is signed in.
    pub session: StoredValue<Session>,
    /// What the server tells of all stores.
    pub live: Live,
    /// The stores, their registers and staff.
    pub directory: RwSignal<Arc<Directory>>,
    /// What is sold.
    pub catalogue: RwSignal<Arc<Catalogue>>,
    /// Which kind of figures was chosen.
    pub chosen: RwSignal<Option<Kind>>,
    /// Which kind of figures is shown.
    pub kind: Memo<Kind>,
    /// The stores that are shown.
    pub scope: Memo<Arc<BTreeSet<StoreNo>>>,
    /// The server's time, every second.
    pub clock: RwSignal<Timestamp>,
    /// What has arrived in the stores that are shown.
    pub arrival: Memo<Arrival>,
    /// What is read aloud: the outcome of something that shows on the page by itself.
    pub said: RwSignal<String>,
    /// What was saved in the last minutes.
    pub pulse: StoredValue<Pulse>,
    skew: StoredValue<Skew>,
    looking_up: Turn,
}

impl Desk {
    /// Opens the desk: fetches what is needed, and listens.
    pub fn open(session: Session) -> Self {
        let (skew, pulse) = (StoredValue::new(Skew::default()), StoredValue::new(Pulse::default()));
        let (directory, looking_up) = (RwSignal::default(), Turn::default());
        let is_waiting = StoredValue::new(false);
        let hear = move |heard: &Heard<'_>| match heard {
            Heard::Snapshot => {}
            Heard::Notice(notice) => {
                skew.update_value(|skew| skew.take(notice.saved_at, clock::now_millis()));
                pulse.update_value(|pulse| pulse.take(notice));
                if !directory.with_untracked(|directory: &Arc<Directory>| directory.knows(notice.store)) {
                    look_up_soon(directory, looking_up, is_waiting);
                }
            }
        };
        let chosen = RwSignal::new(None);
        let kind = Memo::new(move |_| directory.with(|directory: &Arc<Directory>| kind(directory, chosen.get())));
        let scope = Memo::new(move |_| Arc::new(directory.with(|directory| directory.of_kind(kind.get()))));
        let (live, clock) = (live::connect(None, hear), RwSignal::new(clock::now()));
        let desk = Self {
            session: StoredValue::new(session),
            live,
            directory,
            catalogue: RwSignal::default(),
            chosen,
            kind,
            scope,
            clock,
            arrival: Memo::new(move |_| arrival(live, scope, clock.get())),
            said: RwSignal::default(),
            pulse,
            skew,
            looking_up,
        };
        desk.keep_time();
        desk.keep_up();
        desk
    }

    fn keep_time(self) {
        let tick = move || self.clock.set(self.skew.with_value(|skew| skew.server_time(clock::now_millis())));
        if let Ok(timer) = set_interval_with_handle(tick, TICK) {
            on_cleanup(move || timer.clear());
        }
    }

    /// Fetches stores and catalogue, and again when there is news of them.
    fn keep_up(self) {
        Effect::new(move || {
            self.live.snapshots.track();
            self.live.stores.track();
            look_up(self.directory, self.looking_up);
        });
        let turn = Turn::default();
        Effect::new(move || {
            self.live.snapshots.track();
            self.live.catalogue.track();
            turn.ask(move || self.fetch_catalogue());
        });
    }

    async fn fetch_catalogue(self) {
        let store = self.session.with_value(|session| session.store.no);
        let known = self.catalogue.get_untracked();
        // What could not be fetched is fetched with the next snapshot; until then codes stand for names.
        if let Ok(Some(news)) = catalogue::news(store, &known).await {
            self.catalogue.set(Arc::new(catalogue::prepared(news.draft).await));
        }
    }

    /// The pictures of the stores that are shown.
    pub fn in_scope<T>(self, read: impl FnOnce(&[&Picture]) -> T) -> T {
        let scope = self.scope.get();
        self.live.pictures.with(|pictures| {
            let shown: Vec<_> = pictures.values().filter(|picture| scope.contains(&picture.store())).collect();
            read(&shown)
        })
    }

    /// A product of the catalogue.
    pub fn product(self, sku: &Sku) -> Option<Arc<Product>> {
        self.catalogue.with(|catalogue| catalogue.get(sku).cloned())
    }

    /// The name of a product, or its SKU where the catalogue has it no longer.
    pub fn product_name(self, sku: &Sku) -> String {
        self.product(sku).map_or_else(|| sku.to_string(), |product| product.name.clone())
    }

    /// The name of a store.
    pub fn store_name(self, store: StoreNo) -> String {
        self.directory.with(|directory| directory.name(store))
    }

    /// How many seconds ago something was, by the server's clock.
    pub fn seconds_since(self, at: Timestamp) -> i64 {
        (self.clock.get().as_second() - at.as_second()).max(0)
    }
}

fn arrival(live: Live, scope: Memo<Arc<BTreeSet<StoreNo>>>, now: Timestamp) -> Arrival {
    let scope = scope.get();
    live.pictures.with(|pictures| {
        let shown = pictures.values().filter(|picture| scope.contains(&picture.store()));
        let mut arrival = Arrival::default();
        shown.flat_map(Picture::series).for_each(|series| arrival.add(series, now));
        arrival
    })
}

/// Which kind is shown: the chosen one where there is such a store, else real before training.
fn kind(directory: &Directory, chosen: Option<Kind>) -> Kind {
    let usual = if directory.has(Kind::Real) { Kind::Real } else { Kind::Training };
    chosen.filter(|&kind| directory.has(kind)).unwrap_or(usual)
}

/// Fetches the stores a moment after one was heard of that nobody knows; many notices speak of it meanwhile.
fn look_up_soon(directory: RwSignal<Arc<Directory>>, looking_up: Turn, is_waiting: StoredValue<bool>) {
    if is_waiting.try_update_value(|waiting| std::mem::replace(waiting, true)) != Some(false) {
        return;
    }
    leptos::task::spawn_local(async move {
        gloo_timers::future::sleep(SETTLE).await;
        // The desk may be closed by now.
        if is_waiting.try_update_value(|waiting| *waiting = false).is_some() {
            look_up(directory, looking_up);
        }
    });
}

/// Fetches the stores; once more where they are being fetched, since that answer may be older than the news.
fn look_up(directory: RwSignal<Arc<Directory>>, looking_up: Turn) {
    looking_up.ask(move || async move {
        if let Ok(stores) = api::stores(Patience::Full).await {
            let fresh = Directory::new(stores.value);
            if directory.try_with_untracked(|known| **known != fresh) == Some(true) {
                directory.set(Arc::new(fresh));
            }
        }
    });
}
