//! Receipts and entries of the journal that the web tiers have refused.

use crate::ids::StoreNo;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What was refused of a store lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refused {
    /// The store that they name.
    pub store: StoreNo,
    /// How often something was refused: one that is sent again counts again.
    pub count: u64,
    /// When something was refused last.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub latest: Timestamp,
}
