//! Posting entries of the journal, and finding them again.

use crate::chain::Sealed;
use crate::ids::{RegisterNo, SellerNo, SeriesLetter, StoreNo};
use crate::journal::{ActKind, JournalEntry};
use crate::position::Position;
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

/// An entry in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoredEntry {
    /// Its place in the log.
    pub position: Position,
    /// When the log took it.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub accepted_at: Timestamp,
    /// The entry as it was signed.
    #[serde(flatten)]
    pub sealed: Sealed<JournalEntry>,
}

/// Which entries to find; every criterion narrows. The newest saved come first, unless asked otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct JournalQuery {
    /// The store.
    pub store: StoreNo,
    /// The register.
    #[serde(default)]
    pub register: Option<RegisterNo>,
    /// The series.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub series: Option<SeriesLetter>,
    /// Who did it.
    #[serde(default)]
    pub seller: Option<SellerNo>,
    /// What was done.
    #[serde(default)]
    pub act: Option<ActKind>,
    /// The first day, by the local date of the entry.
    #[serde(default)]
    pub from: Option<Day>,
    /// The last day, by the local date of the entry.
    #[serde(default)]
    pub to: Option<Day>,
    /// Where the next page starts, as the page before said.
    #[serde(default)]
    pub cursor: Option<String>,
    /// How many on a page, 1 to 500; 50 where absent.
    #[serde(default)]
    pub limit: Option<u16>,
    /// The oldest first instead of the newest.
    #[serde(default)]
    pub oldest_first: Option<bool>,
}

impl JournalQuery {
    /// Everything in a store's journal.
    pub const fn of(store: StoreNo) -> Self {
        Self {
            store,
            register: None,
            series: None,
            seller: None,
            act: None,
            from: None,
            to: None,
            cursor: None,
            limit: None,
            oldest_first: None,
        }
    }
}
