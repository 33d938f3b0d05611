use super::*;
use crate::testing::Till;
use crate::web::testing::Server;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// What managers are told of, once what was counted is written down.
async fn told(server: &Server) -> Value {
    write_down(server.app()).await.unwrap();
    let reply = server.get("/api/v1/refusals").operator().send().await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json["items"].clone()
}

async fn refused(server: &Server, path: &str, body: &Value) {
    let reply = server.post(path).json(&json!([body])).send().await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text);
}

#[tokio::test]
async fn whatever_is_refused_of_a_store_is_counted_and_told() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    assert_eq!(told(&server).await, json!([]));
    let mut damaged = json!(till.sell(&[("A", 1)]));
    damaged["hash"] = json!("ab".repeat(32));
    for _ in 0..2 {
        refused(&server, "/api/v1/receipts", &damaged).await;
    }
    let mut unreadable = json!(till.sell(&[("A", 1)]));
    unreadable["body"]["total"] = json!("much");
    refused(&server, "/api/v1/receipts", &unreadable).await;
    refused(&server, "/api/v1/journal", &unreadable).await;
    let told = told(&server).await;
    assert_eq!((&told[0]["store"], &told[0]["count"], told.as_array().map(Vec::len)), (&json!(1), &json!(4), Some(1)));
}

#[tokio::test]
async fn what_is_taken_and_what_names_no_store_is_not_counted() {
    let server = Server::with_demo().await;
    let sound = json!(server.till(1).await.sell(&[("A", 1)]));
    let reply = server.post("/api/v1/receipts").json(&sound).send().await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    refused(&server, "/api/v1/receipts", &json!(Till::new(77, 1).sell(&[("A", 1)]))).await;
    for rubbish in [json!(1), json!({}), json!({"body": {"store": 77}}), json!({"body": {"store": "1"}})] {
        refused(&server, "/api/v1/receipts", &rubbish).await;
    }
    assert_eq!(told(&server).await, json!([]));
}

/// A sign-in page may be the first to send anything after a start, and what it sends the first that is refused.
#[tokio::test]
async fn what_names_a_store_that_was_never_read_counts_too_and_is_bounded() {
    let server = Server::with_demo().await;
    let app = server.app();
    assert!(app.stores.held(StoreNo::FIRST).is_none());
    refused(&server, "/api/v1/receipts", &json!({"body": {"store": 1, "total": "much"}})).await;
    assert_eq!(told(&server).await[0]["count"], 1);
    note(app, (1..=10_000_u64).map(|no| no.try_into().unwrap()));
    assert_eq!(app.refused.take().len(), UNMET);
}

#[tokio::test]
async fn several_instances_count_into_one_number_which_is_written_once_for_many() {
    let server = Server::with_demo().await;
    let app = server.app();
    app.stores.get(StoreNo::FIRST).await.unwrap();
    for _ in 0..1_000 {
        note(app, [StoreNo::FIRST, StoreNo::MAX].into_iter());
    }
    write_down(app).await.unwrap();
    let id = Refusals::id(StoreNo::FIRST);
    let first = app.store.read::<Refusals>(&id).await.unwrap().unwrap();
    assert_eq!(first.value.count, 1_000);
    write_down(app).await.unwrap();
    assert_eq!(app.store.read::<Refusals>(&id).await.unwrap().unwrap().revision, first.revision, "nothing has come");
    // Another instance has written in between.
    let other = Refusals { count: 5_000, ..first.value };
    let _ = app.store.write(&id, Some(first.revision), &other).await.unwrap();
    note(app, [StoreNo::FIRST].into_iter());
    assert_eq!(told(&server).await[0]["count"], 5_001);
    assert_eq!(app.store.read_all::<Refusals>("").await.unwrap().len(), 1, "there is no store of the other number");
}

#[tokio::test]
async fn only_who_manages_is_told() {
    let server = Server::with_demo().await;
    let seller = server.sign_in(1, 1).await;
    server.get("/api/v1/refusals").cookie(&seller).send().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
    assert_eq!(server.get("/api/v1/refusals").send().await.status, StatusCode::UNAUTHORIZED);
}
