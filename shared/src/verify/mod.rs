//! Verifying an export without any server: the two chains of each series, by the public keys alone.
//!
//! An export lists the receipts of each series in the order of their numbers, and the entries of its journal likewise. What is
//! wrong is named with the first record that shows it: altered content, a wrong signature, a number that is missing, that comes
//! twice or out of its order, a predecessor that is another one, and an end that is not the published one (a bare chain cannot
//! show that its tail was cut off). Of two records of one number the first that is as it was signed is taken for the genuine
//! one, and so counts; the chain may go on with either. The closings among the entries are held against the receipts that they
//! cover.

mod chained;
mod ending;
mod ends;
#[cfg(feature = "verify")]
mod export;
mod known;
mod progress;
mod series;
#[cfg(test)]
mod tests;

pub use chained::{Chain, Chained};
pub use ending::{Ending, Heading, Holds, SeriesEnds, SeriesHead};
#[cfg(feature = "verify")]
pub use export::{Export, ExportError, Verified};
pub use known::{Known, KnownHead, NoHead};

use crate::chain::{Hash, Head, PublicKey, Sealed};
use crate::closing::ClosingFault;
use crate::ids::SeriesId;
use crate::journal::JournalEntry;
use ends::{ends, finding, sums, with_gaps};
use serde::{Deserialize, Serialize};
use series::Series;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

/// A series as an export introduces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeriesKey {
    /// Which.
    pub series: SeriesId,
    /// The key that signs it.
    pub public_key: PublicKey,
    /// What its first receipt names as its predecessor.
    pub prev: Hash,
}

/// What is wrong with a record, or with what stands where it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Its content is not what was hashed.
    #[error("its content was altered: it is not what was hashed")]
    Altered,
    /// The series' key did not sign its hash.
    #[error("its signature is not by the key of its series")]
    BadSignature,
    /// It names another predecessor than the record before it.
    #[error("it does not follow the one before it: the chain is broken here")]
    BrokenLink,
    /// Its number stands in the export already.
    #[error("it was inserted: its number is there already")]
    Inserted,
    /// It stands behind a later one.
    #[error("it is out of order: a later number stands before it")]
    Reordered,
    /// It is not there.
    #[error("it is missing")]
    Missing,
    /// The export has no key of its series.
    #[error("its series has no key in this export")]
    NoKey,
    /// Its series is signed by a key that whoever verifies does not know.
    #[error("its series is signed by a key that is none of those that you know")]
    UnknownKey,
    /// A closing that is not what its receipts come to, or does not follow the closing before.
    #[error("its figures are not those of the receipts that it closes, or do not follow the closing before")]
    WrongClosing,
    /// A closing of receipts that are not there, or behind a closing that is not.
    #[error(
        "it closes receipts, or follows a closing, that are not in this export: they were cut off, or were still on their \
         way when it was made"
    )]
    UncoveredClosing,
    /// A receipt that counts in a period which was closed without it.
    #[error("it counts in a period that was closed without it")]
    AfterClosing,
    /// An archive whose last lines are not what was signed when it was made.
    #[error("what the archive says of its end is not what was signed when it was made")]
    OtherArchive,
    /// The last record of the chain is another one than the export says.
    #[error("the chain does not end with it as the export says: its end was cut off, or something was put on")]
    OtherEnd,
    /// A record with which the chain is known to have ended at some time is not there.
    #[error(
        "it is not the one that you know: the end was cut off, or the chain was written anew from there or from before"
    )]
    OtherHead,
    /// A chain of which the export holds something else than it says, though no record shows it.
    #[error(
        "of the chain that ends with it the export does not hold what it says: another first record, count or total"
    )]
    OtherSums,
}

/// What is wrong, and with which record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its series.
    pub series: SeriesId,
    /// Which chain of the series it is in.
    pub chain: Chain,
    /// Its number in that chain.
    pub number: u64,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { series, chain, number, fault } = self;
        write!(f, "series {series} {chain} no. {number}: {fault}")
    }
}

/// A verification under way. It holds a few words for each series and each gap in its numbers, and the hashes of a last number
/// that is there more than once.
#[derive(Debug, Default)]
pub struct Verification {
    /// What whoever verifies knows from elsewhere, and has not met yet.
    known: Known,
    series: BTreeMap<SeriesId, Series>,
    receipts: u64,
    entries: u64,
    findings: Vec<Finding>,
}

impl Verification {
    /// One that has to agree with what is known.
    pub fn with(known: Known) -> Self {
        Self { known, ..Self::default() }
    }

    /// The keys of the series.
    pub fn keys(&self) -> impl Iterator<Item = (&SeriesId, &PublicKey)> {
        self.series.iter().map(|(id, series)| (id, &series.key))
    }

