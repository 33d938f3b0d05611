//! Changing and dismissing staff over the API.

use crate::web::testing::{Reply, Server};
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::journal::Act;

const STAFF: &str = "/api/v1/stores/1/sellers";

async fn change(server: &Server, seller: u32, body: &Value) -> Reply {
    server.patch(&format!("{STAFF}/{seller}")).operator().json(body).send().await
}

async fn dismiss(server: &Server, seller: u32) -> Reply {
    server.delete(&format!("{STAFF}/{seller}")).operator().send().await
}

async fn sign_in(server: &Server, seller: u32, pin: &str) -> Reply {
    server.post("/api/v1/sessions").json(&json!({"store": 1, "seller": seller, "pin": pin})).send().await
}

async fn is_signed_in(server: &Server, cookie: &str) -> bool {
    server.get("/api/v1/sessions/current").cookie(cookie).send().await.status == StatusCode::OK
}

fn cookie(reply: &Reply) -> String {
    reply.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn another_pin_lets_in_and_the_one_before_does_not_nor_its_sessions() {
    let server = Server::with_demo().await;
    let session = server.sign_in(1, 1).await;
    for _ in 0..5 {
        sign_in(&server, 1, "0000").await.is_problem(StatusCode::UNAUTHORIZED, "wrong-pin");
    }
    assert_eq!(change(&server, 1, &json!({"pin": "4821"})).await.status, StatusCode::OK);
    assert!(!is_signed_in(&server, &session).await);
    assert_eq!(sign_in(&server, 1, "4821").await.status, StatusCode::OK, "the lock-out was the other PIN's");
    sign_in(&server, 1, "1111").await.is_problem(StatusCode::UNAUTHORIZED, "wrong-pin");
}

#[tokio::test]
async fn another_name_changes_what_is_shown_and_ends_nothing() {
    let server = Server::with_demo().await;
    let session = server.sign_in(1, 1).await;
    let changed = change(&server, 1, &json!({"name": "Nora T."})).await;
    assert_eq!((changed.status, &changed.json["name"]), (StatusCode::OK, &json!("Nora T.")));
    let current = server.get("/api/v1/sessions/current").cookie(&session).send().await;
    assert_eq!((current.status, &current.json["seller"]["name"]), (StatusCode::OK, &json!("Nora T.")));
}

#[tokio::test]
async fn another_role_is_had_at_the_next_sign_in() {
    let server = Server::with_demo().await;
    let session = server.sign_in(1, 1).await;
    change(&server, 1, &json!({"role": "manager"})).await;
    assert!(!is_signed_in(&server, &session).await);
    let promoted = cookie(&sign_in(&server, 1, "1111").await);
    assert_eq!(server.get(STAFF).cookie(&promoted).send().await.status, StatusCode::OK);
    change(&server, 1, &json!({"role": "seller"})).await;
    assert!(!is_signed_in(&server, &promoted).await, "a manager's session does not outlive the role");
    let approval = json!({"store": 1, "seller": 1, "pin": "1111"});
    let refused = server.post("/api/v1/approvals").json(&approval).send().await;
    refused.is_problem(StatusCode::FORBIDDEN, "forbidden");
}

#[tokio::test]
async fn whoever_changes_their_own_pin_stays_signed_in() {
    let server = Server::with_demo().await;
    let session = server.sign_in(1, 9).await;
    let changed = server.patch(&format!("{STAFF}/9")).cookie(&session).json(&json!({"pin": "4821"})).send().await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    assert!(is_signed_in(&server, &cookie(&changed)).await && !is_signed_in(&server, &session).await);
}

#[tokio::test]
async fn who_is_dismissed_is_out_at_once_and_keeps_the_number() {
    let server = Server::with_demo().await;
    let session = server.sign_in(1, 1).await;
    for _ in 0..2 {
        assert_eq!(dismiss(&server, 1).await.status, StatusCode::NO_CONTENT);
    }
    assert!(!is_signed_in(&server, &session).await);
    sign_in(&server, 1, "1111").await.is_problem(StatusCode::UNAUTHORIZED, "wrong-pin");
    change(&server, 1, &json!({"pin": "4821"})).await.is_problem(StatusCode::NOT_FOUND, "unknown-staff");
    let store = server.get("/api/v1/stores/1").send().await.json;
    assert!(store["sellers"].as_array().unwrap().iter().all(|seller| seller["no"] != 1), "{store}");
    let listed = server.get(STAFF).operator().send().await.json;
    assert!(listed[0]["no"] == 1 && listed[0]["dismissed_at"].is_string(), "{listed}");
    let again = json!({"no": 1, "name": "Ines M.", "role": "seller", "pin": "1111"});
    let taken = server.post(STAFF).operator().json(&again).send().await;
    taken.is_problem(StatusCode::CONFLICT, "number-taken");
}

#[tokio::test]
async fn what_somebody_sold_before_they_were_dismissed_is_sound_and_later_is_not() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    // Their own clocks say so: decades before, and centuries after.
    let before = till.sell_at(-1_000_000_000, &[("A", 1)]);
    let late = till.sell_at(30_000_000_000, &[("A", 1)]);
    dismiss(&server, 1).await;
    let flags = async |receipt: &Value| {
        let reply = server.post("/api/v1/receipts").json(receipt).send().await;
        assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
        reply.json["items"][0].get("flags").cloned()
    };
    assert_eq!(flags(&json!(before)).await, None);
    assert_eq!(flags(&json!(late)).await, Some(json!(["unknown_seller"])));
    let acts = [Act::SignedOut, Act::DrawerOpened].map(|act| till.note_at(30_000_000_000, act, None));
    let reply = server.post("/api/v1/journal").json(&json!(acts)).send().await;
    let flagged = reply.json["items"].as_array().unwrap().iter().map(|item| item.get("flags").cloned());
    let out_of_hours = Some(json!(["unknown_seller"]));
    assert_eq!(flagged.collect::<Vec<_>>(), [None, out_of_hours], "a till signs out whom it hears of");
}

