//! Stores, and what people decide of them.

use super::{ApiError, patch};
use shared::api::stores::StoreChange;
use shared::ids::StoreNo;
use shared::store::Store;

/// Changes a store.
pub async fn change_store(store: StoreNo, change: &StoreChange) -> Result<Store, ApiError> {
    patch(&format!("/stores/{store}"), change).await
}
