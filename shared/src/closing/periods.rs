//! The periods of a series, held against its receipts in whatever order closings and receipts arrive.
//!
//! Of each period that is not settled there is one set of running sums, so that holding a closing against ten thousand
//! receipts takes one comparison. A period is settled once its closing and as many receipts as it covers are there.

use super::{Closed, Closing, Figures, OpenPeriod};
use crate::chain::{Hash, Sealed};
use crate::ids::{JournalNo, PeriodNo};
use crate::receipt::Receipt;
use crate::sums::Sums;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a closing, or with a receipt of a closed period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosingFault {
    /// The figures of a closing, this entry of the journal, are not those of the receipts that it covers, or do not follow
    /// the closing before.
    #[error("the closing in journal entry no. {0} is not what its receipts come to")]
    Disagrees(JournalNo),
    /// A receipt is in a period that was closed before it.
    #[error("it counts in a period that was closed without it")]
    AfterClosing,
}

/// How far a closing is known to be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ClosingState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Receipts that it covers are missing yet, or the closing before it.
    Waiting,
    /// Everything that it covers is saved, and all figures agree.
    Complete,
    /// It is not what its receipts come to, or does not follow the closing before.
    Wrong,
}

/// What is known of the periods of a series.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Periods {
    /// The last closing before which none is missing.
    last: Closed,
    /// The periods that are not settled, or whose closing is ahead of one that is missing.
    open: BTreeMap<PeriodNo, Period>,
    /// The closings with which something is wrong.
    wrong: BTreeSet<PeriodNo>,
}

/// A period that is not settled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Period {
    sums: Sums,
    /// The lowest and the highest number of its receipts that are there; 0 while there is none.
    first: u64,
    last: u64,
    /// The hash of the receipt with the highest number.
    head: Option<Hash>,
    claim: Option<Claim>,
    is_settled: bool,
}

/// What a closing says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Claim {
    entry: JournalNo,
    hash: Hash,
    closing: Closing,
}

impl Periods {
    /// Takes a receipt, which must be the only one of its number.
    pub fn take(&mut self, receipt: &Sealed<Receipt>) -> Option<ClosingFault> {
        let (no, number) = (receipt.body.period.unwrap_or(PeriodNo::FIRST), receipt.body.number.get());
        if self.is_over(no) {
            return Some(ClosingFault::AfterClosing);
        }
        let period = self.open.entry(no).or_default();
        if period.claim.as_ref().is_some_and(|claim| !claim.closing.covers(number)) {
            return Some(ClosingFault::AfterClosing);
        }
        period.add(receipt);
        self.settle(no)
    }

    /// Takes a closing: entry `entry` of the journal, of this hash.
    pub fn close(&mut self, entry: JournalNo, hash: Hash, closing: &Closing) -> Option<ClosingFault> {
        let no = closing.number;
        if self.is_over(no) || self.open.get(&no).is_some_and(|period| period.claim.is_some()) {
            return Some(ClosingFault::Disagrees(entry));
        }
        let period = self.open.entry(no).or_default();
        period.claim = Some(Claim { entry, hash, closing: closing.clone() });
        let settled = self.settle(no);
        self.link().or(settled)
    }

    /// The period behind the last closing that is there, of a series whose last receipt has this number; nothing where one of
    /// its receipts is missing.
    pub fn running(&self, last: u64) -> Option<OpenPeriod> {
        let claims = self.open.values().filter_map(|period| period.claim.as_ref());
        let closed = claims.map(|claim| (claim.closing.number.get(), claim.closing.last)).max();
        let (closed, covered) = closed.unwrap_or_default().max((self.last.number, self.last.last));
        let number = PeriodNo::try_from(closed + 1).ok()?;
        let sums = self.open.get(&number).map(|period| period.sums.clone()).unwrap_or_default();
        let number = (number > PeriodNo::FIRST).then_some(number);
        (covered + sums.receipts == last).then_some(OpenPeriod { number, sums })
    }

    /// How far a closing is known to be right.
    pub fn state(&self, closing: PeriodNo) -> State {
        if self.wrong.contains(&closing) {
            State::Wrong
        } else if self.is_over(closing) {
            State::Complete
        } else {
            State::Waiting
        }
    }

    /// The closings that wait for something, by their entries of the journal.
    pub fn waiting(&self) -> impl Iterator<Item = JournalNo> {
        let unsettled = self.open.iter().filter(|(no, _)| self.state(**no) == State::Waiting);
        unsettled.filter_map(|(_, period)| Some(period.claim.as_ref()?.entry))
    }

    /// Whether a period was closed, and nothing of it is expected any more.
    fn is_over(&self, no: PeriodNo) -> bool {
        no.get() <= self.last.number && !self.open.contains_key(&no)
    }

    /// Compares a period with its closing, once all of it is there.
    fn settle(&mut self, no: PeriodNo) -> Option<ClosingFault> {
        let period = self.open.get_mut(&no).filter(|period| !period.is_settled)?;
        let (entry, agrees) = period.agrees()?;
        period.is_settled = true;
        period.sums = Sums::default();
        self.let_go(no);
        self.judge(no, entry, agrees)
    }

    /// Holds closings against those before them, as far as there is none missing.
    fn link(&mut self) -> Option<ClosingFault> {
        let mut found = None;
        while let Ok(next) = PeriodNo::try_from(self.last.number + 1)
            && let Some(claim) = self.open.get(&next).and_then(|period| period.claim.as_ref())
        {
            let (entry, follows) = (claim.entry, self.last.is_followed_by(&claim.closing));
            self.last = Closed::with(&claim.closing, claim.hash);
            self.let_go(next);
            found = found.or(self.judge(next, entry, follows));
        }
        found
    }

    fn judge(&mut self, no: PeriodNo, entry: JournalNo, is_right: bool) -> Option<ClosingFault> {
        (!is_right).then(|| {
            self.wrong.insert(no);
            ClosingFault::Disagrees(entry)
        })
    }

    /// Lets go of a period that is settled and has all closings before it.
    fn let_go(&mut self, no: PeriodNo) {
        if no.get() <= self.last.number && self.open.get(&no).is_some_and(|period| period.is_settled) {
            self.open.remove(&no);
        }
    }
}

impl Period {
    fn add(&mut self, receipt: &Sealed<Receipt>) {
        let number = receipt.body.number.get();
        self.first = if self.first == 0 { number } else { self.first.min(number) };
        if number > self.last {
            (self.last, self.head) = (number, Some(receipt.hash));
        }
        self.sums.add(&receipt.body);
    }

    /// The entry that closes it, and whether that is what its receipts come to; unknown while one of them is missing.
    fn agrees(&self) -> Option<(JournalNo, bool)> {
        let Claim { entry, closing, .. } = self.claim.as_ref()?;
        let is_inside = self.sums.receipts == 0 || closing.covers(self.first) && closing.covers(self.last);
        if is_inside && self.sums.receipts < closing.count() {
            return None;
        }
        let is_head = self.head.is_none_or(|head| head == closing.head);
        Some((*entry, is_inside && is_head && Figures::of(&self.sums) == closing.period))
    }
}
