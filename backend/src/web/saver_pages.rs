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

/// What is shown.
#[derive(Clone)]
pub struct Shown {
    /// What it counts.
    pub metrics: Arc<Metrics>,
    /// What it does not do any more.
    pub health: Arc<SaverHealth>,
    /// Has to answer.
    pub log: Arc<dyn EventLog>,
    /// Likewise.
    pub store: Arc<dyn Store>,
    /// What of them falls short of what production asks for.
    pub shortcomings: Vec<String>,
}

/// The routes.
pub fn router(shown: Shown) -> Router {
    Router::new()
        .route("/healthz", get(async || health::ALIVE))
        .route("/readyz", get(readyz))
        .route("/metrics", get(scrape))
        .with_state(shown)
}

async fn readyz(State(shown): State<Shown>) -> (StatusCode, Json<Readiness>) {
    let readiness = Readiness::of_saver(&*shown.log, &*shown.store, &shown.health, &shown.shortcomings).await;
    (readiness.status(), Json(readiness))
}

async fn scrape(State(shown): State<Shown>) -> Response {
    metrics::encoded(&shown.metrics)
}
