//! The catalogue, and what lies on the shelves.

use super::query::shown;
use super::{ApiError, Patience, Query, Told, post, told};
use shared::api::catalogue::{CatalogueDelta, CatalogueQuery};
use shared::api::stock::{MovementAccepted, NewMovement, NewTransfer};
use shared::ids::StoreNo;

/// The catalogue, a page of it, or what changed in it after a version.
pub async fn catalogue(query: &CatalogueQuery) -> Result<Told<CatalogueDelta>, ApiError> {
    let CatalogueQuery { store, since, limit, after } = query;
    let path = Query::of("/catalogue").with("store", shown(store.as_ref())).with("since", shown(since.as_ref()));
    told(path.with("limit", shown(limit.as_ref())).with("after", shown(after.as_ref())).as_str(), Patience::Full).await
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
