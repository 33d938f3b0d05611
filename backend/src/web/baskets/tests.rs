//! Baskets from their opening to their receipt, over the API.

use crate::model::basket::{self, BasketDocument, Stage};
use crate::model::server_series::{self, ServerSeries};
use crate::web::server_series::pending::settle_all;
use crate::web::sweeper;
use crate::web::testing::Server;
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::chain::{PublicKey, Sealed};
use shared::ids::{BasketId, PeriodNo, RegisterNo, StoreNo};
use shared::receipt::Receipt;
use shared::time::Day;

const OPEN: &str = "/api/v1/stores/1/registers/2/baskets";

/// Opens a basket with two pieces of `A` in it and gives its path.
async fn filled(server: &Server) -> String {
    server.add_product("A").await;
    let opened = server.post(OPEN).send().await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text);
    let path = format!("/api/v1/baskets/{}", opened.json["id"].as_str().unwrap());
    let added = server.post(&format!("{path}/lines")).json(&json!({"sku": "A", "quantity": 2000})).send().await;
    assert_eq!(added.json["total"], 500, "{}", added.text);
    path
}

async fn check_out(server: &Server, path: &str) -> Value {
    let reply = server.post(&format!("{path}/checkout")).send().await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json
}

fn receipt(view: &Value) -> Sealed<Receipt> {
    serde_json::from_value(view["receipt"].clone()).unwrap()
}

async fn public_key(server: &Server) -> PublicKey {
    let id = server_series::id(StoreNo::FIRST, RegisterNo::try_from(2).unwrap());
    server.app().store.read::<ServerSeries>(&id).await.unwrap().unwrap().value.public_key
}

#[tokio::test]
async fn a_basket_becomes_a_signed_receipt_and_the_next_one_follows_in_the_chain() {
    let server = Server::with_demo().await;
    let first = receipt(&check_out(&server, &filled(&server).await).await);
    let second = receipt(&check_out(&server, &filled(&server).await).await);
    assert_eq!((first.body.number.get(), second.body.number.get()), (1, 2));
    assert_eq!(second.body.prev, first.hash);
    let key = public_key(&server).await;
    for sealed in [&first, &second] {
        assert!(sealed.is_signed_by(&key) && sealed.own_findings().is_empty());
        assert!(sealed.body.simulated && sealed.body.basket.is_some());
    }
    server.save_all().await;
    let completeness = server.get("/api/v1/completeness?store=1").operator().send().await;
    assert_eq!(completeness.json[0]["series"][0]["saved"], json!([[1, 2]]), "{}", completeness.text);
}

