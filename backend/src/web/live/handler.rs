//! Opening the socket.

use super::socket::Session;
use crate::web::caller::Caller;
use crate::web::http::is_same_host;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use shared::api::live::ServerFrame;
use shared::api::problem::Problem;

/// The largest frame that a page may send: a subscription is some 30 bytes.
const LARGEST_FRAME: usize = 4 * 1024;

/// A WebSocket: the client sends a `ClientFrame` to subscribe to one store or to all; the server sends `ServerFrame`s,
/// first a snapshot and then every notice. Close codes: 1001 the server stops, 4400 a frame made no sense or asked for
/// what is not allowed, 4408 the client does not read.
#[utoipa::path(
    get,
    path = "/live",
    tag = "live",
    responses(
        (status = 101, description = "The socket is open; this describes its frames.", body = ServerFrame),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    if !is_same_host(&headers) {
        return Err(Kind::CrossSite.because("`Origin` names another host."));
    }
    if app.stopping.is_cancelled() {
        return Err(Kind::Stopping.because("No sockets are opened any more."));
    }
    let upgrade = upgrade.map_err(|rejection| Kind::NotWebSocket.because(rejection.body_text()))?;
    let upgrade = upgrade.max_frame_size(LARGEST_FRAME).max_message_size(LARGEST_FRAME);
    let tasks = app.tasks.clone();
    Ok(upgrade.on_upgrade(move |socket| tasks.track_future(Session::new(app, caller, socket).run())))
}
