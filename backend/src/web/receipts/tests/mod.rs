//! Taking receipts in, by everything that can be wrong with them.

mod away;

use crate::testing::Till;
use crate::web::testing::{PATIENCE, Reply, Server, enrol};
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::chain::Sealed;
use shared::receipt::Receipt;

const PATH: &str = "/api/v1/receipts";

async fn post(server: &Server, receipt: &Sealed<Receipt>) -> Reply {
    server.post(PATH).json(&serde_json::to_value(receipt).unwrap()).send().await
}

/// The flags of an accepted receipt.
fn flags(reply: &Reply) -> Value {
    assert_eq!(
        (reply.status, &reply.json["items"][0]["outcome"]),
        (StatusCode::ACCEPTED, &json!("accepted")),
        "{}",
        reply.text
    );
    reply.json["items"][0].get("flags").cloned().unwrap_or(json!([]))
}

#[tokio::test]
async fn a_sound_receipt_gets_the_same_answer_as_often_as_it_comes_and_is_saved_once() {
    let server = Server::with_demo().await;
    let receipt = server.till(1).await.sell(&[("A", 2)]);
    for _ in 0..2 {
        assert_eq!(flags(&post(&server, &receipt).await), json!([]));
    }
    server.save_all().await;
    let found = server.get(&format!("{PATH}?store=1")).operator().send().await;
    assert_eq!(found.json["items"].as_array().unwrap().len(), 1, "{}", found.text);
    let one = server.get(&format!("{PATH}/{}", receipt.body.id)).operator().send().await;
    assert_eq!(one.json["hash"], json!(receipt.hash));
    let completeness = server.get("/api/v1/completeness?store=1").operator().send().await;
    assert_eq!(completeness.json[0]["series"][0]["saved"], json!([[1, 1]]), "{}", completeness.text);
    assert_eq!(completeness.json[0]["series"][0]["copies"], 1);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_what_is_wrong() {
    let server = Server::with_demo().await;
    let sound = serde_json::to_value(server.till(1).await.sell(&[("A", 1)])).unwrap();
    let mut unknown_field = sound.clone();
    unknown_field["body"]["hat"] = json!(1);
    let mut wrong_number = sound.clone();
    wrong_number["body"]["number"] = json!(0);
    for wrong in [unknown_field, wrong_number, json!({}), json!(1), Value::Null] {
        let reply = server.post(PATH).json(&wrong).send().await;
        reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "unreadable-receipt");
    }
    for (body, status, problem) in [
        ("{", StatusCode::BAD_REQUEST, "bad-json"),
        ("", StatusCode::BAD_REQUEST, "bad-json"),
        ("[1,", StatusCode::BAD_REQUEST, "bad-json"),
    ] {
        server.post(PATH).body(body).send().await.is_problem(status, problem);
    }
    let many = json!(vec![sound.clone(); 501]);
    server.post(PATH).json(&many).send().await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "too-many");
    let large = " ".repeat(5 * 1024 * 1024);
    server.post(PATH).body(&large).send().await.is_problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    let undeclared = server.post(PATH).json(&sound).header("content-type", "text/plain").send().await;
    undeclared.is_problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json");
}

#[tokio::test]
async fn what_no_enrolled_key_signed_is_refused() {
    let server = Server::with_demo().await;
    let stranger = Till::new(1, 1).sell(&[("A", 1)]);
    post(&server, &stranger).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "unknown-signature");
    let elsewhere = Till::new(77, 1).sell(&[("A", 1)]);
    post(&server, &elsewhere).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "unknown-signature");
    let metrics = server.get("/metrics").send().await.text;
    assert!(metrics.contains("receipts_refused_total{reason=\"unknown-signature\"} 2"), "{metrics}");
}

