//! The books of a series that the server issues on: what it has come to since its last closing, and where its journal ends.
//!
//! Nobody closes a self-service register in the evening. So its day closes itself: before the first receipt of a later
//! business day, or when the day is over and the server looks.

use serde::{Deserialize, Serialize};
use shared::chain::{Head, PublicKey, Sealed};
use shared::closing::{Closed, OpenPeriod};
use shared::finding::FindingKind;
use shared::ids::{PeriodNo, SellerNo};
use shared::journal::{Act, JournalEntry};
use shared::position::Position;
use shared::receipt::Receipt;
use shared::time::{CutOff, Day};

/// What is kept beside the chain of such a series.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Where its journal ends; absent before the first entry.
    journal: Option<Head>,
    /// Where its closings end.
    closed: Closed,
    /// What its receipts have come to since.
    open: OpenPeriod,
    /// The business day of its last receipt, and who sold.
    last: Option<(Day, SellerNo)>,
    /// What its journal says last of what is found wrong in the store.
    #[serde(default)]
    found: Option<(Position, FindingKind)>,
}

impl Book {
    /// The books of a series in the place of another.
    pub fn in_place_of(other: &Self) -> Self {
        Self { found: other.found, ..Self::default() }
    }

    /// Where the journal ends.
    pub fn journal(&self) -> Head {
        self.journal.unwrap_or(Head::GENESIS)
    }

    /// The period that the next receipt counts in; nothing in the first.
    pub const fn period(&self) -> Option<PeriodNo> {
        self.open.number
    }

    /// Who sold last.
    pub fn seller(&self) -> Option<SellerNo> {
        self.last.map(|(_, seller)| seller)
    }

    /// What its journal says last of what is found wrong in the store; findings are in the order of the log.
    pub const fn found(&self) -> Option<(Position, FindingKind)> {
        self.found
    }

    /// What its journal has to say before the series goes on: that its key was made, or that a day is closed which is over.
    ///
    /// `head` is where its receipts end.
    pub fn due(&self, key: PublicKey, head: Head, today: Day) -> Option<Act> {
        if self.journal.is_none() {
            return Some(Act::KeyCreated { key });
        }
        let (day, _) = self.last.filter(|(day, _)| *day < today)?;
        let is_counted = self.closed.last + self.open.sums.receipts == head.number;
        if !is_counted || self.open.sums.receipts == 0 {
            return None;
        }
        Some(Act::DayClosed(Box::new(self.closed.next(&self.open.sums, head, day).ok()?)))
    }

    /// The books after a further receipt.
    #[must_use]
    pub fn with_receipt(mut self, receipt: &Receipt, cut_off: CutOff) -> Self {
        self.open.sums.add(receipt);
        // Instances' clocks differ a little; a day that has begun goes on.
        let day = receipt.issued_at.business_day(cut_off);
        self.last = Some((self.last.map_or(day, |(last, _)| last.max(day)), receipt.seller));
        self
    }

    /// The books after a further entry of the journal.
    #[must_use]
    pub fn with_entry(mut self, entry: &Sealed<JournalEntry>) -> Self {
        self.journal = Some(entry.head());
        match &entry.body.entry {
            Act::DayClosed(closing) => {
                self.closed = Closed::with(closing, entry.hash);
                self.open = OpenPeriod::after(closing);
            }
            Act::ChainFailureFound { finding, position, .. } => self.found = Some((*position, *finding)),
            _ => {}
        }
        self
    }
}
