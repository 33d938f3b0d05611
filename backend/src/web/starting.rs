//! What is answered while log and store have not answered yet.

use super::ops::ready::Readiness;
use super::problem::Kind;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Answers a request for `path` with what the process waits for.
pub fn answer(path: &str, waits_for: String) -> Response {
    match path {
        "/healthz" => super::ops::health::ALIVE.into_response(),
        "/readyz" => (StatusCode::SERVICE_UNAVAILABLE, Json(Readiness::not_yet(waits_for))).into_response(),
        _ => Kind::Starting.because("Log and store have not answered yet.").into_response(),
    }
}
