//! From a letter that nobody can read to goods on the shelf.

use crate::store::dead_letters::{DeadLetter, LetterId};
use crate::testing::{at, second, store};
use crate::web::testing::Server;
use axum::http::StatusCode;
use serde_json::json;

fn letter(offset: u64, payload: &str) -> DeadLetter {
    DeadLetter {
        id: LetterId { position: at(offset), partition: 0 },
        store: Some(store(1)),
        kind: "delivery".into(),
        version: 1,
        accepted_at: second(0),
        payload: payload.into(),
        reason: "the record cannot be read".into(),
        mended_at: None,
    }
}

#[tokio::test]
async fn a_letter_is_listed_read_mended_and_counts_once() {
    let server = Server::with_demo().await;
    let sku = server.some_sku().await;
    let (first, second) = (letter(901, "{\"id\":"), letter(902, "é\u{0}"));
    server.app().store.bury(&[first.clone(), second.clone()]).await.unwrap();
    let seller = server.sign_in(1, 1).await;
    for forbidden in ["/api/v1/dead-letters", "/api/v1/dead-letters?store=1"] {
        assert_eq!(server.get(forbidden).cookie(&seller).send().await.status, StatusCode::FORBIDDEN);
    }
    for (no, count) in [(1, 2), (2, 0)] {
        let manager = server.sign_in(no, 9).await;
        let of_store = server.get(&format!("/api/v1/dead-letters?store={no}")).cookie(&manager).send().await;
        assert_eq!(of_store.json["items"].as_array().map(Vec::len), Some(count));
    }

    let page = server.get("/api/v1/dead-letters?limit=1").operator().send().await.json;
    assert_eq!((&page["items"][0]["id"], &page["items"][0]["text"]), (&json!("1-901-0"), &json!("{\"id\":")));
    let next = format!("/api/v1/dead-letters?cursor={}", page["next"].as_str().unwrap());
    assert_eq!(server.get(&next).operator().send().await.json["items"].as_array().unwrap().len(), 1);
    let whole = server.get("/api/v1/dead-letters/1-902-0").operator().send().await.json;
    assert_eq!((&whole["bytes"], &whole["kind"]), (&json!(3), &json!("delivery")));

    let publish = "/api/v1/dead-letters/1-901-0/publish";
    let still = server.post(publish).operator().json(&json!({})).send().await;
    assert_eq!(
        (still.status, &still.json["type"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("/problems/unreadable-letter"))
    );
    let id = "0190a0b0-0000-7000-8000-000000000001";
    let payload = json!({ "id": id, "items": [{ "sku": sku, "quantity": 5000 }], "at": "2026-11-23T12:00:00Z" });
    let mended = server.post(publish).operator().json(&json!({ "payload": payload })).send().await;
    assert_eq!((mended.status, &mended.json["event"]), (StatusCode::ACCEPTED, &json!(id)), "{}", mended.text);
    let again = server.post(publish).operator().json(&json!({ "payload": payload })).send().await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let open = server.get("/api/v1/dead-letters").operator().send().await.json;
    assert_eq!(open["items"].as_array().unwrap().len(), 1);
    server.save_all().await;
}

#[tokio::test]
async fn keys_and_settings_are_the_operators_to_mend() {
    let server = Server::with_demo().await;
    let settings = DeadLetter { kind: "settings".into(), ..letter(904, "") };
    server.app().store.bury(&[settings]).await.unwrap();
    let payload = json!({ "payload": { "id": "0190a0b0-0000-7000-8000-000000000002", "cut_off": 60 } });
    let manager = server.sign_in(1, 9).await;
    let publish = "/api/v1/dead-letters/1-904-0/publish";
    let refused = server.post(publish).cookie(&manager).json(&payload).send().await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let taken = server.post(publish).operator().json(&payload).send().await;
    assert_eq!(taken.status, StatusCode::ACCEPTED, "{}", taken.text);
}

#[tokio::test]
async fn what_mends_a_letter_is_judged_like_anything_else() {
    let server = Server::with_demo().await;
    let unsigned = crate::testing::Till::new(1, 1).sell(&[("A", 1)]);
    let receipt = DeadLetter { kind: "receipt".into(), ..letter(903, "") };
    server.app().store.bury(&[receipt]).await.unwrap();
    let publish = "/api/v1/dead-letters/1-903-0/publish";
    let refused = server.post(publish).operator().json(&json!({ "payload": unsigned })).send().await;
    assert_eq!(refused.json["type"], "/problems/unknown-signature");
    let elsewhere = crate::testing::Till::new(2, 1).sell(&[("A", 1)]);
    let refused = server.post(publish).operator().json(&json!({ "payload": elsewhere })).send().await;
    assert_eq!(refused.json["type"], "/problems/unreadable-letter");
    for unknown in ["1-999-0", "rubbish"] {
        let reply = server.get(&format!("/api/v1/dead-letters/{unknown}")).operator().send().await;
        assert_eq!(reply.json["type"], "/problems/unknown-letter");
    }
}
