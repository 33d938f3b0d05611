//! The outbox: every receipt that is paid and not known to be saved, on disk and on its way.

mod pump;

use crate::db::{self, Db, DbError};
use futures_channel::mpsc::{UnboundedSender, unbounded};
use leptos::prelude::{LocalStorage, Memo, RwSignal, StoredValue, Update, With, WithUntracked, WithValue};
use shared::api::problem::Problem;
use shared::chain::{Head, Sealed};
use shared::ids::{ReceiptId, ReceiptNo, SeriesId, Sku, StoreNo};
use shared::notice::Notice;
use shared::outbox::{Progress, Queue};
use shared::quantity::Quantity;
use shared::receipt::Receipt;
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// The outbox of this browser.
#[derive(Clone, Copy)]
pub struct Outbox {
    queue: RwSignal<Queue>,
    bell: StoredValue<UnboundedSender<()>>,
    db: StoredValue<Db, LocalStorage>,
}

/// Why an outbox cannot be taken up.
#[derive(Debug)]
pub enum StartError {
    /// The browser's database does not give it.
    Db(DbError),
    /// The code that reads it is not there, and its server does not answer.
    NoCode,
}

impl From<DbError> for StartError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// Most tills start with nothing left to send.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn left(texts: Vec<String>) -> Result<Queue, leptos::wasm_split::SplitLoaderError> {
    Ok(Queue::of_texts(&texts))
}

impl Outbox {
    /// Takes up what was left, whichever store and register it was sold at. It is sent for as long as what comes beside it is
    /// polled.
    ///
    /// # Errors
    ///
    /// What was left cannot be read; nothing of it is lost.
    pub async fn take_up(db: Db) -> Result<(Self, impl Future<Output = ()>), StartError> {
        let texts = db::load_outbox(&db).await?;
        let queue =
            if texts.is_empty() { Queue::default() } else { left(texts).await.map_err(|_| StartError::NoCode)? };
        let (bell, rings) = unbounded();
        let outbox = Self { queue: RwSignal::new(queue), bell: StoredValue::new(bell), db: StoredValue::new_local(db) };
        Ok((outbox, pump::run(outbox, rings)))
    }

    /// Takes a receipt that the database holds already.
    pub fn add(self, receipt: Sealed<Receipt>) {
        self.queue.update(|queue| queue.add(receipt));
        self.ring();
    }

    /// Hears what a store has saved.
    pub fn hear(self, notice: &Notice) {
        if self.queue.with_untracked(|queue| queue.is_concerned(notice)) {
            self.lets_go(|queue| queue.hear(notice));
        }
    }

    /// Lets go of receipts that are saved as they stand here.
    pub fn saved(self, ids: &[ReceiptId]) {
        self.lets_go(|queue| queue.let_go(ids));
    }

    fn lets_go(self, act: impl FnOnce(&mut Queue) -> Vec<Receipt>) {
        let gone = self.queue.try_update(act).unwrap_or_default();
        let db = self.db.with_value(Db::clone);
        leptos::task::spawn_local(async move {
            // One that stays on disk is sent once more after the next start, and let go of then.
            let _ = db::let_go(&db, &gone).await;
        });
    }

    /// Sends again what the server may have forgotten to speak of while the line was cut.
    pub fn reconnected(self) {
        self.queue.update(Queue::forget_posts);
        self.ring();
    }

    /// How many receipts wait, and how many of them were refused.
    pub fn waiting(self) -> (usize, usize) {
        self.queue.with(|queue| (queue.waiting(), queue.refused()))
    }

    /// Whether all of them are saved, but for those that were refused.
    pub fn has_sent_all(self) -> bool {
        self.queue.with_untracked(|queue| queue.waiting() == queue.refused())
    }

    /// The first receipt that the server refuses, and why.
    pub fn refusal(self) -> Option<(ReceiptNo, Problem)> {
        self.queue.with(Queue::refusal)
    }

    /// The first receipt whose id the store has with other content.
    pub fn displaced(self) -> Option<ReceiptNo> {
        self.queue.with(Queue::displaced)
    }

    /// How far a receipt has got.
    pub fn progress(self, id: ReceiptId) -> Progress {
        self.queue.with(|queue| queue.progress(id))
    }

    /// The number of a receipt that waits.
    pub fn number(self, id: ReceiptId) -> Option<ReceiptNo> {
        self.queue.with_untracked(|queue| queue.number(id))
    }

    /// What was sold of a store and is not part of the server's levels yet.
    pub fn unsaved(self, store: StoreNo) -> Memo<BTreeMap<Sku, Quantity>> {
        Memo::new(move |_| self.queue.with(|queue| queue.quantities(store)))
    }

    /// The last receipt of a series that waits.
    pub fn last_of(self, series: &SeriesId) -> Option<Head> {
        self.queue.with_untracked(|queue| queue.last_of(series))
    }

    /// When the oldest receipt that waits was issued.
    pub fn oldest(self) -> Option<Timestamp> {
        self.queue.with(Queue::oldest)
    }

    fn ring(self) {
        // The other end lives as long as the page.
        self.bell.with_value(|bell| drop(bell.unbounded_send(())));
    }
}
