//! Alerts, open and past.

use crate::ids::StoreNo;
use serde::{Deserialize, Serialize};

/// Which alerts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct AlertQuery {
    /// One store; all where absent.
    pub store: Option<StoreNo>,
    /// Past ones too, not only the open ones.
    pub all: Option<bool>,
    /// Where the next page starts, as the page before said.
    pub cursor: Option<String>,
    /// How many on a page, 1 to 500; 200 where absent.
    pub limit: Option<u16>,
}
