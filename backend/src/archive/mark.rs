//! The mark of a store that is being filled: until it is gone nobody may work on it.

use super::ArchiveError;
use super::place::Place;
use crate::model::AnyStore;
use crate::store::StoreError;
use crate::store::archive::Table;
use crate::store::dead_letters::LetterFilter;
use crate::store::documents::{Document, Swap, Versioned};
use crate::store::projections::{ProjectionFilter, ProjectionKind};
use serde::{Deserialize, Serialize};

/// What a store is being filled with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreMark {
    /// Names what it is filled with.
    pub of: String,
    /// Whether all of it has arrived, so that only the log's records are left to be saved.
    pub arrived: bool,
}

impl Document for RestoreMark {
    const KIND: &'static str = "restore";
}

/// The only document of its kind.
const ONLY: &str = "restore";

/// What the store is being filled with, where that was begun and not finished.
pub async fn unfinished(store: &AnyStore) -> Result<Option<String>, StoreError> {
    Ok(store.read::<RestoreMark>(ONLY).await?.map(|mark| mark.value.of))
}

/// Claims an empty store, or one that was being filled with the same. Gives whether all of it has arrived.
///
/// # Errors
///
/// [`ArchiveError::NotEmpty`], [`ArchiveError::HalfOfAnother`], and the store's.
pub async fn claim(place: &Place, of: &str) -> Result<bool, ArchiveError> {
    let store = place.store();
    let half = |other: String| ArchiveError::HalfOfAnother { place: place.name(), other };
    match store.read::<RestoreMark>(ONLY).await? {
        Some(mark) if mark.value.of == of => return Ok(mark.value.arrived),
        Some(mark) => return Err(half(mark.value.of)),
        None => {}
    }
    if !place.is_empty().await? {
        return Err(ArchiveError::NotEmpty(place.name()));
    }
    match store.write(ONLY, None, &RestoreMark { of: of.to_owned(), arrived: false }).await? {
        Swap::Done(_) => Ok(false),
        Swap::Conflict => Err(half("something that was begun at this moment".into())),
    }
}

/// Remembers that all of it has arrived.
pub async fn note_arrival(store: &AnyStore) -> Result<(), StoreError> {
    let Some(Versioned { revision, value }) = store.read::<RestoreMark>(ONLY).await? else { return Ok(()) };
    match store.write(ONLY, Some(revision), &RestoreMark { arrived: true, ..value }).await? {
        Swap::Done(_) => Ok(()),
        Swap::Conflict => Err(StoreError::Unavailable("somebody else is filling it".into())),
    }
}

/// Lets everybody work on it.
pub async fn lift(store: &AnyStore) -> Result<(), StoreError> {
    store.remove::<RestoreMark>(ONLY).await
}

/// Whether a store holds nothing, marks aside.
pub async fn is_empty(store: &AnyStore) -> Result<bool, StoreError> {
    for table in Table::ALL {
        if !store.records(table, None, 1).await?.items.is_empty() {
            return Ok(false);
        }
    }
    for kind in ProjectionKind::ALL {
        let one = ProjectionFilter { limit: Some(1), ..ProjectionFilter::default() };
        if !store.list(kind, one).await?.is_empty() {
            return Ok(false);
        }
    }
    let documents = store.every_document(None, 2).await?.items;
    Ok(documents.iter().all(|row| row.kind == RestoreMark::KIND)
        && store.letters(LetterFilter::default(), None, 1).await?.items.is_empty())
}
