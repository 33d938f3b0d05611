//! Dead letters: records of the log that could not be read.

use crate::ids::{EventId, StoreNo};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Which dead letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct LetterQuery {
    /// Of one store; of all where absent.
    pub store: Option<StoreNo>,
    /// Mended ones too, not only the open ones.
    pub all: Option<bool>,
    /// Where the next page starts, as the page before said.
    pub cursor: Option<String>,
    /// How many on a page, 1 to 100; 50 where absent.
    pub limit: Option<u16>,
}

/// A dead letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Letter {
    /// Its place in the log.
    pub id: String,
    /// The store whose sequence it stands in, if even that can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StoreNo>,
    /// What it calls itself.
    pub kind: String,
    /// The version of its form, as it calls itself.
    pub version: u16,
    /// When the log took it.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub accepted_at: Timestamp,
    /// Why it could not be read, in English.
    pub reason: String,
    /// How many bytes it has.
    pub bytes: usize,
    /// Its first bytes, as text; what is no UTF-8 shows as U+FFFD.
    pub text: String,
    /// When a mended copy was published; open while absent.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::time::rfc3339::optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub mended_at: Option<Timestamp>,
}

/// What a dead letter should have been. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct MendedLetter {
    /// The kind of event: `receipt`, `delivery`, `stock_count` …
    pub kind: Option<String>,
    /// The event.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub payload: Option<serde_json::Value>,
    /// The store, where the letter names none.
    pub store: Option<StoreNo>,
}

/// A mended letter is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LetterPublished {
    /// The event that it holds.
    pub event: EventId,
}
