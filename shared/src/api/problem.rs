//! Errors as callers see them: problem documents (RFC 9457).

use serde::{Deserialize, Serialize};

/// What went wrong, what is safe, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Names the kind of problem, such as `/problems/unknown-product`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time.
    pub detail: String,
    /// What became of the data: what is safe, what was not taken.
    pub safe: String,
    /// What the caller can do.
    pub remedy: String,
}

impl Problem {
    /// The media type.
    pub const MEDIA_TYPE: &str = "application/problem+json";

    /// Whether it is of the kind with this name, such as `unknown-product`.
    pub fn is_called(&self, name: &str) -> bool {
        self.kind.rsplit('/').next() == Some(name)
    }
}
