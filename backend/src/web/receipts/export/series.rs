//! The series of a store, as far as the ledger reflects them.

use crate::model::AnyStore;
use crate::model::register;
use crate::store::StoreError;
use shared::chain::Head;
use shared::ids::StoreNo;
use shared::position::Position;
use shared::ranges::Ranges;
use shared::verify::SeriesKey;

/// A series with its two chains.
#[derive(Debug, Clone)]
pub(super) struct Exported {
    pub(super) key: SeriesKey,
    pub(super) receipts: Saved,
    pub(super) journal: Saved,
}

/// What is saved of a chain.
#[derive(Debug, Clone)]
pub(super) struct Saved {
    /// Up to which place in the log this holds: what comes behind it is in the next archive.
    pub(super) until: Position,
    /// The numbers that are there.
    pub(super) numbers: Ranges,
    /// Where it ends, whether or not numbers are missing before.
    pub(super) head: Head,
}

/// The series of a store, those of its office among them.
pub(super) async fn all(store: &AnyStore, no: StoreNo) -> Result<Vec<Exported>, StoreError> {
    let mut found = Vec::new();
    for document in register::of_store(store, no).await? {
        for entry in &document.series {
            let series = document.series_id(entry);
            let saved = store.series_as_of(&series).await?;
            let until = saved.as_ref().map(|(position, _)| *position).unwrap_or_default();
            let chain = |numbers: Option<Ranges>, head| Saved { until, numbers: numbers.unwrap_or_default(), head };
            let saved = saved.map(|(_, series)| series);
            let receipts = saved.as_ref().map_or(Head { number: 0, hash: entry.prev }, |it| it.runs.last(entry.prev));
            let journal = saved.as_ref().map_or(Head::GENESIS, |it| it.journal.last());
            found.push(Exported {
                key: SeriesKey { series, public_key: entry.public_key, prev: entry.prev },
                receipts: chain(saved.as_ref().map(|it| it.runs.ranges()), receipts),
                journal: chain(saved.as_ref().map(|it| it.journal.ranges()), journal),
            });
        }
    }
    Ok(found)
}
