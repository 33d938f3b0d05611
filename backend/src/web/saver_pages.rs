//! What a saver that runs apart shows operators: whether it lives, whether it works, what it counts.

use super::ops::ready::Readiness;
use super::ops::{health, metrics};
use crate::log::EventLog;
use crate::metrics::Metrics;
use crate::saver::SaverHealth;
use crate::store::Store;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use std::sync::Arc;

#[derive(Clone)]
struct Shown {
    metrics: Arc<Metrics>,
    health: Arc<SaverHealth>,
    log: Arc<dyn EventLog>,
    store: Arc<dyn Store>,
}

/// The routes.
pub fn router(
    metrics: Arc<Metrics>,
    health: Arc<SaverHealth>,
    log: Arc<dyn EventLog>,
    store: Arc<dyn Store>,
) -> Router {
    Router::new()
        .route("/healthz", get(async || health::ALIVE))
        .route("/readyz", get(readyz))
        .route("/metrics", get(scrape))
        .with_state(Shown { metrics, health, log, store })
}

async fn readyz(State(shown): State<Shown>) -> (StatusCode, Json<Readiness>) {
    let readiness = Readiness::of_saver(&*shown.log, &*shown.store, &shown.health).await;
    (readiness.status(), Json(readiness))
}

async fn scrape(State(shown): State<Shown>) -> Response {
    metrics::encoded(&shown.metrics)
}
