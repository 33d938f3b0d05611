//! Stores: seeing, opening and changing them.

pub mod get;
pub mod list;
pub mod patch;
pub mod post;

use super::cache::StoreView;
use crate::model::register::RegisterDocument;
use shared::api::stores::StoreDetail;

impl From<&StoreView> for StoreDetail {
    fn from(view: &StoreView) -> Self {
        Self {
            store: view.store.clone(),
            registers: view.tills().map(RegisterDocument::view).collect(),
            sellers: view.staff().cloned().collect(),
        }
    }
}
