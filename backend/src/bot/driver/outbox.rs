//! What a register has issued and the server has not saved yet: pure, as a till's outbox.

use shared::ids::{EventId, ReceiptId, ReceiptNo};
use shared::ranges::Ranges;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

/// A receipt on its way.
#[derive(Debug)]
struct Entry {
    id: ReceiptId,
    json: Arc<[u8]>,
    first_post: Option<Instant>,
    /// When the server last said that it is in the log.
    accepted: Option<Instant>,
    /// Whether a request carries it at this moment.
    in_flight: bool,
    /// Whether it is saved and stays only until that request is over.
    saved: bool,
}

/// Receipts that one request carries, in the order of their numbers.
#[derive(Debug, Default)]
pub struct Batch {
    /// Their ids, as the answer will name them.
    pub items: Vec<(ReceiptNo, ReceiptId)>,
    /// A JSON array of them.
    pub json: Vec<u8>,
}

/// The first word that a receipt is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstSave {
    /// When it was first posted.
    pub posted: Option<Instant>,
    /// Whether it left the outbox although the answer that it was accepted never came.
    pub unacknowledged: bool,
}

/// Receipts that were issued and are not known to be saved, by number.
///
/// A receipt waits, is in flight, or is accepted; it leaves when it is saved and no request carries it. Batches take what
/// waits in the order of the numbers, and one request at a time keeps that order in the log.
#[derive(Debug, Default)]
pub struct Outbox {
    entries: BTreeMap<ReceiptNo, Entry>,
    waiting: BTreeSet<ReceiptNo>,
}

impl Outbox {
    /// Takes an issued receipt.
    pub fn push(&mut self, number: ReceiptNo, id: ReceiptId, json: Vec<u8>) {
        let entry = Entry { id, json: json.into(), first_post: None, accepted: None, in_flight: false, saved: false };
        self.entries.insert(number, entry);
        self.waiting.insert(number);
    }

    /// How many are not known to be saved.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether everything is saved.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many wait to be posted.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Takes up to `most` of those that wait, the lowest numbers first; `None` when none waits.
    pub fn next_batch(&mut self, most: usize, now: Instant) -> Option<Batch> {
        let mut batch = Batch { items: Vec::new(), json: vec![b'['] };
        while batch.items.len() < most {
            let Some(number) = self.waiting.pop_first() else { break };
            let Some(entry) = self.entries.get_mut(&number) else { continue };
            entry.first_post.get_or_insert(now);
            entry.in_flight = true;
            if !batch.items.is_empty() {
                batch.json.push(b',');
            }
            batch.json.extend_from_slice(&entry.json);
            batch.items.push((number, entry.id));
        }
        batch.json.push(b']');
        (!batch.items.is_empty()).then_some(batch)
    }

    /// The answer came: it is in the log. The first time gives when it was first posted.
    pub fn accepted(&mut self, number: ReceiptNo, now: Instant) -> Option<Instant> {
        let entry = self.entries.get_mut(&number)?;
        entry.in_flight = false;
        let first = entry.accepted.replace(now).is_none();
        let posted = entry.first_post.filter(|_| first);
        if entry.saved {
            self.entries.remove(&number);
        }
        posted
    }

    /// No answer came, or a refusal: it waits again. If it is saved meanwhile it leaves; `true` if it does so without
    /// ever having been acknowledged.
    pub fn put_back(&mut self, number: ReceiptNo) -> bool {
        let Some(entry) = self.entries.get_mut(&number) else { return false };
        entry.in_flight = false;
        if entry.saved {
            return self.remove(number);
        }
        self.waiting.insert(number);
        false
    }

    /// It is saved. While a request still carries it, it stays until that request is over.
    pub fn saved(&mut self, number: ReceiptNo) -> Option<FirstSave> {
        let entry = self.entries.get_mut(&number).filter(|entry| !entry.saved)?;
        entry.saved = true;
        let (posted, in_flight) = (entry.first_post, entry.in_flight);
        Some(FirstSave { posted, unacknowledged: !in_flight && self.remove(number) })
    }

    /// Lets go of all that the register's completeness says is saved.
    pub fn saved_all(&mut self, ranges: &Ranges) -> Vec<FirstSave> {
        let saved: Vec<_> = self.entries.keys().copied().filter(|number| ranges.contains(number.get())).collect();
        saved.into_iter().filter_map(|number| self.saved(number)).collect()
    }

    /// When the receipt that is an event was first posted, if it is still here.
    pub fn first_post_of(&self, event: EventId) -> Option<Instant> {
        self.entries.values().find(|entry| EventId::from(entry.id) == event)?.first_post
    }

    /// Makes those wait again that were accepted before `deadline` and are not saved; says how many.
    pub fn repost(&mut self, deadline: Instant) -> usize {
        let stale = |entry: &Entry| !entry.in_flight && entry.accepted.is_some_and(|at| at < deadline);
        let numbers = self.entries.iter().filter(|(_, entry)| stale(entry)).map(|(number, _)| *number);
        let before = self.waiting.len();
        self.waiting.extend(numbers);
        self.waiting.len() - before
    }

