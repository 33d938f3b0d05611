//! How far a chain has got, and what is missing of it.

use super::Fault;
use crate::chain::{Hash, Head};
use std::collections::BTreeMap;

/// How far a chain has got. It holds a few words, each gap, and the hashes of a number that is there more than once.
#[derive(Debug)]
pub(super) struct Progress {
    /// The number that comes next.
    next: u64,
    /// What `next` may name as its predecessor: each sound record of the number before. Empty where that is not known.
    ends: Vec<Hash>,
    /// What the record before `next` had to name, likewise.
    before: Vec<Hash>,
    /// Records of the number before `next` that are not sound and stood before one that is: none may follow them, but the chain may be
    /// said to end with one.
    unsound: Vec<Hash>,
    /// Whether the record before `next` is sound: one that is not keeps no other from its place.
    is_sound: bool,
    /// The gaps of numbers that were passed over and have not come since, by their first one.
    missing: BTreeMap<u64, Gap>,
}

/// Numbers that have not come.
#[derive(Debug, Clone, Copy)]
struct Gap {
    /// The last of them.
    to: u64,
    /// The place in the findings that it would take.
    place: usize,
}

impl Progress {
    /// A chain before its first record, which has to name `root`.
    pub(super) fn from_root(root: Hash) -> Self {
        Self {
            next: 1,
            ends: vec![root],
            before: Vec::new(),
            unsound: Vec::new(),
            is_sound: true,
            missing: BTreeMap::new(),
        }
    }

    /// The number of the last record; 0 before the first.
    pub(super) const fn last_number(&self) -> u64 {
        self.next - 1
    }

    /// Whether the chain may end with this record. Of a last one that cannot be read nobody knows.
    pub(super) fn may_end_with(&self, head: Head) -> bool {
        let is_empty = self.last_number().max(head.number) == 0;
        let is_one = || self.ends.contains(&head.hash) || self.unsound.contains(&head.hash);
        is_empty || self.ends.is_empty() || head.number == self.last_number() && is_one()
    }

    /// Whether a record of this number may come behind all that are there, others in between or not.
    pub(super) fn may_go_on_with(&self, number: u64, prev: Hash) -> bool {
        number > self.next || number == self.next && names_one(&self.ends, prev)
    }

    /// Each gap by its first number, with the place in the findings that it takes.
    pub(super) fn gaps(&self) -> impl Iterator<Item = (usize, u64)> {
        self.missing.iter().map(|(&number, gap)| (gap.place, number))
    }

    /// Takes the place of a record in its chain, and says what is wrong with it. A record is sound that is as it was signed.
    pub(super) fn place(&mut self, record: Head, prev: Hash, is_sound: bool, findings: usize) -> Option<Fault> {
        if record.number < self.next {
            return self.place_again(record, prev, is_sound);
        }
        self.pass_to(record.number, findings);
        self.hold(record, prev, is_sound)
    }

    /// Goes on to a record that cannot be read.
    pub(super) fn place_unreadable(&mut self, number: u64, findings: usize) {
        if number >= self.next {
            self.pass_to(number, findings);
            self.is_sound = false;
        }
    }

    /// Takes a record whose number was passed. Whatever was put before a sound one without being sound is not in its way, and
    /// of several sound ones each may be the one that the next names.
    fn place_again(&mut self, record: Head, prev: Hash, is_sound: bool) -> Option<Fault> {
        if self.fill(record.number) {
            return Some(Fault::Reordered);
        }
        if is_sound && record.number == self.last_number() {
            if !self.is_sound {
                // Whoever keeps the chain may have taken the other for its end.
                let unsound = std::mem::take(&mut self.ends);
                let fault = self.hold(record, prev, is_sound);
                self.unsound = unsound;
                return fault;
            }
            self.ends.push(record.hash);
        }
        Some(Fault::Inserted)
    }

    /// Takes a record as the last one.
    fn hold(&mut self, record: Head, prev: Hash, is_sound: bool) -> Option<Fault> {
        self.unsound.clear();
        self.ends.clear();
        self.ends.push(record.hash);
        self.is_sound = is_sound;
        (!names_one(&self.before, prev)).then_some(Fault::BrokenLink)
    }

    /// Goes on to a number; what lies between has not come.
    fn pass_to(&mut self, number: u64, findings: usize) {
        std::mem::swap(&mut self.before, &mut self.ends);
        self.ends.clear();
        if self.next < number {
            self.missing.insert(self.next, Gap { to: number - 1, place: findings });
            self.before.clear();
        }
        self.next = number + 1;
    }

    /// Takes a number out of its gap; `false` where it is in none.
    fn fill(&mut self, number: u64) -> bool {
        let before = self.missing.range(..=number).next_back();
        let Some((&from, &Gap { to, place })) = before.filter(|(_, gap)| number <= gap.to) else { return false };
        self.missing.remove(&from);
        if from < number {
            self.missing.insert(from, Gap { to: number - 1, place });
        }
        if number < to {
            self.missing.insert(number + 1, Gap { to, place });
        }
        true
    }
}

/// Whether what a record names is one of those that it may name.
fn names_one(known: &[Hash], prev: Hash) -> bool {
    known.is_empty() || known.contains(&prev)
}
