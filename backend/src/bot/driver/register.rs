//! A register: its series, what it has issued, and its outbox.

use super::outbox::{Batch, FirstSave, Outbox};
use super::tally::{Tally, locked};
use crate::bot::generator::Place;
use ed25519_dalek::SigningKey;
use shared::chain::{Hash, Head, PublicKey};
use shared::ids::{EventId, ReceiptId, ReceiptNo, SeriesId};
use shared::money::Currency;
use shared::ranges::Ranges;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;
use tokio::sync::Notify;

/// What the audit needs to know of a receipt; its number is its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issued {
    /// Its id.
    pub id: ReceiptId,
    /// Its hash.
    pub hash: Hash,
}

#[derive(Debug, Default)]
struct State {
    outbox: Outbox,
    issued: Vec<Issued>,
    closed: bool,
}

/// A register that a bot holds.
#[derive(Debug)]
pub struct Register {
    /// Where in the run it is.
    pub place: Place,
    /// Its series.
    pub series: SeriesId,
    /// What its first receipt names as its predecessor.
    pub start: Head,
    /// The store's currency.
    pub currency: Currency,
    /// Signs its receipts.
    pub key: SigningKey,
    state: Mutex<State>,
    /// Wakes whoever posts: something waits, or something was saved.
    pub wake: Notify,
    /// Wakes whoever issues: there is room in the outbox.
    pub room: Notify,
    tally: Arc<Tally>,
}

impl Register {
    /// A register that has issued nothing.
    pub fn new(
        place: Place,
        series: SeriesId,
        start: Head,
        currency: Currency,
        key: SigningKey,
        tally: Arc<Tally>,
    ) -> Self {
        let (wake, room) = (Notify::new(), Notify::new());
        Self { place, series, start, currency, key, state: Mutex::default(), wake, room, tally }
    }

    /// The key that its receipts are checked with.
    pub fn public_key(&self) -> PublicKey {
        PublicKey::from_bytes(self.key.verifying_key().to_bytes())
    }

    /// Puts the next receipt of the series into the outbox.
    pub fn issued(&self, number: ReceiptNo, issued: Issued, json: Vec<u8>) {
        let mut state = self.state();
        state.issued.push(issued);
        state.outbox.push(number, issued.id, json);
        drop(state);
        self.tally.issued.fetch_add(1, Relaxed);
        self.wake.notify_one();
    }

    /// Nothing more will be issued.
    pub fn close(&self) {
        self.state().closed = true;
        self.wake.notify_one();
    }

    /// Whether everything that will ever be issued is saved.
    pub fn is_done(&self) -> bool {
        let state = self.state();
        state.closed && state.outbox.is_empty()
    }

    /// Whether nothing more will be issued.
    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// All that was issued, in the order of the numbers from 1.
    pub fn everything(&self) -> Vec<Issued> {
        self.state().issued.clone()
    }

    /// How many receipts wait to be posted, and how many are not known to be saved in all.
    pub fn load(&self) -> (usize, usize) {
        let state = self.state();
        (state.outbox.waiting(), state.outbox.len())
    }

    /// Takes what is to be posted next, at most `most` receipts.
    pub fn next_batch(&self, most: usize) -> Option<Batch> {
        let batch = self.state().outbox.next_batch(most, Instant::now());
        self.room.notify_one();
        batch
    }

    /// The log has taken these receipts.
    pub fn accepted(&self, numbers: impl IntoIterator<Item = ReceiptNo>) {
        let now = Instant::now();
        let mut state = self.state();
        for posted in numbers.into_iter().filter_map(|number| state.outbox.accepted(number, now)) {
            self.tally.accepted.fetch_add(1, Relaxed);
            self.tally.ack.record(now.saturating_duration_since(posted));
        }
    }

    /// These receipts have to be posted again.
    pub fn put_back(&self, numbers: impl IntoIterator<Item = ReceiptNo>) {
        let mut state = self.state();
        let unacknowledged = numbers.into_iter().filter(|number| state.outbox.put_back(*number)).count();
        self.tally.accepted.fetch_add(unacknowledged as u64, Relaxed);
    }

    /// A notice says that a receipt is saved; gives when it was first posted.
    pub fn saved(&self, number: ReceiptNo) -> Option<Instant> {
        let save = self.state().outbox.saved(number)?;
        self.count(save);
        self.notify();
        let posted = save.posted?;
        self.tally.save.record(posted.elapsed());
        Some(posted)
    }

    /// The register's completeness says which receipts are saved.
    pub fn saved_all(&self, ranges: &Ranges) {
        let saves = self.state().outbox.saved_all(ranges);
        for save in saves {
            self.count(save);
        }
        self.notify();
    }

    /// When the receipt that is an event was first posted, if it is one of this register's and not known to be saved.
    pub fn first_post_of(&self, event: EventId) -> Option<Instant> {
        self.state().outbox.first_post_of(event)
    }

    /// Posts again what was accepted before `deadline` and is not known to be saved.
    pub fn repost(&self, deadline: Instant) {
        self.state().outbox.repost(deadline);
    }

    fn count(&self, save: FirstSave) {
        self.tally.saved.fetch_add(1, Relaxed);
        self.tally.accepted.fetch_add(save.unacknowledged.into(), Relaxed);
    }

    fn notify(&self) {
        self.wake.notify_one();
        self.room.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }
}
