//! Setting up an installation that has nothing yet.

pub mod get;
pub mod post;

use crate::model::{AnyStore, seller};
use crate::store::StoreError;
use shared::store::Store;

/// Whether nobody can sign in yet. A set-up that broke off behind its store is still needed.
///
/// # Errors
///
/// The store's.
pub async fn is_needed(kept: &AnyStore) -> Result<bool, StoreError> {
    match &kept.read_all::<Store>("").await?[..] {
        [] => Ok(true),
        [only] => Ok(seller::of_store(kept, only.value.no).await?.is_empty()),
        _ => Ok(false),
    }
}
