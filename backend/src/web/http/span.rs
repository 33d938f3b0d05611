//! What the log's lines of a request carry.

use axum::extract::Request;
use tower_http::request_id::RequestId;
use tracing::Span;

/// The span of a request: its id, method and path, never its query, which may name people.
pub fn span(request: &Request) -> Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    tracing::info_span!("request", id = id.unwrap_or_default(), method = %request.method(), path = request.uri().path())
}
