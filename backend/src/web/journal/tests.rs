//! What becomes of entries that are posted.

use crate::testing::Till;
use crate::web::testing::{Reply, Server};
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::chain::Sealed;
use shared::journal::{Act, JournalEntry};

const PATH: &str = "/api/v1/journal";

async fn post(server: &Server, entry: &Sealed<JournalEntry>) -> Reply {
    server.post(PATH).json(&json!(entry)).send().await
}

fn flags(reply: &Reply) -> Value {
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    assert_eq!(reply.json["items"][0]["outcome"], "accepted");
    reply.json["items"][0].get("flags").cloned().unwrap_or(json!([]))
}

fn float(minor: i32) -> Act {
    Act::SessionOpened { float: minor.into() }
}

async fn found(server: &Server, criteria: &str) -> Vec<u64> {
    let reply = server.get(&format!("{PATH}?store=1{criteria}")).operator().send().await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json["items"].as_array().unwrap().iter().map(|item| item["body"]["number"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn an_entry_is_taken_as_often_as_it_comes_saved_once_and_found_again() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let (opened, left) = (till.note(float(10_000)), till.note(Act::SignedOut));
    for _ in 0..2 {
        assert_eq!(flags(&post(&server, &opened).await), json!([]));
    }
    assert_eq!(flags(&post(&server, &left).await), json!([]));
    server.save_all().await;
    assert_eq!(found(&server, "").await, [2, 1]);
    assert_eq!(found(&server, "&act=session_opened&register=1&from=2026-11-23&to=2026-11-23").await, [1]);
    assert_eq!(found(&server, "&act=drawer_opened").await, [0; 0]);
    let completeness = server.get("/api/v1/completeness?store=1").operator().send().await;
    let journal = &completeness.json[0]["series"][0]["journal"];
    assert_eq!(journal, &json!({"head": {"number": 2, "hash": left.hash}}), "{}", completeness.text);
}

#[tokio::test]
async fn pages_go_on_where_the_one_before_ended() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let entries: Vec<_> = (0..5).map(|_| till.note(Act::DrawerOpened)).collect();
    server.post(PATH).json(&json!(entries)).send().await;
    server.save_all().await;
    let first = server.get(&format!("{PATH}?store=1&limit=3")).operator().send().await;
    let cursor = first.json["next"].as_str().unwrap();
    assert_eq!(found(&server, &format!("&limit=3&cursor={cursor}")).await, [2, 1]);
    let wrong = server.get(&format!("{PATH}?store=1&cursor=hat")).operator().send().await;
    wrong.is_problem(StatusCode::BAD_REQUEST, "bad-query");
}

#[tokio::test]
async fn what_no_enrolled_key_signed_or_nobody_can_read_is_refused_and_the_rest_is_taken() {
    let server = Server::with_demo().await;
    let stranger = Till::new(1, 2).note(Act::SignedIn);
    post(&server, &stranger).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "unknown-signature");
    let receipt = server.till(1).await.sell(&[("A", 1)]);
    let reply = server.post(PATH).json(&json!(receipt)).send().await;
    reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "unreadable-entry");
    let mut till = server.till(1).await;
    let batch = json!([till.note(Act::SignedIn), stranger]);
    let reply = server.post(PATH).json(&batch).send().await;
    assert_eq!(reply.status, StatusCode::ACCEPTED);
    assert_eq!(reply.json["items"][1]["outcome"], "refused");
}

#[tokio::test]
async fn what_is_wrong_with_an_entry_is_flagged() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let mut altered = till.note(float(10_000));
    altered.body.entry = float(1_000);
    assert_eq!(flags(&post(&server, &altered).await), json!(["altered_content"]));
    till.seller(77);
    assert_eq!(flags(&post(&server, &till.note(Act::SignedIn)).await), json!(["unknown_seller"]));
    till.seller(1);
    for (manager, expected) in [(9, json!([])), (1, json!(["unknown_seller"]))] {
        let entry = till.note_with(Act::DrawerOpened, Some(manager));
        assert_eq!(flags(&post(&server, &entry).await), expected, "allowed by {manager}");
    }
    let act = Act::PriceOverridden { from: 250.into(), sku: "A".parse().unwrap(), to: 100.into() };
    for (manager, expected) in [(Some(9), json!([])), (None, json!(["unapproved_price"]))] {
        let entry = till.note_with(act.clone(), manager);
        assert_eq!(flags(&post(&server, &entry).await), expected, "allowed by {manager:?}");
    }
    let mut real = Till::real(1, 1);
    assert_eq!(flags(&post(&server, &real.note(Act::SignedIn)).await), json!(["wrong_kind"]));
}

#[tokio::test]
async fn only_managers_read_it() {
    let server = Server::with_demo().await;
    let path = format!("{PATH}?store=1");
    server.get(&path).send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    let seller = server.sign_in(1, 1).await;
    server.get(&path).cookie(&seller).send().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
    let manager = server.sign_in(1, 9).await;
    assert_eq!(server.get(&path).cookie(&manager).send().await.status, StatusCode::OK);
}
