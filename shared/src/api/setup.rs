//! Setting up an installation that has nothing yet.

use super::stores::NewStore;
use serde::{Deserialize, Serialize};

/// Whether anything is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetUpState {
    /// Whether there is no manager yet: the server's log tells the code that mends it.
    pub needed: bool,
}

/// Makes the first store, its first register and its manager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// The code from the server's log; case and hyphens do not matter.
    pub code: String,
    /// The store.
    pub store: NewStore,
    /// Its manager, who gets number 1.
    pub manager: FirstManager,
}

/// Whoever manages the first store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FirstManager {
    /// What the receipt prints, 1 to 40 characters.
    pub name: String,
    /// Their PIN, 4 to 12 digits.
    pub pin: String,
}