    fn remove(&mut self, number: ReceiptNo) -> bool {
        self.waiting.remove(&number);
        self.entries.remove(&number).is_some_and(|entry| entry.accepted.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::Duration;

    fn no(number: u64) -> ReceiptNo {
        number.try_into().unwrap()
    }

    fn outbox(count: u64) -> Outbox {
        let mut outbox = Outbox::default();
        for number in 1..=count {
            outbox.push(no(number), ReceiptId::mint(number, &[0; 10]), number.to_string().into_bytes());
        }
        outbox
    }

    fn post(outbox: &mut Outbox, most: usize) -> String {
        let batch = outbox.next_batch(most, Instant::now());
        batch.map_or_else(String::new, |batch| String::from_utf8(batch.json).unwrap())
    }

    #[test]
    fn batches_go_in_order_and_what_comes_back_goes_first() {
        let mut outbox = outbox(5);
        assert_eq!(post(&mut outbox, 2), "[1,2]");
        outbox.put_back(no(2));
        outbox.put_back(no(1));
        assert_eq!(post(&mut outbox, 3), "[1,2,3]");
        assert_eq!(post(&mut outbox, 9), "[4,5]");
        assert_eq!(post(&mut outbox, 9), "");
    }

    #[test]
    fn it_stays_until_it_is_saved_and_is_posted_again_when_that_takes_long() {
        let mut outbox = outbox(2);
        post(&mut outbox, 2);
        let accepted = Instant::now();
        assert!(outbox.accepted(no(1), accepted).is_some());
        assert!(outbox.accepted(no(2), accepted + Duration::from_secs(9)).is_some());
        assert_eq!(outbox.repost(accepted), 0);
        assert_eq!(outbox.repost(accepted + Duration::from_secs(5)), 1);
        assert_eq!(post(&mut outbox, 9), "[1]");
        assert!(outbox.accepted(no(1), Instant::now()).is_none(), "accepted for the first time only once");
        assert!(outbox.saved(no(1)).is_some_and(|save| !save.unacknowledged));
        assert!(outbox.saved(no(1)).is_none());
        assert_eq!(outbox.len(), 1);
    }

    #[test]
    fn a_notice_may_overtake_the_answer() {
        let mut outbox = outbox(2);
        post(&mut outbox, 2);
        assert!(outbox.saved(no(1)).is_some_and(|save| !save.unacknowledged));
        assert!(outbox.accepted(no(1), Instant::now()).is_some());
        assert!(outbox.saved(no(2)).is_some());
        assert!(outbox.saved(no(2)).is_none());
        assert!(outbox.put_back(no(2)));
        assert!(outbox.is_empty());
        assert_eq!(post(&mut outbox, 9), "");
    }

    #[test]
    fn completeness_lets_go_of_what_notices_missed() {
        let mut outbox = outbox(4);
        post(&mut outbox, 3);
        for number in 1..=3 {
            outbox.accepted(no(number), Instant::now());
        }
        let mut ranges = Ranges::default();
        ranges.insert(1);
        ranges.insert(3);
        assert_eq!(outbox.saved_all(&ranges).len(), 2);
        assert_eq!(outbox.len(), 2);
    }

    #[derive(Debug, Clone, Copy)]
    enum Step {
        Post,
        Answer,
        Lose,
        Save(u64),
        Repost,
    }

    proptest! {
        #[test]
        fn each_is_accepted_once_saved_once_and_none_is_forgotten(steps in prop::collection::vec(
            prop_oneof![Just(Step::Post), Just(Step::Answer), Just(Step::Lose), (1_u64..9).prop_map(Step::Save), Just(Step::Repost)], 0..80,
        )) {
            let (mut outbox, mut carried, mut posted) = (outbox(8), Vec::new(), BTreeSet::new());
            let (mut accepted, mut saved) = (0, 0);
            let finish = [Step::Lose, Step::Post, Step::Answer].into_iter().chain((1..9).map(Step::Save));
            for step in steps.into_iter().chain(finish) {
                match step {
                    Step::Post if carried.is_empty() => {
                        carried = outbox.next_batch(8, Instant::now()).map_or_else(Vec::new, |batch| batch.items);
                        posted.extend(carried.iter().map(|(number, _)| *number));
                    }
                    Step::Answer => for (number, _) in carried.drain(..) {
                        accepted += usize::from(outbox.accepted(number, Instant::now()).is_some());
                    },
                    Step::Lose => for (number, _) in carried.drain(..) {
                        accepted += usize::from(outbox.put_back(number));
                    },
                    Step::Save(number) if posted.contains(&no(number)) => {
                        let save = outbox.saved(no(number));
                        saved += usize::from(save.is_some());
                        accepted += usize::from(save.is_some_and(|save| save.unacknowledged));
                    },
                    Step::Repost => {
                        outbox.repost(Instant::now() + Duration::from_secs(1));
                    }
                    Step::Post | Step::Save(_) => {}
                }
            }
            prop_assert!(outbox.is_empty());
            prop_assert_eq!((accepted, saved), (8, 8));
        }
    }
}
