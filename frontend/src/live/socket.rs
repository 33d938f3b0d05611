//! The WebSocket itself: open, subscribe, read, and again.

use super::read::read;
use super::{Link, Listener};
use crate::api::{self, Patience};
use crate::browser::random;
use futures_util::future::{Either, select};
use futures_util::{SinkExt, StreamExt};
use gloo_net::websocket::Message;
use gloo_net::websocket::futures::WebSocket;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::{Set, window};
use shared::api::BASE;
use shared::api::live::ClientFrame;
use shared::backoff;

/// How long the line may be silent before it counts as cut, in milliseconds. The server sends a heartbeat every few
/// seconds, and a line that is dead without a close would otherwise go unnoticed.
const SILENCE_MS: u32 = 20_000;

pub(super) async fn stay_connected(listener: Listener) {
    let mut failures = 0;
    loop {
        let brought = api::end_left_session(Patience::Full).await.is_ok() && converse(&listener).await;
        failures = if brought { 1 } else { failures + 1 };
        listener.live.link.set(Link::Down);
        if failures > 1 {
            // A browser does not tell why a WebSocket was refused; the session's own address does.
            listener.live.signed_out.set(matches!(api::current_session(Patience::Full).await, Ok(None)));
        }
        TimeoutFuture::new(backoff::wait_ms(failures, random::below(u32::MAX))).await;
    }
}

/// One connection from its opening to its end; whether it brought anything.
async fn converse(listener: &Listener) -> bool {
    let Some(mut socket) = address().and_then(|address| WebSocket::open(&address).ok()) else { return false };
    let subscribe = ClientFrame::Subscribe { store: listener.store };
    let Ok(subscribe) = serde_json::to_string(&subscribe) else { return false };
    if socket.send(Message::Text(subscribe)).await.is_err() {
        return false;
    }
    let mut brought = false;
    while let Either::Left((Some(Ok(message)), _)) = select(socket.next(), TimeoutFuture::new(SILENCE_MS)).await {
        // A frame that this version does not know is for a later one.
        if let Message::Text(text) = message
            && let Some(frame) = read(&text)
        {
            listener.take(frame);
            brought = true;
        }
    }
    brought
}

fn address() -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}{BASE}/live", location.host().ok()?))
}
