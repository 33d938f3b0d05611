//! The catalogue, and what lies on the shelves.

use super::{ApiError, Query, Told, post, told};
use shared::api::catalogue::CatalogueDelta;
use shared::api::stock::{MovementAccepted, NewMovement, NewTransfer};
use shared::ids::StoreNo;

/// The catalogue, or what changed in it after a version.
pub async fn catalogue(store: StoreNo, since: Option<u64>) -> Result<Told<CatalogueDelta>, ApiError> {
    let since = since.as_ref().map(|version| version as &dyn std::fmt::Display);
    told(Query::of("/catalogue").with("store", Some(&store)).with("since", since).as_str()).await
}

/// Reports goods that came in.
pub async fn deliver(store: StoreNo, movement: &NewMovement) -> Result<MovementAccepted, ApiError> {
    post(&format!("/stores/{store}/deliveries"), movement).await
}

/// Reports what somebody counted.
pub async fn count(store: StoreNo, movement: &NewMovement) -> Result<MovementAccepted, ApiError> {
    post(&format!("/stores/{store}/counts"), movement).await
}

/// Sends goods to another store.
pub async fn transfer(store: StoreNo, transfer: &NewTransfer) -> Result<MovementAccepted, ApiError> {
    post(&format!("/stores/{store}/transfers"), transfer).await
}
