//! `GET /metrics`: what is counted, for Prometheus.

use crate::metrics::Metrics;
use crate::web::problem::Kind;
use crate::web::state::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What is counted, in `OpenMetrics`' text format.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operations",
    responses((status = 200, body = String, content_type = "text/plain"))
)]
pub async fn handler(State(app): State<App>) -> Response {
    encoded(&app.metrics)
}

/// The figures as a scraper reads them.
pub fn encoded(metrics: &Metrics) -> Response {
    match metrics.encode() {
        Ok(text) => ([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response(),
        Err(_) => Kind::Internal.because("The figures cannot be written.").into_response(),
    }
}
