//! Adding numbered documents: under the number that is asked for, or the next that is free.

use super::AnyStore;
use crate::store::StoreError;
use crate::store::documents::{Document, Swap};

/// A document that people know by a number.
pub trait Numbered: Document {
    /// The number.
    type No: Copy + TryFrom<u64> + Into<u64> + Send + Sync;

    /// Its number.
    fn number(&self) -> Self::No;

    /// Its name.
    fn name(&self) -> String;
}

/// What became of adding a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added<T> {
    /// It is there.
    Created(T),
    /// The number that was asked for was taken already, by this.
    Taken(T),
    /// Every number is used.
    UsedUp,
}

/// Adds what `make` gives for a number: the `wanted` one, or the one after the highest under `prefix`.
///
/// # Errors
///
/// The store's.
pub async fn add<T: Numbered>(
    store: &AnyStore,
    prefix: &str,
    wanted: Option<T::No>,
    make: impl Fn(T::No) -> T + Send,
) -> Result<Added<T>, StoreError> {
    loop {
        let Some(number) = number::<T>(store, prefix, wanted).await? else { return Ok(Added::UsedUp) };
        let document = make(number);
        let name = document.name();
        if let Swap::Done(_) = store.write(&name, None, &document).await? {
            return Ok(Added::Created(document));
        }
        if wanted.is_some()
            && let Some(there) = store.read::<T>(&name).await?
        {
            return Ok(Added::Taken(there.value));
        }
    }
}

/// The `wanted` number, or the one after the highest under `prefix`; nothing where every number is used.
///
/// # Errors
///
/// The store's.
pub async fn number<T: Numbered>(
    store: &AnyStore,
    prefix: &str,
    wanted: Option<T::No>,
) -> Result<Option<T::No>, StoreError> {
    if wanted.is_some() {
        return Ok(wanted);
    }
    let there = store.read_all::<T>(prefix).await?;
    let highest: u64 = there.iter().map(|document| document.value.number().into()).max().unwrap_or(0);
    Ok(T::No::try_from(highest + 1).ok())
}