#[tokio::test]
async fn checking_out_again_and_at_once_gives_the_same_receipt() {
    let server = Server::with_demo().await;
    let path = filled(&server).await;
    let (a, b) = tokio::join!(check_out(&server, &path), check_out(&server, &path));
    let again = check_out(&server, &path).await;
    assert_eq!((receipt(&a), receipt(&b)), (receipt(&again), receipt(&again)));
    server.save_all().await;
    let found = server.get("/api/v1/receipts?store=1").operator().send().await;
    assert_eq!(found.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn many_at_once_on_one_register_leave_no_gap() {
    let server = Server::with_demo().await;
    let mut paths = Vec::new();
    for _ in 0..8 {
        paths.push(filled(&server).await);
    }
    let views = futures_util::future::join_all(paths.iter().map(|path| check_out(&server, path))).await;
    let mut numbers: Vec<_> = views.iter().map(|view| receipt(view).body.number.get()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
}

/// As if the process had died right after the receipt was issued.
async fn forget_that_it_was_settled(server: &Server, path: &str, sealed: Sealed<Receipt>) {
    let store = &server.app().store;
    let name = server_series::id(StoreNo::FIRST, RegisterNo::try_from(2).unwrap());
    let series = store.read::<ServerSeries>(&name).await.unwrap().unwrap();
    let mut pending = serde_json::to_value(&series.value).unwrap();
    pending["pending"] = serde_json::to_value(&sealed).unwrap();
    let pending: ServerSeries = serde_json::from_value(pending).unwrap();
    let _ = store.write(&name, Some(series.revision), &pending).await.unwrap();
    let id: BasketId = path.rsplit('/').next().unwrap().parse().unwrap();
    let found = store.read::<BasketDocument>(&basket::id(id)).await.unwrap().unwrap();
    let paid = BasketDocument { stage: Stage::Paid { tenders: sealed.body.tenders.clone() }, ..found.value };
    let _ = store.write(&basket::id(id), Some(found.revision), &paid).await.unwrap();
}

#[tokio::test]
async fn what_a_crash_left_pending_is_finished_by_the_next_checkout_or_the_sweeper() {
    let server = Server::with_demo().await;
    let path = filled(&server).await;
    let first = receipt(&check_out(&server, &path).await);
    forget_that_it_was_settled(&server, &path, first.clone()).await;
    let other = filled(&server).await;
    assert_eq!(receipt(&check_out(&server, &other).await).body.number.get(), 2);
    assert_eq!(receipt(&server.get(&path).send().await.json), first);

    let second = receipt(&check_out(&server, &other).await);
    forget_that_it_was_settled(&server, &other, second.clone()).await;
    settle_all(server.app()).await.unwrap();
    assert_eq!(receipt(&server.get(&other).send().await.json), second);
    server.save_all().await;
    let found = server.get("/api/v1/receipts?store=1").operator().send().await;
    assert_eq!(found.json["items"].as_array().unwrap().len(), 2, "each is saved once");
}

/// As if everything that the register has sold had been sold the day before.
async fn sold_yesterday(server: &Server) {
    let store = &server.app().store;
    let name = server_series::id(StoreNo::FIRST, RegisterNo::try_from(2).unwrap());
    let series = store.read::<ServerSeries>(&name).await.unwrap().unwrap();
    let mut before = serde_json::to_value(&series.value).unwrap();
    let day: Day = before["book"]["last"][0].as_str().unwrap().parse().unwrap();
    before["book"]["last"][0] = json!(day.plus_days(-1));
    let before: ServerSeries = serde_json::from_value(before).unwrap();
    let _ = store.write(&name, Some(series.revision), &before).await.unwrap();
}

async fn closings(server: &Server) -> Vec<Value> {
    server.save_all().await;
    let reply = server.get("/api/v1/stores/1/closings?register=2").operator().send().await;
    reply.json["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_day_closes_before_the_first_receipt_of_the_next_and_is_complete() {
    let server = Server::with_demo().await;
    let first = receipt(&check_out(&server, &filled(&server).await).await);
    let second = receipt(&check_out(&server, &filled(&server).await).await);
    assert_eq!(closings(&server).await, [] as [Value; 0], "the day still runs");
    sold_yesterday(&server).await;
    let third = receipt(&check_out(&server, &filled(&server).await).await);
    let period = |receipt: &Sealed<Receipt>| receipt.body.period.map_or(1, PeriodNo::get);
    assert_eq!([&first, &second, &third].map(period), [1, 1, 2]);
    let closings = closings(&server).await;
    let closing = &closings[0]["body"]["entry"];
    assert_eq!(
        (closings.len(), &closings[0]["state"], &closing["period"]["total"]),
        (1, &json!("complete"), &json!(1000))
    );
    let journal = server.get("/api/v1/journal?store=1&register=2&oldest_first=true").operator().send().await;
    let acts: Vec<_> =
        journal.json["items"].as_array().unwrap().iter().map(|entry| &entry["body"]["entry"]["act"]).collect();
    assert_eq!(acts, ["key_created", "day_closed"]);
    let picture = server.app().store.picture(StoreNo::FIRST).await.unwrap();
    assert_eq!(picture.findings().count(), 0, "nothing is wrong with either chain");
}

#[tokio::test]
async fn an_entry_that_a_crash_left_pending_is_published_before_the_next_receipt_and_counts_once() {
    let server = Server::with_demo().await;
    check_out(&server, &filled(&server).await).await;
    sold_yesterday(&server).await;
    sweeper::tidy(server.app()).await.unwrap();
    server.save_all().await;
    let journal = server.get("/api/v1/journal?store=1&register=2").operator().send().await;
    let mut entry = journal.json["items"][0].clone();
    for stored in ["position", "accepted_at"] {
        entry.as_object_mut().unwrap().remove(stored);
    }
    let (store, name) = (&server.app().store, server_series::id(StoreNo::FIRST, RegisterNo::try_from(2).unwrap()));
    let series = store.read::<ServerSeries>(&name).await.unwrap().unwrap();
    let mut pending = serde_json::to_value(&series.value).unwrap();
    pending["pending"] = entry;
    let pending: ServerSeries = serde_json::from_value(pending).unwrap();
    let _ = store.write(&name, Some(series.revision), &pending).await.unwrap();
    assert_eq!(receipt(&check_out(&server, &filled(&server).await).await).body.number.get(), 2);
    assert_eq!(closings(&server).await.len(), 1);
    assert!(store.read::<ServerSeries>(&name).await.unwrap().unwrap().value.pending().is_none());
}

#[tokio::test]
async fn a_series_whose_key_cannot_be_opened_keeps_no_other_from_closing() {
    let server = Server::with_demo().await;
    check_out(&server, &filled(&server).await).await;
    sold_yesterday(&server).await;
    let (store, name) = (&server.app().store, server_series::id(StoreNo::FIRST, RegisterNo::try_from(2).unwrap()));
    let good = serde_json::to_value(&store.read::<ServerSeries>(&name).await.unwrap().unwrap().value).unwrap();
    let mut bad = good.clone();
    (bad["register"], bad["sealed_key"]) = (json!(77), json!("AAAA"));
    let bad: ServerSeries = serde_json::from_value(bad).unwrap();
    let other = server_series::id(StoreNo::FIRST, RegisterNo::FIRST);
    let _ = store.write(&other, None, &bad).await.unwrap();
    sweeper::tidy(server.app()).await.unwrap();
    assert_eq!(closings(&server).await.len(), 1);
}

#[tokio::test]
async fn a_day_that_is_over_closes_without_a_further_receipt_and_once() {
    let server = Server::with_demo().await;
    check_out(&server, &filled(&server).await).await;
    sweeper::tidy(server.app()).await.unwrap();
    assert_eq!(closings(&server).await.len(), 0);
    sold_yesterday(&server).await;
    for _ in 0..2 {
        sweeper::tidy(server.app()).await.unwrap();
        let closings = closings(&server).await;
        assert_eq!((closings.len(), &closings[0]["state"]), (1, &json!("complete")));
    }
}

#[tokio::test]
async fn lines_are_added_by_barcode_changed_and_taken_out() {
    let server = Server::with_demo().await;
    let path = filled(&server).await;
    let gtin = server.get("/api/v1/catalogue").operator().send().await.json["products"]
        .as_array()
        .unwrap()
        .iter()
        .find(|product| product["gtin"].is_string() && product["unit"] == "piece")
        .unwrap()["gtin"]
        .clone();
    let two = server.post(&format!("{path}/lines")).json(&json!({"gtin": gtin})).send().await;
    assert_eq!(two.json["lines"].as_array().unwrap().len(), 2, "{}", two.text);
    let changed = server.patch(&format!("{path}/lines/1")).json(&json!({"quantity": 3000})).send().await;
    assert_eq!(changed.json["lines"][0]["total"], 750);
    let fewer = server.delete(&format!("{path}/lines/2")).send().await;
    assert_eq!((fewer.json["lines"].as_array().unwrap().len(), &fewer.json["total"]), (1, &json!(750)));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_the_basket_stays_as_it_is() {
    let server = Server::with_demo().await;
    let path = filled(&server).await;
    let lines = format!("{path}/lines");
    let before = server.get(&path).send().await.json;
    for (body, problem) in [
        (json!({"sku": "NO-SUCH"}), "unknown-product"),
        (json!({"sku": "A", "quantity": -1000}), "invalid-quantity"),
        (json!({"sku": "A", "quantity": 0}), "invalid-quantity"),
        (json!({"sku": "A", "quantity": 500}), "invalid-quantity"),
        (json!({"sku": "A", "quantity": 9_000_000_000_i64}), "invalid-quantity"),
        (json!({"sku": "A", "hat": 1}), "invalid-content"),
        (json!({"sku": "A", "gtin": "96385074"}), "invalid-content"),
        (json!({}), "invalid-content"),
        (json!({"gtin": "96385075"}), "invalid-content"),
    ] {
        let reply = server.post(&lines).json(&body).send().await;
        reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, problem);
    }
    server.post(&lines).body("{").send().await.is_problem(StatusCode::BAD_REQUEST, "bad-json");
    let missing = server.patch(&format!("{path}/lines/9")).json(&json!({"quantity": 1000})).send().await;
    missing.is_problem(StatusCode::NOT_FOUND, "unknown-line");
    assert_eq!(server.get(&path).send().await.json, before);
}

#[tokio::test]
async fn payments_have_to_fit() {
    let server = Server::with_demo().await;
    let path = filled(&server).await;
    let pay = format!("{path}/checkout");
    for tenders in [
        json!([{"kind": "cash", "amount": 499}]),
        json!([{"kind": "card", "amount": 501}]),
        json!([{"kind": "cash", "amount": -1}]),
        json!([{"kind": "cash", "amount": 500}, {"kind": "cash", "amount": 1}]),
    ] {
        let reply = server.post(&pay).json(&json!({"tenders": tenders})).send().await;
        reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-payment");
    }
    let split = json!({"tenders": [{"kind": "card", "amount": 300}, {"kind": "cash", "amount": 1000}]});
    let reply = server.post(&pay).json(&split).send().await;
    assert_eq!(reply.json["receipt"]["body"]["change"], 800, "{}", reply.text);
    let late = server.post(&format!("{path}/lines")).json(&json!({"sku": "A"})).send().await;
    late.is_problem(StatusCode::CONFLICT, "basket-closed");
    server.delete(&path).send().await.is_problem(StatusCode::CONFLICT, "basket-closed");
}

#[tokio::test]
async fn empty_left_and_unknown_baskets_become_nothing() {
    let server = Server::with_demo().await;
    let opened = server.post(OPEN).send().await;
    let path = format!("/api/v1/baskets/{}", opened.json["id"].as_str().unwrap());
    let reply = server.post(&format!("{path}/checkout")).send().await;
    reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "empty-basket");
    assert_eq!(server.delete(&path).send().await.status, StatusCode::NO_CONTENT);
    server.get(&path).send().await.is_problem(StatusCode::NOT_FOUND, "unknown-basket");
    server.get("/api/v1/baskets/nonsense").send().await.is_problem(StatusCode::BAD_REQUEST, "bad-path");
}

#[tokio::test]
async fn tills_keep_their_registers_to_themselves() {
    let server = Server::with_demo().await;
    let _till = server.till(1).await;
    let reply = server.post("/api/v1/stores/1/registers/1/baskets").send().await;
    reply.is_problem(StatusCode::CONFLICT, "register-has-till");
    let path = filled(&server).await;
    check_out(&server, &path).await;
    let claim = crate::web::testing::enrol(&crate::testing::Till::new(1, 2), true);
    let reply = server.post("/api/v1/stores/1/registers/2/series").operator().json(&claim).send().await;
    reply.is_problem(StatusCode::CONFLICT, "self-service-register");
}

#[tokio::test]
async fn unknown_places_and_people_are_named() {
    let server = Server::with_demo().await;
    let reply = server.post("/api/v1/stores/77/registers/1/baskets").send().await;
    reply.is_problem(StatusCode::NOT_FOUND, "unknown-store");
    let reply = server.post("/api/v1/stores/1/registers/77/baskets").send().await;
    reply.is_problem(StatusCode::NOT_FOUND, "unknown-register");
    let reply = server.post(OPEN).json(&json!({"seller": 77})).send().await;
    reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "unknown-seller");
}

#[tokio::test]
async fn in_a_real_store_baskets_take_a_session_or_the_token() {
    let server = Server::empty().await;
    let store = json!({"no": 1, "name": "Nantes", "time_zone": "Europe/Paris", "training": false});
    server.post("/api/v1/stores").operator().json(&store).send().await;
    server.post("/api/v1/stores/1/registers").operator().json(&json!({"no": 2})).send().await;
    server.post(OPEN).send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    assert_eq!(server.post(OPEN).operator().send().await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn baskets_that_nobody_came_back_for_are_swept_away() {
    let server = Server::with_demo().await;
    let path = filled(&server).await;
    sweeper::tidy(server.app()).await.unwrap();
    assert_eq!(server.get(&path).send().await.status, StatusCode::OK);
    let store = &server.app().store;
    let id: BasketId = path.rsplit('/').next().unwrap().parse().unwrap();
    let found = store.read::<BasketDocument>(&basket::id(id)).await.unwrap().unwrap();
    let old = BasketDocument { changed_at: jiff::Timestamp::UNIX_EPOCH, ..found.value };
    let _ = store.write(&basket::id(id), Some(found.revision), &old).await.unwrap();
    sweeper::tidy(server.app()).await.unwrap();
    server.get(&path).send().await.is_problem(StatusCode::NOT_FOUND, "unknown-basket");
}
