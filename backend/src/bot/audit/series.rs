//! One register's series: what was issued, and what the server has of it.

use super::Verdict;
use crate::bot::driver::{Issued, Register};
use shared::api::receipts::StoredReceipt;
use shared::chain::{Hash, Head, PublicKey};
use shared::ids::{RegisterNo, SeriesId, SeriesLetter};
use shared::notice::SeriesStatus;
use shared::ranges::Ranges;

/// A series as its bot issued it, with the numbers that the server has shown.
#[derive(Debug, Clone)]
pub struct Series {
    id: SeriesId,
    start: Head,
    key: PublicKey,
    issued: Vec<Issued>,
    found: Ranges,
}

impl Series {
    /// What a register has issued.
    pub fn of(register: &Register) -> Self {
        Self::new(register.series.clone(), register.start, register.public_key(), register.everything())
    }

    /// A series that starts at `start` and holds `issued`, signed by `key`.
    pub fn new(id: SeriesId, start: Head, key: PublicKey, issued: Vec<Issued>) -> Self {
        Self { id, start, key, issued, found: Ranges::default() }
    }

    /// The register and letter that name it within its store.
    pub fn name(&self) -> (RegisterNo, SeriesLetter) {
        (self.id.register, self.id.letter.clone())
    }

    /// Checks a receipt that the server has. Its goods count once: `false` for a second copy or a stranger's receipt.
    pub fn check(&mut self, stored: &StoredReceipt, verdict: &mut Verdict) -> bool {
        let (receipt, number) = (&stored.sealed.body, stored.sealed.body.number);
        let Some(issued) = self.entry(number.get()).copied().filter(|issued| issued.id == receipt.id) else {
            verdict.duplicated += 1;
            verdict.tell(|| format!("{} n° {number} was not issued by its bot", self.id));
            return false;
        };
        if !self.found.insert(number.get()) {
            verdict.duplicated += 1;
            verdict.tell(|| format!("{} n° {number} is stored twice", self.id));
            return false;
        }
        if stored.sealed.hash != issued.hash || !stored.sealed.is_intact() {
            verdict.lost += 1;
            verdict.tell(|| format!("{} n° {number} is not stored as it was signed", self.id));
        }
        if receipt.prev != self.hash_before(number.get()) || !stored.sealed.is_signed_by(&self.key) {
            verdict.gaps += 1;
            verdict.tell(|| format!("{} n° {number} does not continue its chain, or its signature is wrong", self.id));
        }
        true
    }

    /// Counts what never came: each receipt is lost, and each run of missing numbers is a gap.
    pub fn finish(&self, verdict: &mut Verdict) {
        let mut whole = self.found.clone();
        // A number behind the last makes the missing end a gap like any other.
        whole.insert(self.issued.len() as u64 + 1);
        for (from, to) in whole.gaps() {
            verdict.lost += to - from + 1;
            verdict.gaps += 1;
            verdict.tell(|| format!("{} n° {from} to {to} are missing", self.id));
        }
    }

    /// Whether the server's word on the series is that all of it is saved, and nothing else.
    fn is_told_by(&self, status: &SeriesStatus) -> bool {
        let count = self.issued.len() as u64;
        let head = Head { number: count, hash: self.hash_before(count + 1) };
        status.saved.is_complete() && status.saved.count() == count && status.head == head
    }

    fn entry(&self, number: u64) -> Option<&Issued> {
        self.issued.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    fn hash_before(&self, number: u64) -> Hash {
        self.entry(number.saturating_sub(1)).map_or(self.start.hash, |issued| issued.hash)
    }
}

/// Compares the server's completeness of a store with its series.
pub fn compare(series: &[Series], statuses: &[SeriesStatus], verdict: &mut Verdict) {
    for series in series.iter().filter(|series| !series.issued.is_empty()) {
        let status = statuses.iter().find(|status| (status.register, status.letter.clone()) == series.name());
        if !status.is_some_and(|status| series.is_told_by(status)) {
            verdict.gaps += 1;
            verdict.tell(|| format!("{}: the completeness does not say 1 to {}", series.id, series.issued.len()));
        }
    }
}
