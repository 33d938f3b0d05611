//! What an export says of itself: the line that opens it, and the one that says where everything ends.

use super::{Chain, Chained};
use crate::chain::{Head, PublicKey, Sealed};
use crate::ids::{SeriesId, StoreNo};
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format that this program writes. It reads all from 1 on: the first one holds no journal, the first two have no seal, and
/// the first three do not say what each chain holds.
pub(super) const FORMAT: u32 = 4;

/// The first format whose last line is a seal.
pub(super) const SEALED: u32 = 3;

/// The first format that says what each chain holds.
pub(super) const COUNTED: u32 = 4;

/// The first line of an export.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// The version of the format.
    pub comptoir_export: u32,
    /// The store.
    pub store: StoreNo,
}

impl Heading {
    /// That of a store's export.
    pub const fn of(store: StoreNo) -> Self {
        Self { comptoir_export: FORMAT, store }
    }
}

/// The published end of a chain of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesHead {
    /// Which series.
    pub series: SeriesId,
    /// Its last record.
    pub head: Head,
    /// What stands of it in the export; absent in the formats before 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<Holds>,
}

/// What an export holds of a chain, as it stands there: a number that is there twice counts twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holds {
    /// How many records.
    pub count: u64,
    /// The first of them; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Head>,
    /// What the receipts come to, refunds taken off, within ±(2⁵³ − 1) minor units of the store's currency; absent where there
    /// is none, and in a journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
}

impl Holds {
    /// One more record, which comes behind the others.
    pub fn add(&mut self, record: Head, amount: Option<Money>) {
        self.count += 1;
        self.first = self.first.or(Some(record));
        self.total = amount.map(|amount| amount.saturating_plus(self.total.unwrap_or_default())).or(self.total);
    }

    /// What some records are, one behind the other.
    pub fn of<'r, T: Chained + 'r>(records: impl IntoIterator<Item = &'r Sealed<T>>) -> Self {
        let mut holds = Self::default();
        for record in records {
            holds.add(Head { number: record.body.place(), hash: record.hash }, record.body.amount());
        }
        holds
    }
}

/// The line behind all records of an export: where they end. The seal behind it is over this line as it stands.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// How many entries of journals stand before.
    #[serde(default)]
    pub entries: u64,
    /// Where each series ends.
    pub heads: Vec<SeriesHead>,
    /// Where the journal of each series ends that has one.
    #[serde(default)]
    pub journals: Vec<SeriesHead>,
    /// How many receipts stand before.
    pub receipts: u64,
}

impl Ending {
    /// One more chain, all of whose records stand before. A journal without entries has no end.
    pub fn take(&mut self, chain: Chain, end: SeriesHead) {
        let count = end.holds.map_or(end.head.number, |holds| holds.count);
        match chain {
            Chain::Receipts => {
                self.receipts += count;
                self.heads.push(end);
            }
            Chain::Journal if end.head.number > 0 => {
                self.entries += count;
                self.journals.push(end);
            }
            Chain::Journal => {}
        }
    }

    /// Whether it says of each chain what it holds.
    pub(super) fn is_counted(&self) -> bool {
        self.heads.iter().chain(&self.journals).all(|end| end.holds.is_some())
    }

    /// The ends by series, whose keys are these.
    pub(super) fn of_series<'k>(&self, keys: impl Iterator<Item = (&'k SeriesId, &'k PublicKey)>) -> Vec<SeriesEnds> {
        let by_series = |ends: &[SeriesHead]| ends.iter().map(|end| (end.series.clone(), end.head)).collect();
        let [heads, journals]: [BTreeMap<_, _>; 2] = [by_series(&self.heads), by_series(&self.journals)];
        let end =
            |ends: &BTreeMap<SeriesId, Head>, series: &SeriesId| ends.get(series).copied().unwrap_or(Head::GENESIS);
        let of = |(series, public_key): (&SeriesId, &PublicKey)| {
            let (receipts, journal) = (end(&heads, series), end(&journals, series));
            SeriesEnds { series: series.clone(), public_key: *public_key, receipts, journal }
        };
        keys.map(of).collect()
    }
}

/// A series of an export by its key, and where it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesEnds {
    /// Which.
    pub series: SeriesId,
    /// The key that has to have signed it.
    pub public_key: PublicKey,
    /// Its last receipt; number 0 where there is none.
    pub receipts: Head,
    /// The last entry of its journal; number 0 where there is none.
    pub journal: Head,
}
