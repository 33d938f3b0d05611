//! Setting up an installation that has nothing yet.

pub mod get;
pub mod post;

use crate::model::{AnyStore, seller};
use crate::store::StoreError;
use shared::store::Store;

/// Whether nobody can sign in yet: no store has any staff. A set-up that broke off is still needed.
///
/// # Errors
///
/// The store's.
pub async fn is_needed(kept: &AnyStore) -> Result<bool, StoreError> {
    for store in kept.read_all::<Store>("").await? {
        if !seller::of_store(kept, store.value.no).await?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}
