//! Messages that come back over a WebSocket from a server that does nothing else.

use futures_util::{SinkExt as _, StreamExt as _};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{accept_async, connect_async};

/// About as many bytes as a notice has that raises an alert.
const BYTES: usize = 800;

/// Between two messages.
const PAUSE: Duration = Duration::from_millis(5);

/// How long messages take to come back: the 50th and the 99th percentile, in milliseconds.
pub async fn echoed(messages: u32) -> [f64; 2] {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    let echo = tokio::spawn(echo(listener));
    let (mut socket, _) = connect_async(format!("ws://{address}")).await.expect("the server takes the connection");
    let payload = "x".repeat(BYTES);
    let mut waits = Vec::new();
    for _ in 0..messages {
        let start = Instant::now();
        socket.send(Message::text(payload.clone())).await.expect("the message is sent");
        socket.next().await.expect("it comes back").expect("as a message");
        waits.push(start.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(PAUSE).await;
    }
    echo.abort();
    waits.sort_by(f64::total_cmp);
    [50, 99].map(|percent| waits[(waits.len() * percent / 100).min(waits.len() - 1)])
}

async fn echo(listener: TcpListener) {
    let (stream, _) = listener.accept().await.expect("somebody connects");
    let mut socket = accept_async(stream).await.expect("it speaks WebSocket");
    while let Some(Ok(message)) = socket.next().await {
        socket.send(message).await.expect("the message is sent back");
    }
}
