//! Signing in and out, and claiming a register.

use crate::chain::{Head, PublicKey};
use crate::closing::OpenPeriod;
use crate::ids::{SellerNo, SeriesId, StoreNo};
use crate::store::{Seller, Store};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The store.
    pub store: StoreNo,
    /// Who.
    pub seller: SellerNo,
    /// Their PIN, 4 to 12 digits.
    pub pin: String,
}

/// Who is signed in. The session itself is a cookie that no script can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The store.
    pub store: Store,
    /// Who.
    pub seller: Seller,
    /// When they have to sign in again.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}

/// Claims a register for a browser: `POST stores/{s}/registers/{r}/series`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The key that will sign. The same key again gets the same series again.
    pub public_key: PublicKey,
    /// Who is asking, for the next one to be told: a few words about browser and machine.
    pub holder: String,
    /// Opens a further series although another browser holds the register.
    #[serde(default)]
    pub take_over: bool,
}

/// The series that a browser got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// Which.
    pub series: SeriesId,
    /// Where it ends as far as the server knows: its first receipt names `hash` as its predecessor. A browser that
    /// still holds the series knows better.
    pub head: Head,
    /// The period that runs, with its receipts up to `head`. Absent where some of them are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<OpenPeriod>,
}
