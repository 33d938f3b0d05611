//! How far a chain has got, and what is missing of it.

use super::Fault;
use crate::chain::{Hash, Head};
use std::collections::BTreeMap;

/// How far a chain has got. It holds a few words, and each gap.
#[derive(Debug)]
pub(super) struct Progress {
    /// The number that comes next, and what it has to name as its predecessor; unknown behind a hole.
    next: u64,
    prev: Option<Hash>,
    /// The last record; unknown where it cannot be read.
    last: Option<Head>,
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
    pub(super) const fn from_root(root: Hash) -> Self {
        let last = Some(Head { number: 0, hash: root });
        Self { next: 1, prev: Some(root), last, missing: BTreeMap::new() }
    }

    /// The last record; number 0 before the first, nothing where it cannot be read.
    pub(super) const fn last(&self) -> Option<Head> {
        self.last
    }

    /// The number of the last record; 0 before the first.
    pub(super) const fn last_number(&self) -> u64 {
        self.next - 1
    }

    /// Each gap by its first number, with the place in the findings that it takes.
    pub(super) fn gaps(&self) -> impl Iterator<Item = (usize, u64)> {
        self.missing.iter().map(|(&number, gap)| (gap.place, number))
    }

    /// Takes the place of a record in its chain, and says what is wrong with it.
    pub(super) fn place(&mut self, record: Head, prev: Hash, findings: usize) -> Option<Fault> {
        if record.number < self.next {
            return Some(if self.fill(record.number) { Fault::Reordered } else { Fault::Inserted });
        }
        self.pass_to(record.number, findings);
        let follows = self.prev.is_none_or(|known| known == prev);
        (self.prev, self.last) = (Some(record.hash), Some(record));
        (!follows).then_some(Fault::BrokenLink)
    }

    /// Goes on to a record that cannot be read.
    pub(super) fn place_unreadable(&mut self, number: u64, findings: usize) {
        if number >= self.next {
            self.pass_to(number, findings);
            (self.prev, self.last) = (None, None);
        }
    }

    /// Goes on to a number; what lies between has not come.
    fn pass_to(&mut self, number: u64, findings: usize) {
        if self.next < number {
            self.missing.insert(self.next, Gap { to: number - 1, place: findings });
            self.prev = None;
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
