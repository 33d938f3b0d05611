//! Records of the log that could not be read.

use super::{ApiError, Query, get, post};
use shared::api::Page;
use shared::api::dead_letters::{Letter, LetterPublished, MendedLetter};
use shared::ids::StoreNo;
use std::fmt::Display;

/// A page of those that wait for somebody: of one store, or of all of them and those that name none.
pub async fn letters(store: Option<StoreNo>, cursor: Option<&str>) -> Result<Page<Letter>, ApiError> {
    let store = store.as_ref().map(|store| store as &dyn Display);
    let cursor = cursor.as_ref().map(|cursor| cursor as &dyn Display);
    get(Query::of("/dead-letters").with("store", store).with("cursor", cursor).as_str()).await
}

/// One of them, whole.
pub async fn letter(id: &str) -> Result<Letter, ApiError> {
    get(&format!("/dead-letters/{id}")).await
}

/// Publishes one of them again, mended.
pub async fn publish_letter(id: &str, mended: &MendedLetter) -> Result<LetterPublished, ApiError> {
    post(&format!("/dead-letters/{id}/publish"), mended).await
}
