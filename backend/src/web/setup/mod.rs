//! Setting up an installation that has nothing yet.

pub mod get;
pub mod post;

use crate::model::AnyStore;
use crate::model::seller::{self, SellerDocument};
use crate::store::StoreError;
use shared::store::Store;

/// Whether there is no manager yet, in any store: without one nobody can open what is missing. Sellers alone, such as
/// those of bots, are none, and a set-up that broke off is still needed. A training store's manager counts: what opens an
/// installation by a printed code never opens one that somebody manages.
///
/// # Errors
///
/// The store's.
pub async fn is_needed(kept: &AnyStore) -> Result<bool, StoreError> {
    for store in kept.read_all::<Store>("").await? {
        let staff = seller::of_store(kept, store.value.no).await?;
        if staff.iter().any(SellerDocument::manages) {
            return Ok(false);
        }
    }
    Ok(true)
}