#[tokio::test]
async fn a_store_keeps_its_last_manager() {
    let server = Server::with_demo().await;
    let last = |reply: Reply| reply.is_problem(StatusCode::CONFLICT, "last-manager");
    last(dismiss(&server, 9).await);
    last(change(&server, 9, &json!({"role": "seller"})).await);
    assert_eq!(change(&server, 9, &json!({"name": "Ada"})).await.status, StatusCode::OK);
    assert_eq!(change(&server, 1, &json!({"role": "manager"})).await.status, StatusCode::OK);
    assert_eq!(dismiss(&server, 9).await.status, StatusCode::NO_CONTENT);
    last(dismiss(&server, 1).await);
    assert_eq!(sign_in(&server, 1, "1111").await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_managers_who_dismiss_each_other_at_once_leave_one() {
    let server = Server::with_demo().await;
    change(&server, 1, &json!({"role": "manager"})).await;
    let (a, b) = tokio::join!(dismiss(&server, 1), dismiss(&server, 9));
    let gone = [a, b].iter().filter(|reply| reply.status == StatusCode::NO_CONTENT).count();
    let staff = server.get("/api/v1/stores/1").send().await.json;
    let managers = staff["sellers"].as_array().unwrap().iter().filter(|seller| seller["role"] == "manager").count();
    assert!(gone <= 1 && managers == 2 - gone, "{gone} dismissed, {managers} left");
}

#[tokio::test]
async fn sellers_change_nobody_and_nobody_becomes_what_none_can_be() {
    let server = Server::with_demo().await;
    let seller = server.sign_in(1, 1).await;
    let path = format!("{STAFF}/2");
    let pin = json!({"pin": "4821"});
    for reply in [
        server.get(STAFF).cookie(&seller).send().await,
        server.patch(&path).cookie(&seller).json(&pin).send().await,
        server.delete(&path).cookie(&seller).send().await,
    ] {
        reply.is_problem(StatusCode::FORBIDDEN, "forbidden");
    }
    for wrong in [json!({"name": " "}), json!({"pin": "12"})] {
        change(&server, 2, &wrong).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-seller");
    }
    change(&server, 2, &json!({"hat": 1})).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-content");
    change(&server, 77, &pin).await.is_problem(StatusCode::NOT_FOUND, "unknown-staff");
    dismiss(&server, 77).await.is_problem(StatusCode::NOT_FOUND, "unknown-staff");
    server
        .delete("/api/v1/stores/77/sellers/1")
        .operator()
        .send()
        .await
        .is_problem(StatusCode::NOT_FOUND, "unknown-store");
}
