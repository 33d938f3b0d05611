//! One series: its key, which numbers arrived, and whether the chain holds.

use super::runs::{Placed, Runs};
use serde::{Deserialize, Serialize};
use shared::chain::{Hash, Head, PublicKey, Sealed};
use shared::closing::{ClosingFault, OpenPeriod, Periods};
use shared::event::Enrolment;
use shared::finding::FindingKind;
use shared::ids::{RegisterNo, SeriesLetter};
use shared::journal::{Act, JournalEntry};
use shared::mutant::Mutant;
use shared::notice::{JournalStatus, SeriesStatus};
use shared::ranges::Ranges;
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
    /// The entries of its journal that arrived.
    #[serde(default)]
    pub journal: Entries,
    /// What its receipts came to, period by period, until their closings are settled.
    #[serde(default)]
    pub periods: Periods,
}

/// What is wrong with an arrival: with its place in its chain, and with the period that it counts in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wrong {
    /// Its place.
    pub place: Option<FindingKind>,
    /// The period.
    pub period: Option<FindingKind>,
}

/// The entries of a series' journal that arrived.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entries {
    runs: Runs,
    gap_since: Option<Timestamp>,
}

impl Entries {
    /// The end of the journal as far as it is known.
    pub fn last(&self) -> Head {
        self.runs.last(Hash::GENESIS)
    }

    /// The numbers that arrived.
    pub fn ranges(&self) -> Ranges {
        self.runs.ranges()
    }

    /// What the pages are told; nothing before the first entry.
    fn status(&self) -> Option<JournalStatus> {
        let has_begun = self.runs.last(Hash::GENESIS).number > 0;
        has_begun.then(|| JournalStatus { head: self.runs.head(Hash::GENESIS), gap_since: self.gap_since })
    }
}

impl Series {
    /// A series of which nothing is known yet.
    pub fn new(register: RegisterNo, letter: SeriesLetter) -> Self {
        Self {
            register,
            letter,
            public_key: None,
            root: None,
            runs: Runs::default(),
            copies: 0,
            gap_since: None,
            journal: Entries::default(),
            periods: Periods::default(),
        }
    }

    /// Its enrolment is known.
    pub fn enrol(&mut self, enrolment: &Enrolment) {
        self.public_key = Some(enrolment.public_key);
        self.root = Some(enrolment.prev);
    }

    /// A receipt arrived for the first time; says what is wrong with it here. Of a number that is there already the first one
    /// counts in its period: it is the one that the till has counted.
    pub fn take(&mut self, receipt: &Sealed<Receipt>, accepted_at: Timestamp) -> Wrong {
        let body = &receipt.body;
        let placed = self.runs.place(body.number.get(), body.prev, receipt.hash, self.root);
        self.gap_since = gap(&self.runs, self.gap_since, accepted_at);
        let period = (placed != Placed::Taken).then(|| self.periods.take(receipt)).flatten();
        Wrong { place: fault(placed), period: period.map(of_period) }
    }

    /// An entry of its journal arrived for the first time; says what is wrong with it here.
    pub fn take_entry(&mut self, entry: &Sealed<JournalEntry>, accepted_at: Timestamp) -> Wrong {
        let Entries { runs, gap_since } = &mut self.journal;
        let placed = runs.place(entry.body.number.get(), entry.body.prev, entry.hash, Some(Hash::GENESIS));
        *gap_since = gap(runs, *gap_since, accepted_at);
        let period = match &entry.body.entry {
            Act::DayClosed(closing) if placed != Placed::Taken => {
                self.periods.close(entry.body.number, entry.hash, closing)
            }
            _ => None,
        };
        Wrong { place: fault(placed), period: period.map(of_period) }
    }

    /// A copy of a saved receipt arrived.
    pub const fn count_copy(&mut self) {
        self.copies += 1;
    }

    /// The end of the series as far as it is known.
    pub fn last(&self) -> Head {
        self.runs.last(self.root.unwrap_or(Hash::GENESIS))
    }

    /// The period that runs; unknown while receipts are missing.
    pub fn running(&self) -> Option<OpenPeriod> {
        self.periods.running(self.last().number)
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
            journal: self.journal.status(),
        }
    }
}

/// Since when numbers are missing, after one that arrived at this time.
fn gap(runs: &Runs, since: Option<Timestamp>, accepted_at: Timestamp) -> Option<Timestamp> {
    let is_open = runs.has_gap() || Mutant::GapStaysOpen.is_on() && since.is_some();
    if is_open { since.or(Some(accepted_at)) } else { None }
}

const fn of_period(fault: ClosingFault) -> FindingKind {
    match fault {
        ClosingFault::Disagrees(_) => FindingKind::WrongClosing,
        ClosingFault::AfterClosing => FindingKind::AfterClosing,
    }
}

fn fault(placed: Placed) -> Option<FindingKind> {
    match placed {
        Placed::Linked => None,
        Placed::Broken => Some(FindingKind::WrongPrev),
        Placed::Taken => (!Mutant::ForksPass.is_on()).then_some(FindingKind::Fork),
    }
}
