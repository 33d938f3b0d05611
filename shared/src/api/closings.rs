//! The closings of a store, and whether each is complete.

use super::journal::StoredEntry;
use crate::closing::{Span, State};
use crate::ids::RegisterNo;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// Which closings to list; every criterion narrows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct ClosingQuery {
    /// The register.
    pub register: Option<RegisterNo>,
    /// The first day, by the local date on which it was closed.
    pub from: Option<Day>,
    /// The last day, by the local date on which it was closed.
    pub to: Option<Day>,
    /// Where the next page starts, as the page before said.
    pub cursor: Option<String>,
    /// How many on a page, 1 to 500; 50 where absent.
    pub limit: Option<u16>,
}

/// A closing: the entry of the journal that it is, and how far it is known to be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoredClosing {
    /// Whether everything that it covers is saved, and agrees.
    pub state: State,
    /// The entry, whose act is `day_closed`.
    #[serde(flatten)]
    pub entry: StoredEntry,
}

/// Which year's closings of months to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct YearQuery {
    /// The year, 1 to 9999; the current one in the store where absent.
    pub year: Option<i16>,
}

/// What a register came to in a month or a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpanClosing {
    /// Whether it is a month or a year.
    pub span: Span,
    /// Which, written `2026-11` or `2026`.
    pub name: String,
    /// Whether a day of a later one was closed, so that it cannot change any more.
    pub is_over: bool,
    /// The last closing in it, whose `to_date` tells what it came to; its state is the worst of all closings in it.
    #[serde(flatten)]
    pub closing: StoredClosing,
}
