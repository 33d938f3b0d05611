//! Errors as callers see them: what happened, what is safe, what to do (RFC 9457). Causes are logged, never shown.

mod kind;
pub mod page;

pub use kind::Kind;

use crate::log::LogError;
use crate::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::api::problem::Problem;
use std::fmt::Display;

/// After how many seconds to try again what failed because something was away.
const RETRY_SECONDS: u32 = 2;

/// The longest `detail`, in characters: it may quote what was sent, which may be megabytes.
const LONGEST_DETAIL: usize = 500;

/// What a handler answers instead of a reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {detail}", .kind.facts().title)]
pub struct ApiError {
    kind: Kind,
    detail: String,
    retry_after: Option<u32>,
}

impl Kind {
    /// A problem of this kind, with what happened this time.
    pub fn because(self, detail: impl Display) -> ApiError {
        let retry_after = (self.facts().status == StatusCode::SERVICE_UNAVAILABLE).then_some(RETRY_SECONDS);
        let detail = detail.to_string().chars().take(LONGEST_DETAIL).collect();
        ApiError { kind: self, detail, retry_after }
    }
}

impl ApiError {
    /// The same, with the seconds after which to try again.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// The kind of problem.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The document that the caller gets.
    pub fn problem(&self) -> Problem {
        let facts = self.kind.facts();
        Problem {
            kind: format!("/problems/{}", facts.slug),
            title: facts.title.to_owned(),
            status: facts.status.as_u16(),
            detail: self.detail.clone(),
            safe: facts.safe.to_owned(),
            remedy: facts.remedy.to_owned(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.kind.facts().status;
        // A problem consists of texts and a number, which always serialize.
        let body = serde_json::to_vec(&self.problem()).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, Problem::MEDIA_TYPE)], body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store did not do what was asked");
        match error {
            StoreError::Unavailable(_) => Kind::StoreUnavailable.because("The store did not answer in time."),
            StoreError::Full(_) => Kind::DiskFull.because("The store cannot write any more."),
            StoreError::Corrupt(_) => Kind::Internal.because("The store holds something that cannot be read."),
        }
    }
}

impl From<LogError> for ApiError {
    fn from(error: LogError) -> Self {
        tracing::error!(%error, "the log did not take what was sent");
        match error {
            LogError::Unavailable(_) => Kind::LogUnavailable.because("The event log did not confirm the write."),
            LogError::Rejected(cause) => Kind::TooLarge.because(format!("The event log refused it: {cause}.")),
            LogError::Corrupt(_) | LogError::Refused(_) | LogError::Lost => {
                Kind::Internal.because("The event log refused the write.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_away_says_when_to_try_again_and_hides_the_cause() {
        let error = ApiError::from(LogError::Unavailable("/secret/path is locked".to_owned()));
        assert!(!error.problem().detail.contains("secret"));
        let response = error.into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(response.headers().contains_key(header::RETRY_AFTER));
    }
}