#[tokio::test]
async fn one_bad_receipt_does_not_hold_up_the_others() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let (first, second) = (till.sell(&[("A", 1)]), till.sell(&[("A", 2)]));
    let batch = json!([first, {"rubbish": true}, Till::new(1, 2).sell(&[("A", 1)]), second]);
    let reply = server.post(PATH).json(&batch).send().await;
    assert_eq!(reply.status, StatusCode::ACCEPTED);
    let outcomes: Vec<_> = reply.json["items"].as_array().unwrap().iter().map(|item| item["outcome"].clone()).collect();
    assert_eq!(json!(outcomes), json!(["accepted", "refused", "refused", "accepted"]));
    assert_eq!(reply.json["items"][2]["problem"]["type"], "/problems/unknown-signature");
    let none = server.post(PATH).json(&json!([1, 2])).send().await;
    assert_eq!((none.status, none.json["items"].as_array().unwrap().len()), (StatusCode::UNPROCESSABLE_ENTITY, 2));
}

#[tokio::test]
async fn altered_content_and_wrong_sums_are_taken_and_flagged() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let mut altered = till.sell(&[("A", 2)]);
    altered.body.total = 1.into();
    assert_eq!(flags(&post(&server, &altered).await), json!(["altered_content", "wrong_sum"]));
}

#[tokio::test]
async fn cash_that_is_rounded_otherwise_than_in_its_store_is_taken_and_flagged() {
    let server = Server::with_demo().await;
    let rounded = server.till(1).await.in_coins_of(100).sell(&[("A", 1)]);
    assert_eq!((rounded.body.total, rounded.body.rounding), (250.into(), 50.into()));
    assert_eq!(flags(&post(&server, &rounded).await), json!(["wrong_sum"]));
    let body = json!({"no": 50, "name": "Bern", "time_zone": "Europe/Zurich", "training": true, "smallest_coin": 100});
    server.post("/api/v1/stores").operator().json(&body).send().await;
    server.post("/api/v1/stores/50/registers").operator().json(&json!({})).send().await;
    server
        .post("/api/v1/stores/50/sellers")
        .operator()
        .json(&json!({"no": 1, "name": "Anne", "role": "seller", "pin": "1111"}))
        .send()
        .await;
    let mut till = Till::new(50, 1).in_coins_of(100);
    server.post("/api/v1/stores/50/registers/1/series").operator().json(&enrol(&till, false)).send().await;
    assert_eq!(flags(&post(&server, &till.sell(&[("A", 1)])).await), json!([]));
    let exact = Till::new(50, 1).sell(&[("A", 1)]);
    assert_eq!(flags(&post(&server, &exact).await), json!(["wrong_sum"]));
}

#[tokio::test]
async fn unknown_sellers_and_products_and_prices_are_taken_and_flagged() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    assert_eq!(flags(&post(&server, &till.sell(&[("NO-SUCH", 1)])).await), json!(["unknown_product"]));
    till.seller(77);
    assert_eq!(flags(&post(&server, &till.sell(&[("A", 1)])).await), json!(["unknown_seller"]));
    till.seller(1);
    let mut dearer = serde_json::to_value(crate::testing::product("A")).unwrap();
    for (price, expected) in [(300, json!([])), (400, json!(["wrong_price"]))] {
        dearer["price"] = json!(price);
        server.put("/api/v1/products/A").operator().json(&dearer).send().await;
        assert_eq!(flags(&post(&server, &till.sell(&[("A", 1)])).await), expected, "at {price}");
    }
}

#[tokio::test]
async fn another_price_is_flagged_unless_a_manager_of_the_store_allowed_it() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    for (manager, expected) in
        [(Some(9), json!([])), (Some(1), json!(["unapproved_price"])), (None, json!(["unapproved_price"]))]
    {
        let receipt = till.sell_for(100, "A", manager);
        assert_eq!(receipt.body.lines[0].list_price, Some(250.into()));
        assert_eq!(flags(&post(&server, &receipt).await), expected, "allowed by {manager:?}");
    }
    let hired = json!({"no": 8, "name": "Marc", "role": "manager", "pin": "8888"});
    server.post("/api/v1/stores/1/sellers").operator().json(&hired).send().await;
    assert_eq!(
        flags(&post(&server, &till.sell_for(100, "A", Some(8))).await),
        json!([]),
        "who was hired just now counts"
    );
}

