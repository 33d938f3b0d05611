//! `GET /readyz`: requests can be taken.

use crate::web::extract::Json;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::store::Store;
use std::time::Duration;

/// How long a part may take to answer.
const LIMIT: Duration = Duration::from_secs(5);

/// Whether requests can be taken, and what stands in the way.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Readiness {
    /// Whether they can.
    ready: bool,
    /// What stands in the way, in English.
    reasons: Vec<&'static str>,
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
    let log = tokio::time::timeout(LIMIT, app.log.backlog());
    let store = tokio::time::timeout(LIMIT, app.store.read_all::<Store>("0"));
    let (log, store) = tokio::join!(log, store);
    let checks = [
        (app.stopping.is_cancelled(), "the server is stopping"),
        (!matches!(log, Ok(Ok(_))), "the event log does not answer"),
        (!matches!(store, Ok(Ok(_))), "the store does not answer"),
    ];
    let reasons: Vec<_> = checks.into_iter().filter_map(|(fails, reason)| fails.then_some(reason)).collect();
    let ready = reasons.is_empty();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Readiness { ready, reasons }))
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;

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
}
