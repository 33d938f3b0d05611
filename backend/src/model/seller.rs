//! Staff as documents, with their PINs as argon2id hashes.

use super::AnyStore;
use super::create::Numbered;
use crate::store::StoreError;
use crate::store::documents::Document;
use serde::{Deserialize, Serialize};
use shared::ids::{SellerNo, StoreNo};
use shared::store::Seller;

/// A member of a store's staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellerDocument {
    /// Their store.
    pub store: StoreNo,
    /// Who.
    pub seller: Seller,
    /// Their PIN's hash, in PHC's string format.
    pub pin_hash: String,
}

impl Document for SellerDocument {
    const KIND: &'static str = "seller";
}

impl Numbered for SellerDocument {
    type No = SellerNo;

    fn number(&self) -> SellerNo {
        self.seller.no
    }

    fn name(&self) -> String {
        id(self.store, self.seller.no)
    }
}

/// What the names of a store's staff start with.
pub fn prefix(store: StoreNo) -> String {
    format!("{store:05}/")
}

/// The document's name.
pub fn id(store: StoreNo, seller: SellerNo) -> String {
    format!("{store:05}/{seller:05}")
}

/// The staff of a store, by number.
pub async fn of_store(store: &AnyStore, no: StoreNo) -> Result<Vec<Seller>, StoreError> {
    let documents = store.read_all::<SellerDocument>(&prefix(no)).await?;
    Ok(documents.into_iter().map(|document| document.value.seller).collect())
}