#[tokio::test]
async fn keys_of_other_registers_and_training_in_the_wrong_place_are_flagged() {
    let server = Server::with_demo().await;
    let _first = server.till(1).await;
    let path = "/api/v1/stores/1/registers/2/series";
    let other = Till::new(1, 1);
    server.post(path).operator().json(&enrol(&Till::new(1, 2), false)).send().await;
    let mut sealed = Till::new(1, 2).sell(&[("A", 1)]);
    sealed.body.register = other.series().register;
    assert_eq!(flags(&post(&server, &sealed).await), json!(["altered_content", "foreign_key"]));
    let real = Till::real(1, 1).sell(&[("A", 1)]);
    assert_eq!(flags(&post(&server, &real).await), json!(["wrong_kind"]));
}

#[tokio::test]
async fn a_replaced_key_is_flagged_only_for_what_it_signed_afterwards() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let path = "/api/v1/stores/1/registers/1/series";
    let now = server.app().mint.now();
    let reply = server.post(path).operator().json(&enrol(&Till::new(1, 2), true)).send().await;
    assert_eq!(reply.json["series"]["letter"], "B");
    let noon = crate::testing::second(0).as_second();
    let before = till.sell_at(now.as_second() - noon - 3600, &[("A", 1)]);
    assert_eq!(flags(&post(&server, &before).await), json!([]));
    let after = till.sell_at(now.as_second() - noon + 3600, &[("A", 1)]);
    assert_eq!(flags(&post(&server, &after).await), json!(["replaced_key"]));
}

#[tokio::test]
async fn one_id_with_two_contents_is_kept_as_a_finding() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let first = till.sell(&[("A", 1)]);
    let second = till.issue(first.body.id, 60, &[("A", 3)]);
    for receipt in [&first, &second] {
        assert_eq!(flags(&post(&server, receipt).await), json!([]));
    }
    server.save_all().await;
    let picture = server.app().store.picture(first.body.store).await.unwrap();
    let kinds: Vec<_> = picture.findings().map(|finding| json!(finding.kind)).collect();
    assert!(kinds.contains(&json!("copy_differs")), "{kinds:?}");
}

#[tokio::test]
async fn searching_takes_only_what_makes_sense() {
    let server = Server::with_demo().await;
    for query in ["limit=0", "limit=501", "cursor=rubbish", "hat=1", "store=0", "from=yesterday"] {
        let reply = server.get(&format!("{PATH}?{query}")).operator().send().await;
        reply.is_problem(StatusCode::BAD_REQUEST, "bad-query");
    }
    let seller = server.sign_in(1, 1).await;
    let own = server.get(&format!("{PATH}?store=1")).cookie(&seller).send().await;
    assert_eq!(own.status, StatusCode::OK);
    for query in ["", "?store=2"] {
        let reply = server.get(&format!("{PATH}{query}")).cookie(&seller).send().await;
        reply.is_problem(StatusCode::FORBIDDEN, "forbidden");
    }
    let missing = server.get(&format!("{PATH}/0190a0b0-0000-7000-8000-000000000000")).operator().send().await;
    missing.is_problem(StatusCode::NOT_FOUND, "unknown-receipt");
}

#[tokio::test]
async fn a_batch_of_five_hundred_is_taken_at_once() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let batch: Vec<_> = (0..500).map(|_| till.sell(&[("A", 1)])).collect();
    let body = serde_json::to_value(&batch).unwrap();
    let reply = tokio::time::timeout(PATIENCE, server.post(PATH).json(&body).send()).await.unwrap();
    assert_eq!(reply.status, StatusCode::ACCEPTED);
    let outcomes = reply.json["items"].as_array().unwrap();
    assert!(outcomes.len() == 500 && outcomes.iter().all(|item| item["outcome"] == "accepted"));
}
