//! `GET /metrics`: what is counted, for Prometheus.

use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use axum::http::{HeaderName, header};

/// What is counted, in `OpenMetrics`' text format.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operations",
    responses((status = 200, body = String, content_type = "text/plain"))
)]
pub async fn handler(State(app): State<App>) -> Result<([(HeaderName, &'static str); 1], String), ApiError> {
    let text = app.metrics.encode().map_err(|_| Kind::Internal.because("The figures cannot be written."))?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text))
}
