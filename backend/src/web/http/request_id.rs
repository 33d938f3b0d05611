//! A name for every request, which follows what it brings through the log.

use super::super::problem::ApiError;
use super::super::state::App;
use crate::clock::Mint;
use axum::extract::{FromRequestParts, Request};
use axum::http::HeaderValue;
use axum::http::request::Parts;
use shared::ids::EventId;
use tower_http::request_id::{self, MakeRequestId};

/// The header that carries it both ways.
const HEADER: &str = "x-request-id";
/// The longest that is taken from a caller.
const LONGEST: usize = 64;

/// Mints ids for requests that bring none.
#[derive(Clone)]
pub struct MintRequestId(pub Mint);

impl MakeRequestId for MintRequestId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<request_id::RequestId> {
        let id: EventId = self.0.event_id();
        HeaderValue::from_str(&id.to_string()).ok().map(request_id::RequestId::new)
    }
}

/// Drops an id that a caller brings where it is too long or could garble a log.
pub async fn drop_unfit(mut request: Request) -> Request {
    if request.headers().get(HEADER).is_some_and(|id| !is_fit(id)) {
        request.headers_mut().remove(HEADER);
    }
    request
}

fn is_fit(id: &HeaderValue) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=LONGEST).contains(&id.len()) && id.as_bytes().iter().all(|&byte| plain(byte))
}

/// The name of the request that is being answered.
#[derive(Debug, Clone, Default)]
pub struct RequestId(pub Option<String>);

impl FromRequestParts<App> for RequestId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let id = parts.extensions.get::<request_id::RequestId>();
        Ok(Self(id.and_then(|id| id.header_value().to_str().ok()).map(str::to_owned)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_ids_are_taken_from_callers() {
        assert!(is_fit(&HeaderValue::from_static("0190-ab_c.d")));
        for unfit in ["", "a b", "a\"b", &"x".repeat(65)] {
            assert!(!is_fit(&HeaderValue::from_str(unfit).unwrap()), "{unfit}");
        }
    }
}
