//! Registers, and who holds them.

use super::{ApiError, get, read, send};
use gloo_net::http::Method;
use shared::api::stores::RegisterDetail;
use shared::ids::{RegisterNo, SeriesLetter, StoreNo};

/// The registers of a store.
pub async fn registers(store: StoreNo) -> Result<Vec<RegisterDetail>, ApiError> {
    get(&format!("/stores/{store}/registers")).await
}

/// Takes a register from the till that holds it by a series.
pub async fn revoke(store: StoreNo, register: RegisterNo, series: &SeriesLetter) -> Result<RegisterDetail, ApiError> {
    read(&send(Method::DELETE, &format!("/stores/{store}/registers/{register}/series/{series}"), None).await?)
}
