//! Sessions: who holds the token whose hash names the document.

use crate::store::documents::Document;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::chain::Hash;
use shared::ids::StoreNo;
use shared::store::Seller;

/// How long a session lasts: longer than a shift, shorter than a day.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(12);

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionDocument {
    /// Their store.
    pub store: StoreNo,
    /// Who.
    pub seller: Seller,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Document for SessionDocument {
    const KIND: &'static str = "session";
}

/// The document's name: the SHA-256 of the cookie's token, so that whoever reads the store cannot sign in.
pub fn id(token: &str) -> String {
    Hash::from_bytes(Sha256::digest(token.as_bytes()).into()).to_string()
}
