//! One series: its key, which numbers arrived, and whether the chain holds.

use super::runs::{Placed, Runs};
use serde::{Deserialize, Serialize};
use shared::chain::{Hash, Head, PublicKey, Sealed};
use shared::event::Enrolment;
use shared::finding::FindingKind;
use shared::ids::{RegisterNo, SeriesLetter};
use shared::mutant::Mutant;
use shared::notice::SeriesStatus;
use shared::receipt::Receipt;
use shared::time::Timestamp;

/// What the ledger knows of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The register.
    pub register: RegisterNo,
    /// Which of its series.
    pub letter: SeriesLetter,
    /// The key that it was enrolled with.
    pub public_key: Option<PublicKey>,
    /// What its first receipt has to name, once its enrolment is known.
    pub root: Option<Hash>,
    /// The numbers that arrived.
    pub runs: Runs,
    /// How many copies of saved receipts came.
    pub copies: u64,
    /// Since when numbers are missing.
    pub gap_since: Option<Timestamp>,
}

impl Series {
    /// A series of which nothing is known yet.
    pub const fn new(register: RegisterNo, letter: SeriesLetter) -> Self {
        Self { register, letter, public_key: None, root: None, runs: Runs::EMPTY, copies: 0, gap_since: None }
    }

    /// Its enrolment is known.
    pub fn enrol(&mut self, enrolment: &Enrolment) {
        self.public_key = Some(enrolment.public_key);
        self.root = Some(enrolment.prev);
    }

    /// A receipt arrived for the first time; says what is wrong with its place in the chain.
    pub fn take(&mut self, receipt: &Sealed<Receipt>, accepted_at: Timestamp) -> Option<FindingKind> {
        let body = &receipt.body;
        let placed = self.runs.place(body.number.get(), body.prev, receipt.hash, self.root);
        self.gap_since = if self.runs.has_gap() || Mutant::GapStaysOpen.is_on() && self.gap_since.is_some() {
            self.gap_since.or(Some(accepted_at))
        } else {
            None
        };
        match placed {
            Placed::Linked => None,
            Placed::Broken => Some(FindingKind::WrongPrev),
            Placed::Taken => (!Mutant::ForksPass.is_on()).then_some(FindingKind::Fork),
        }
    }

    /// A copy of a saved receipt arrived.
    pub const fn count_copy(&mut self) {
        self.copies += 1;
    }

    /// The end of the series as far as it is known.
    pub fn last(&self) -> Head {
        self.runs.last(self.root.unwrap_or(Hash::GENESIS))
    }

    /// What the pages are told.
    pub fn status(&self) -> SeriesStatus {
        SeriesStatus {
            register: self.register,
            letter: self.letter.clone(),
            saved: self.runs.ranges(),
            head: self.runs.head(self.root.unwrap_or(Hash::GENESIS)),
            copies: self.copies,
            gap_since: self.gap_since,
        }
    }
}
