//! `GET /readyz`: requests can be taken.

use crate::log::EventLog;
use crate::model::AnyStore;
use crate::saver::SaverHealth;
use crate::web::extract::Json;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use std::time::Duration;

/// How long a part may take to answer.
const LIMIT: Duration = Duration::from_secs(5);

/// Whether requests can be taken, and what stands in the way.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Readiness {
    /// Whether they can.
    ready: bool,
    /// What stands in the way, in English.
    reasons: Vec<String>,
    /// What does not, but waits for a person, in English.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// Says whether requests can be taken: send them elsewhere where this fails.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "operations",
    responses(
        (status = 200, body = Readiness),
        (status = 503, body = Readiness, description = "The reasons say why not."),
    )
)]
pub async fn handler(State(app): State<App>) -> (StatusCode, Json<Readiness>) {
    let mut reasons = unanswered(&*app.log, &*app.store).await;
    if app.stopping.is_cancelled() {
        reasons.push("the server is stopping".into());
    }
    let troubles = app.saver.as_deref().map(SaverHealth::troubles).unwrap_or_default();
    let warnings = troubles.into_iter().chain(app.shortcomings.iter().cloned()).collect();
    let readiness = Readiness { ready: reasons.is_empty(), reasons, warnings };
    (readiness.status(), Json(readiness))
}

impl Readiness {
    /// A process that waits for something before it can do anything.
    pub fn not_yet(waits_for: String) -> Self {
        Self { ready: false, reasons: vec![waits_for], warnings: Vec::new() }
    }

    /// A saver that runs apart: a partition that it has left alone is what nobody else would tell of.
    pub async fn of_saver(log: &dyn EventLog, store: &AnyStore, health: &SaverHealth, shortcomings: &[String]) -> Self {
        let mut reasons = unanswered(log, store).await;
        reasons.extend(health.troubles());
        Self { ready: reasons.is_empty(), reasons, warnings: shortcomings.to_vec() }
    }

    /// 200 where requests can be taken, 503 otherwise.
    pub const fn status(&self) -> StatusCode {
        if self.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
    }
}

async fn unanswered(log: &dyn EventLog, store: &AnyStore) -> Vec<String> {
    let log = tokio::time::timeout(LIMIT, log.backlog());
    let store = tokio::time::timeout(LIMIT, store.read_all::<shared::store::Store>("0"));
    let (log, store) = tokio::join!(log, store);
    let checks = [
        (!matches!(log, Ok(Ok(_))), "the event log does not answer"),
        (!matches!(store, Ok(Ok(_))), "the store does not answer"),
    ];
    checks.into_iter().filter(|(fails, _)| *fails).map(|(_, reason)| reason.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Embedded, Engine};
    use crate::web::testing::Server;

    #[tokio::test]
    async fn a_stopping_server_takes_no_more() {
        let server = Server::empty().await;
        assert_eq!(server.get("/healthz").send().await.status, StatusCode::OK);
        assert_eq!(server.get("/readyz").send().await.status, StatusCode::OK);
        server.app().stopping.cancel();
        let reply = server.get("/readyz").send().await;
        assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(reply.json["reasons"][0], "the server is stopping");
    }

    #[tokio::test]
    async fn a_saver_that_left_a_partition_alone_says_why() {
        let folder = Embedded::new();
        let opened = folder.open().await;
        let health = SaverHealth::default();
        let short = ["one copy".to_owned()];
        let ask = async || Readiness::of_saver(&*opened.log, &*opened.store, &health, &short).await;
        let well = ask().await;
        assert_eq!((well.status(), well.warnings.as_slice()), (StatusCode::OK, short.as_slice()));
        health.stall(3, "upgrade this process".into());
        let stalled = ask().await;
        assert_eq!(stalled.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(stalled.reasons, ["partition 3 is not saved any more: upgrade this process"]);
        health.forget(3);
        health.end("the topic is gone".into());
        assert_eq!(health.ended().await, "the topic is gone");
        assert_eq!(ask().await.reasons, ["nothing is saved any more: the topic is gone"]);
    }
}
