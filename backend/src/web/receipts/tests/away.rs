//! Taking receipts in while the store is away, by what it said before.

use super::{PATH, flags, post};
use crate::testing::Till;
use crate::testing::faulty::{Away, Plan, Script};
use crate::web::testing::{Server, enrol};
use axum::http::StatusCode;
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A server that has judged a receipt of register 1, and what takes its store away.
async fn with_one_sale() -> (Server, Till, Arc<Script>) {
    let script = Script::new(Plan::default());
    let server = Server::with_script(&script).await;
    let mut till = server.till(1).await;
    assert_eq!(flags(&post(&server, &till.sell(&[("A", 1)])).await), json!([]));
    (server, till, script)
}

#[tokio::test]
async fn receipts_are_taken_while_the_store_is_away_and_saved_when_it_is_back() {
    let (server, mut till, script) = with_one_sale().await;
    script.take_store_away(Some(Away::Refuses));
    // What is in memory grows old.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    for _ in 0..5 {
        assert_eq!(flags(&post(&server, &till.sell(&[("A", 1)])).await), json!([]));
    }
    script.take_store_away(None);
    server.save_all().await;
    let found = server.get(&format!("{PATH}?store=1")).operator().send().await;
    assert_eq!(found.json["items"].as_array().unwrap().len(), 6, "{}", found.text);
}

#[tokio::test]
async fn a_store_that_hangs_is_waited_for_once() {
    let (server, mut till, script) = with_one_sale().await;
    script.take_store_away(Some(Away::Hangs));
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let began = Instant::now();
    for _ in 0..50 {
        assert_eq!(flags(&post(&server, &till.sell(&[("A", 1)])).await), json!([]));
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[tokio::test]
async fn what_the_store_changed_last_is_known_without_it() {
    let script = Script::new(Plan::default());
    let server = Server::with_script(&script).await;
    let (mut till, other) = (server.till(1).await, Till::new(1, 2));
    let path = "/api/v1/stores/1/registers/2/series";
    post(&server, &till.sell(&[("A", 1)])).await;
    server.post(path).operator().json(&enrol(&other, false)).send().await;
    script.take_store_away(Some(Away::Refuses));
    assert_eq!(flags(&post(&server, &till.sell(&[("A", 1)])).await), json!([]));
    let unknown = post(&server, &other.clone().sell(&[("A", 1)])).await;
    unknown.is_problem(StatusCode::SERVICE_UNAVAILABLE, "store-unavailable");
}

#[tokio::test]
async fn what_only_the_store_could_confirm_is_to_be_kept() {
    let (server, mut till, script) = with_one_sale().await;
    script.take_store_away(Some(Away::Refuses));
    let (stranger, elsewhere) = (Till::new(1, 2).sell(&[("A", 1)]), Till::new(2, 1).sell(&[("A", 1)]));
    for unknown in [&stranger, &elsewhere] {
        let reply = post(&server, unknown).await;
        reply.is_problem(StatusCode::SERVICE_UNAVAILABLE, "store-unavailable");
        assert!(reply.headers.contains_key("retry-after"));
    }
    let both = json!([till.sell(&[("A", 1)]), stranger]);
    let reply = server.post(PATH).json(&both).send().await;
    reply.is_problem(StatusCode::SERVICE_UNAVAILABLE, "store-unavailable");
    script.take_store_away(None);
    tokio::time::sleep(Duration::from_millis(5100)).await;
    post(&server, &stranger).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "unknown-signature");
}

#[tokio::test]
async fn only_what_is_beyond_doubt_is_flagged() {
    let (server, mut till, script) = with_one_sale().await;
    script.take_store_away(Some(Away::Refuses));
    till.seller(77);
    let mut altered = till.sell(&[("NO-SUCH", 1)]);
    altered.body.total = 1.into();
    assert_eq!(flags(&post(&server, &altered).await), json!(["altered_content", "wrong_sum"]));
}

#[tokio::test]
async fn a_server_that_knows_nothing_yet_takes_nothing() {
    let script = Script::new(Plan::default());
    let server = Server::with_script(&script).await;
    script.take_store_away(Some(Away::Refuses));
    let reply = post(&server, &Till::new(1, 1).sell(&[("A", 1)])).await;
    reply.is_problem(StatusCode::SERVICE_UNAVAILABLE, "store-unavailable");
}
