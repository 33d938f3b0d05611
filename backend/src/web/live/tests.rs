//! Sockets over a real connection: what a page sees, and what becomes of one that misbehaves.

use crate::model::refusals::Refusals;
use crate::store::dead_letters::{DeadLetter, LetterId};
use crate::store::documents::Swap;
use crate::testing::faulty::{Away, Plan, Script};
use crate::testing::{at, second};
use crate::web::testing::{PATIENCE, Server, TOKEN};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use shared::api::live::close;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

fn request(address: SocketAddr, headers: &[(&'static str, &str)]) -> Request {
    let mut request = format!("ws://{address}/api/v1/live").into_client_request().unwrap();
    for &(name, value) in headers {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    request
}

async fn open(address: SocketAddr) -> Socket {
    let token = format!("Bearer {TOKEN}");
    connect_async(request(address, &[("authorization", &token)])).await.unwrap().0
}

async fn say(socket: &mut Socket, text: &str) {
    socket.send(Message::text(text.to_owned())).await.unwrap();
}

/// The next frame of that type.
async fn frame(socket: &mut Socket, wanted: &str) -> Value {
    let found = async {
        loop {
            if let Message::Text(text) = socket.next().await.unwrap().unwrap() {
                let frame: Value = serde_json::from_str(&text).unwrap();
                if frame["type"] == wanted {
                    return frame;
                }
            }
        }
    };
    timeout(PATIENCE, found).await.unwrap()
}

/// The code that the server closes with.
async fn close_code(socket: &mut Socket) -> u16 {
    let closed = async {
        loop {
            if let Message::Close(Some(frame)) = socket.next().await.unwrap().unwrap() {
                return frame.code.into();
            }
        }
    };
    timeout(PATIENCE, closed).await.unwrap()
}

/// The status that an upgrade is refused with.
async fn refusal(request: Request) -> u16 {
    match connect_async(request).await.map(drop).unwrap_err() {
        Error::Http(response) => response.status().as_u16(),
        other => panic!("not refused by a status: {other}"),
    }
}

#[tokio::test]
async fn a_page_sees_a_snapshot_then_what_is_saved_and_signs_of_life() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    server.save_all().await;
    server.start_hub();
    let mut socket = open(server.listen().await).await;
    frame(&mut socket, "heartbeat").await;
    say(&mut socket, r#"{"type":"subscribe","store":1}"#).await;
    let snapshot = frame(&mut socket, "snapshot").await;
    assert_eq!(snapshot["stores"][0]["store"], 1);
    assert!(!snapshot["stores"][0]["levels"].as_array().unwrap().is_empty());
    let receipt = till.sell(&[("A", 1)]);
    server.post("/api/v1/receipts").json(&serde_json::to_value(&receipt).unwrap()).send().await;
    server.save_all().await;
    let notice = frame(&mut socket, "notice").await;
    assert_eq!(notice["saved"][0]["id"], json!(receipt.body.id));
}

#[tokio::test]
async fn what_another_instance_has_changed_of_the_store_is_told_with_a_sign_of_life() {
    let server = Server::with_demo().await;
    server.start_hub();
    let mut socket = open(server.listen().await).await;
    say(&mut socket, r#"{"type":"subscribe","store":1}"#).await;
    frame(&mut socket, "snapshot").await;
    let store = &server.app().store;
    let id = crate::model::store::id(1.try_into().unwrap());
    let read = store.read::<shared::store::Store>(&id).await.unwrap().unwrap();
    let changed = shared::store::Store { refuse_below_zero: true, ..read.value };
    assert!(matches!(store.write(&id, Some(read.revision), &changed).await.unwrap(), Swap::Done(_)));
    frame(&mut socket, "stores").await;
}

#[tokio::test]
async fn a_register_that_is_taken_away_is_told_with_a_sign_of_life() {
    let server = Server::with_demo().await;
    server.start_hub();
    server.till(1).await;
    let mut socket = open(server.listen().await).await;
    say(&mut socket, r#"{"type":"subscribe","store":1}"#).await;
    frame(&mut socket, "snapshot").await;
    let revoked = server.delete("/api/v1/stores/1/registers/1/series/A").operator().send().await;
    assert_eq!(revoked.status, axum::http::StatusCode::OK, "{}", revoked.text);
    frame(&mut socket, "stores").await;
    let told = server.get("/api/v1/stores").operator().send().await;
    assert_eq!(told.json[0]["registers"][0]["used_as"], "free", "{}", told.text);
}

#[tokio::test]
async fn a_socket_ends_with_the_session_that_opened_it() {
    let server = Server::with_demo().await;
    server.start_hub();
    let cookie = server.sign_in(1, 1).await;
    let soon = server.app().mint.now() + jiff::SignedDuration::from_secs(20);
    server.end_session(&cookie, soon).await;
    let mut socket = connect_async(request(server.listen().await, &[("cookie", &cookie)])).await.unwrap().0;
    say(&mut socket, r#"{"type":"subscribe","store":1}"#).await;
    frame(&mut socket, "snapshot").await;
    assert_eq!(close_code(&mut socket).await, close::GOING_AWAY);
    assert!(server.app().mint.now() >= soon);
}

#[tokio::test]
async fn what_this_instance_has_changed_of_the_store_is_told_once() {
    let server = Server::with_demo().await;
    server.start_hub();
    for (subscription, policy) in [(r#"{"type":"subscribe","store":1}"#, true), (r#"{"type":"subscribe"}"#, false)] {
        let mut socket = open(server.listen().await).await;
        say(&mut socket, subscription).await;
        frame(&mut socket, "snapshot").await;
        server.patch("/api/v1/stores/1").operator().json(&json!({"refuse_below_zero": policy})).send().await;
        frame(&mut socket, "stores").await;
        let mut beats = 0;
        while beats < 2 {
            let Message::Text(text) = timeout(PATIENCE, socket.next()).await.unwrap().unwrap().unwrap() else {
                continue;
            };
            let told: Value = serde_json::from_str(&text).unwrap();
            assert_ne!(told["type"], "stores", "{subscription}");
            beats += u32::from(told["type"] == "heartbeat");
        }
    }
}

#[tokio::test]
async fn whoever_watches_all_stores_is_told_of_records_that_name_none_and_of_what_was_refused() {
    let server = Server::with_demo().await;
    let letter = DeadLetter {
        id: LetterId { position: at(901), partition: 0 },
        store: None,
        kind: "hat".into(),
        version: 1,
        accepted_at: second(0),
        payload: Vec::new(),
        reason: "its key names no store".into(),
        mended_at: None,
    };
    let store = &server.app().store;
    store.bury(&[letter]).await.unwrap();
    let now = server.app().mint.now();
    for (store_no, latest) in [(1, now), (2, now), (3, second(0))] {
        let refusals = Refusals { store: store_no.try_into().unwrap(), count: 2, latest };
        let _ = store.write(&Refusals::id(refusals.store), None, &refusals).await.unwrap();
    }
    server.start_hub();
    let mut socket = open(server.listen().await).await;
    for (subscription, told) in [
        (r#"{"type":"subscribe","store":1}"#, [Value::Null, Value::Null]),
        (r#"{"type":"subscribe"}"#, [json!(1), json!(4)]),
    ] {
        say(&mut socket, subscription).await;
        frame(&mut socket, "snapshot").await;
        let beat = frame(&mut socket, "heartbeat").await;
        assert_eq!([&beat["unplaced"], &beat["refused"]], told.each_ref());
    }
}

#[tokio::test]
async fn rubbish_closes_the_socket_with_a_code() {
    let server = Server::with_demo().await;
    let address = server.listen().await;
    for rubbish in ["rubbish", "{}", r#"{"type":"subscribe","hat":1}"#, r#"{"type":"subscribe","store":77}"#] {
        let mut socket = open(address).await;
        say(&mut socket, rubbish).await;
        assert_eq!(close_code(&mut socket).await, close::RUBBISH, "{rubbish}");
    }
    let mut socket = open(address).await;
    socket.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(close_code(&mut socket).await, close::RUBBISH);
    let mut socket = open(address).await;
    say(&mut socket, &"x".repeat(5_000)).await;
    assert_eq!(close_code(&mut socket).await, close::RUBBISH);
    let metrics = server.get("/metrics").send().await.text;
    assert!(metrics.contains("comptoir_sockets_closed_total{code=\"4400\"} 6"), "{metrics}");
}

#[tokio::test]
async fn a_stop_says_goodbye() {
    let server = Server::with_demo().await;
    let mut socket = open(server.listen().await).await;
    frame(&mut socket, "heartbeat").await;
    server.app().stopping.cancel();
    assert_eq!(close_code(&mut socket).await, close::GOING_AWAY);
}

#[tokio::test]
async fn a_stop_says_goodbye_also_while_the_store_never_answers() {
    let script = Script::new(Plan::default());
    let server = Server::with_script(&script).await;
    let mut socket = open(server.listen().await).await;
    frame(&mut socket, "heartbeat").await;
    script.take_store_away(Some(Away::Hangs));
    say(&mut socket, r#"{"type":"subscribe"}"#).await;
    // Another one is answered: what was said before is being waited for.
    frame(&mut open(server.listen().await).await, "heartbeat").await;
    server.app().stopping.cancel();
    assert_eq!(close_code(&mut socket).await, close::GOING_AWAY);
}

#[tokio::test]
async fn strangers_and_other_sites_get_no_socket() {
    let server = Server::with_demo().await;
    let address = server.listen().await;
    assert_eq!(refusal(request(address, &[])).await, 401);
    let seller = server.sign_in(1, 1).await;
    let foreign = [("cookie", seller.as_str()), ("origin", "https://evil.example")];
    assert_eq!(refusal(request(address, &foreign)).await, 403);
    let mut socket = connect_async(request(address, &[("cookie", &seller)])).await.unwrap().0;
    say(&mut socket, r#"{"type":"subscribe"}"#).await;
    assert_eq!(close_code(&mut socket).await, close::RUBBISH, "a seller does not watch all stores");
}

#[tokio::test]
async fn a_page_that_reads_nothing_is_let_go_of() {
    let server = Server::with_demo().await;
    server.save_all().await;
    let mut socket = open(server.listen().await).await;
    // Each asks for a snapshot of some tens of kilobytes: more than all buffers on the way hold.
    let flood = async {
        for _ in 0..2_000 {
            if socket.send(Message::text(r#"{"type":"subscribe","store":1}"#)).await.is_err() {
                break;
            }
        }
    };
    let gone = async {
        while server.app().metrics.sockets.get() > 0 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, flood).await.unwrap();
    timeout(PATIENCE, gone).await.unwrap();
    let metrics = server.get("/metrics").send().await.text;
    assert!(metrics.contains("comptoir_sockets_closed_total{code=\"4408\"} 1"), "{metrics}");
}
