//! What the two chains of a series have in common.

use crate::canonical::Canonical;
use crate::chain::{Hash, Sealed};
use crate::closing::{ClosingFault, Periods};
use crate::ids::SeriesId;
use crate::journal::{Act, JournalEntry};
use crate::money::Money;
use crate::receipt::Receipt;
use std::fmt;

/// One of the two chains of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chain {
    /// Its receipts.
    Receipts,
    /// Its journal.
    Journal,
}

impl fmt::Display for Chain {
    /// What one record of it is called.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Receipts => "receipt",
            Self::Journal => "journal entry",
        })
    }
}

/// A record of a chain.
pub trait Chained: Canonical {
    /// Which of the two.
    const CHAIN: Chain;

    /// Its series.
    fn of_series(&self) -> SeriesId;

    /// Its place in the chain, from 1.
    fn place(&self) -> u64;

    /// The hash of the record before.
    fn predecessor(&self) -> Hash;

    /// What it adds to what its chain comes to; nothing in a journal.
    fn amount(&self) -> Option<Money>;

    /// Adds it to the periods of its series; says what is wrong with a closing there.
    fn count(record: &Sealed<Self>, periods: &mut Periods) -> Option<ClosingFault>
    where
        Self: Sized;
}

impl Chained for Receipt {
    const CHAIN: Chain = Chain::Receipts;

    fn of_series(&self) -> SeriesId {
        self.series_id()
    }

    fn place(&self) -> u64 {
        self.number.get()
    }

    fn predecessor(&self) -> Hash {
        self.prev
    }

    fn amount(&self) -> Option<Money> {
        Some(self.total)
    }

    fn count(record: &Sealed<Self>, periods: &mut Periods) -> Option<ClosingFault> {
        periods.take(record)
    }
}

impl Chained for JournalEntry {
    const CHAIN: Chain = Chain::Journal;

    fn of_series(&self) -> SeriesId {
        self.series_id()
    }

    fn place(&self) -> u64 {
        self.number.get()
    }

    fn predecessor(&self) -> Hash {
        self.prev
    }

    fn amount(&self) -> Option<Money> {
        None
    }

    fn count(record: &Sealed<Self>, periods: &mut Periods) -> Option<ClosingFault> {
        match &record.body.entry {
            Act::DayClosed(closing) => periods.close(record.body.number, record.hash, closing),
            _ => None,
        }
    }
}
