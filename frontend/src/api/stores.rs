//! Stores, and who works there.

use super::{ApiError, delete, get, patch, post};
use shared::api::stores::{NewSeller, SellerChange, StaffMember, StoreChange};
use shared::ids::{SellerNo, StoreNo};
use shared::store::{Seller, Store};

/// Changes a store.
pub async fn change_store(store: StoreNo, change: &StoreChange) -> Result<Store, ApiError> {
    patch(&format!("/stores/{store}"), change).await
}

/// Whoever works or has worked in a store.
pub async fn staff(store: StoreNo) -> Result<Vec<StaffMember>, ApiError> {
    get(&sellers(store)).await
}

/// Adds somebody to the staff.
pub async fn hire(store: StoreNo, new: &NewSeller) -> Result<Seller, ApiError> {
    post(&sellers(store), new).await
}

/// Changes somebody of the staff.
pub async fn change_seller(store: StoreNo, seller: SellerNo, change: &SellerChange) -> Result<Seller, ApiError> {
    patch(&format!("{}/{seller}", sellers(store)), change).await
}

/// Dismisses somebody.
pub async fn dismiss(store: StoreNo, seller: SellerNo) -> Result<(), ApiError> {
    delete(&format!("{}/{seller}", sellers(store))).await
}

fn sellers(store: StoreNo) -> String {
    format!("/stores/{store}/sellers")
}