    /// Takes a series up, before its records; `false`, and nothing changes, for one that was taken up already.
    pub fn introduce(&mut self, SeriesKey { series, public_key, prev }: SeriesKey) -> bool {
        let Entry::Vacant(entry) = self.series.entry(series) else { return false };
        let series = entry.key().clone();
        entry.insert(Series::new(public_key, prev));
        if !self.known.may_sign(&public_key) {
            let chain = if series.register.sells() { Chain::Receipts } else { Chain::Journal };
            self.find(series, chain, 1, Fault::UnknownKey);
        }
        true
    }

    /// Takes the next record. `is_signed` says whether a key signed its hash.
    pub fn take<T: Chained>(&mut self, record: &Sealed<T>, is_signed: impl FnOnce(&PublicKey) -> bool) {
        self.count(T::CHAIN);
        let (id, number) = (record.body.of_series(), record.body.place());
        let Some(series) = self.series.get_mut(&id) else {
            return self.find(id, T::CHAIN, number, Fault::NoKey);
        };
        let own = match (record.is_intact(), is_signed(&series.key)) {
            (false, _) => Some(Fault::Altered),
            (true, false) => Some(Fault::BadSignature),
            (true, true) => None,
        };
        let (head, prev) = (Head { number, hash: record.hash }, record.body.predecessor());
        if own.is_none() {
            self.known.meet(T::CHAIN, &id, head);
        }
        let (progress, holds) = series.chain_mut(T::CHAIN);
        holds.add(head, record.body.amount());
        let place = progress.place(head, prev, own.is_none(), self.findings.len());
        let counts = own.is_none() && place != Some(Fault::Inserted);
        let count = counts.then(|| T::count(record, &mut series.periods)).flatten();
        match (own.or(place), count) {
            (Some(fault), _) => self.find(id, T::CHAIN, number, fault),
            (None, Some(ClosingFault::AfterClosing)) => self.find(id, T::CHAIN, number, Fault::AfterClosing),
            (None, Some(ClosingFault::Disagrees(entry))) => {
                self.find(id, Chain::Journal, entry.get(), Fault::WrongClosing);
            }
            (None, None) => {}
        }
    }

    /// Whether an office is among the series.
    fn has_office(&self) -> bool {
        self.series.keys().any(|series| !series.register.sells())
    }

    /// Whether an entry goes on with the journal of an office, by its key.
    fn is_sealed_by(&self, seal: &Sealed<JournalEntry>) -> bool {
        let Some(office) = self.series.get(&seal.body.series_id()).filter(|_| !seal.body.register.sells()) else {
            return false;
        };
        let follows = office.chain(Chain::Journal).may_go_on_with(seal.body.number.get(), seal.body.prev);
        follows && seal.is_intact() && seal.is_signed_by(&office.key)
    }

    /// A record that cannot be read: whatever it was is not what was signed.
    pub fn take_unreadable(&mut self, series: SeriesId, chain: Chain, number: u64) {
        self.count(chain);
        if let Some(known) = self.series.get_mut(&series) {
            known.chain_mut(chain).0.place_unreadable(number, self.findings.len());
        }
        self.find(series, chain, number, Fault::Altered);
    }

    /// How many receipts were taken.
    pub const fn receipts(&self) -> u64 {
        self.receipts
    }

    /// How many entries of journals were taken.
    pub const fn entries(&self) -> u64 {
        self.entries
    }

    /// Everything that is wrong, once all records were taken, in the order in which it shows. Of a gap its first number is
    /// named; a series whose end is not published may end anywhere, which is wrong too. A journal without entries needs none.
    pub fn end(self, heads: &[SeriesHead], journals: &[SeriesHead]) -> Vec<Finding> {
        let Self { series, findings, known, .. } = self;
        let mut findings = with_gaps(&series, findings);
        let published = [(Chain::Receipts, heads), (Chain::Journal, journals)];
        findings.extend(published.iter().flat_map(|(chain, heads)| ends(&series, *chain, heads)).collect::<Vec<_>>());
        for (chain, heads) in published {
            findings.extend(sums(&series, chain, heads, &findings));
        }
        findings.extend(known.missing());
        for (id, series) in &series {
            let waiting = series.periods.waiting();
            findings.extend(waiting.map(|entry| finding(id, Chain::Journal, entry.get(), Fault::UncoveredClosing)));
        }
        findings
    }

    const fn count(&mut self, chain: Chain) {
        match chain {
            Chain::Receipts => self.receipts += 1,
            Chain::Journal => self.entries += 1,
        }
    }

    fn find(&mut self, series: SeriesId, chain: Chain, number: u64, fault: Fault) {
        self.findings.push(Finding { series, chain, number, fault });
    }
}
