//! One series, receipt by receipt.

use shared::chain::{Hash, Head};
use shared::finding::FindingKind;
use shared::ids::ReceiptNo;
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// Every number that arrived, with what it names as its predecessor and its own hash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    pub root: Option<Hash>,
    pub entries: BTreeMap<u64, (Hash, Hash)>,
    pub copies: u64,
    pub gap_since: Option<Timestamp>,
}

impl Series {
    /// Takes a receipt that came for the first time, and says what is wrong with its place.
    pub fn arrive(&mut self, number: ReceiptNo, prev: Hash, hash: Hash, at: Timestamp) -> Option<FindingKind> {
        let number = number.get();
        let is_taken = self.entries.contains_key(&number);
        let is_linked = self.is_linked(number, prev, hash);
        if !is_taken {
            self.entries.insert(number, (prev, hash));
        }
        self.gap_since = if self.missing() == 0 { None } else { self.gap_since.or(Some(at)) };
        match (is_taken, is_linked) {
            (true, _) => Some(FindingKind::Fork),
            (false, false) => Some(FindingKind::WrongPrev),
            (false, true) => None,
        }
    }

    fn is_linked(&self, number: u64, prev: Hash, hash: Hash) -> bool {
        let before = match self.entries.get(&(number - 1)) {
            Some((_, hash)) => Some(*hash),
            None if number == 1 => self.root,
            None => None,
        };
        let after = self.entries.get(&(number + 1)).map(|(prev, _)| *prev);
        before.is_none_or(|before| before == prev) && after.is_none_or(|named| named == hash)
    }

    /// How many numbers below the last have not arrived.
    pub fn missing(&self) -> u64 {
        self.entries.keys().next_back().map_or(0, |last| last - self.entries.len() as u64)
    }

    /// The end of what is there without a gap from number 1 on.
    pub fn head(&self) -> Head {
        let unbroken = (1..).zip(&self.entries).take_while(|(expected, (number, _))| expected == *number);
        let last = unbroken.last().map(|(number, (_, (_, hash)))| Head { number, hash: *hash });
        last.unwrap_or(Head { number: 0, hash: self.root.unwrap_or(Hash::GENESIS) })
    }
}
