//! Messages that come back over a WebSocket from a server that does nothing else.

use crate::figures::percentiles;
use futures_util::{SinkExt as _, StreamExt as _};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{accept_async, connect_async};

/// Between two messages.
const PAUSE: Duration = Duration::from_millis(5);

/// How long so many messages take to come back, each of these texts in turn: the 50th and the 99th percentile, in milliseconds.
pub async fn echoed(texts: &[String], messages: usize) -> [f64; 2] {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    let echo = tokio::spawn(echo(listener));
    let (mut socket, _) = connect_async(format!("ws://{address}")).await.expect("the server takes the connection");
    let mut waits = Vec::new();
    for text in texts.iter().cycle().take(messages) {
        let start = Instant::now();
        socket.send(Message::text(text.clone())).await.expect("the message is sent");
        socket.next().await.expect("it comes back").expect("as a message");
        waits.push(start.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(PAUSE).await;
    }
    echo.abort();
    percentiles(waits)
}

async fn echo(listener: TcpListener) {
    let (stream, _) = listener.accept().await.expect("somebody connects");
    let mut socket = accept_async(stream).await.expect("it speaks WebSocket");
    while let Some(Ok(message)) = socket.next().await {
        socket.send(message).await.expect("the message is sent back");
    }
}
