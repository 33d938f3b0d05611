//! Reserving refunds over the API, and refunds that come in.

mod incoming;
mod letting_go;

use crate::testing::{Till, pieces_back, portions, refund_id};
use crate::web::testing::{Reply, Server};
use axum::http::StatusCode;
use futures_util::future::join_all;
use serde_json::{Value, json};
use shared::chain::Sealed;
use shared::ids::ReceiptId;
use shared::receipt::Receipt;
use shared::refund::Returned;

const PATH: &str = "/api/v1/receipts";

/// A server, somebody who is signed in at store 1, and a till on its register 1.
async fn with_till() -> (Server, String, Till) {
    let server = Server::with_demo().await;
    let till = server.till(1).await;
    let seller = server.sign_in(1, 1).await;
    (server, seller, till)
}

async fn post(server: &Server, receipt: &Sealed<Receipt>) -> Reply {
    server.post(PATH).json(&json!(receipt)).send().await
}

/// A sale of so many pieces of `A` at 2.50 that is saved.
async fn sold(server: &Server, till: &mut Till, pieces: u32) -> Sealed<Receipt> {
    let receipt = till.sell(&[("A", pieces)]);
    assert_eq!(post(server, &receipt).await.status, StatusCode::ACCEPTED);
    server.save_all().await;
    receipt
}

fn place(receipt: ReceiptId, refund: u64) -> String {
    format!("{PATH}/{receipt}/refunds/{}", refund_id(refund))
}

async fn reserve(server: &Server, cookie: &str, receipt: ReceiptId, refund: u64, lines: &[Returned]) -> Reply {
    server.put(&place(receipt, refund)).cookie(cookie).json(&json!({"lines": lines})).send().await
}

async fn refundable(server: &Server, cookie: &str, receipt: ReceiptId) -> Reply {
    server.get(&format!("{PATH}/{receipt}/refunds")).cookie(cookie).send().await
}

async fn let_go(server: &Server, cookie: &str, receipt: ReceiptId, refund: u64) -> Reply {
    server.delete(&place(receipt, refund)).cookie(cookie).send().await
}

/// What is left of the first line, in thousandths and cents.
async fn left(server: &Server, cookie: &str, receipt: ReceiptId) -> (i64, i64) {
    let reply = refundable(server, cookie, receipt).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let line = &reply.json["left"][0];
    (line["quantity"].as_i64().unwrap(), line["amount"].as_i64().unwrap())
}

#[tokio::test]
async fn what_is_left_is_told_reserved_and_let_go_of() {
    let (server, seller, mut till) = with_till().await;
    let receipt = sold(&server, &mut till, 3).await.body.id;
    let untouched = json!({
        "receipt": receipt, "left": [{"amount": 750, "line": 1, "quantity": 3000}], "reserved": [],
    });
    assert_eq!(refundable(&server, &seller, receipt).await.json, untouched);
    let reserved = json!({"refund": refund_id(1), "lines": [{"amount": 500, "line": 1, "quantity": 2000}]});
    for _ in 0..2 {
        let reply = reserve(&server, &seller, receipt, 1, &[pieces_back(1, 2)]).await;
        assert_eq!((reply.status, &reply.json), (StatusCode::OK, &reserved), "{}", reply.text);
    }
    let told = refundable(&server, &seller, receipt).await.json;
    assert_eq!(told["left"], json!([{"amount": 250, "line": 1, "quantity": 1000}]));
    assert_eq!(told["reserved"], json!([reserved]));
    for _ in 0..2 {
        assert_eq!(let_go(&server, &seller, receipt, 1).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(refundable(&server, &seller, receipt).await.json, untouched);
}

#[tokio::test]
async fn what_cannot_be_reserved_is_refused_and_nothing_is_reserved() {
    let (server, seller, mut till) = with_till().await;
    let receipt = sold(&server, &mut till, 3).await.body.id;
    let half = Returned { quantity: 500.into(), ..pieces_back(1, 1) };
    let no_line = pieces_back(2, 1);
    for wrong in [vec![], vec![half], vec![pieces_back(1, 0)], vec![no_line], vec![pieces_back(1, 1); 2]] {
        let reply = reserve(&server, &seller, receipt, 1, &wrong).await;
        reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-refund");
    }
    let too_many = reserve(&server, &seller, receipt, 1, &[pieces_back(1, 4)]).await;
    too_many.is_problem(StatusCode::CONFLICT, "more-than-left");
    assert_eq!(too_many.json["detail"], "of line 1 only 3000 thousandths are left to refund");
    assert_eq!(left(&server, &seller, receipt).await, (3000, 750));
    reserve(&server, &seller, receipt, 1, &[pieces_back(1, 2)]).await;
    let others = reserve(&server, &seller, receipt, 1, &[pieces_back(1, 1)]).await;
    others.is_problem(StatusCode::CONFLICT, "refund-reserved");
    let rest = reserve(&server, &seller, receipt, 2, &[pieces_back(1, 2)]).await;
    rest.is_problem(StatusCode::CONFLICT, "more-than-left");
    let hat = json!({"lines": [pieces_back(1, 1)], "hat": 1});
    let unread = server.put(&place(receipt, 2)).cookie(&seller).json(&hat).send().await;
    unread.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-content");
    let path = format!("{PATH}/{receipt}/refunds/hat");
    server.delete(&path).cookie(&seller).send().await.is_problem(StatusCode::BAD_REQUEST, "bad-path");
    assert_eq!(left(&server, &seller, receipt).await, (1000, 250));
}

/// What all three routes answer for a receipt.
async fn all_routes(server: &Server, cookie: &str, receipt: ReceiptId) -> [Reply; 3] {
    [
        refundable(server, cookie, receipt).await,
        reserve(server, cookie, receipt, 1, &[pieces_back(1, 1)]).await,
        let_go(server, cookie, receipt, 1).await,
    ]
}

#[tokio::test]
async fn a_receipt_is_refunded_once_it_is_saved_and_by_its_own_store() {
    let (server, seller, mut till) = with_till().await;
    let receipt = till.sell(&[("A", 3)]);
    post(&server, &receipt).await;
    for reply in all_routes(&server, &seller, receipt.body.id).await {
        reply.is_problem(StatusCode::NOT_FOUND, "unknown-receipt");
        assert!(reply.json["detail"].as_str().unwrap().contains("not saved yet"), "{}", reply.text);
    }
    server.save_all().await;
    for reply in all_routes(&server, "comptoir=nobody", receipt.body.id).await {
        reply.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }
    let elsewhere = server.sign_in(2, 1).await;
    for reply in all_routes(&server, &elsewhere, receipt.body.id).await {
        reply.is_problem(StatusCode::FORBIDDEN, "forbidden");
    }
    let manager = server.sign_in(2, 9).await;
    let away = reserve(&server, &manager, receipt.body.id, 1, &[pieces_back(1, 1)]).await;
    away.is_problem(StatusCode::CONFLICT, "not-refundable");
    assert_eq!(left(&server, &manager, receipt.body.id).await, (3000, 750));
}

#[tokio::test]
async fn what_is_no_sound_sale_of_its_store_is_not_refunded() {
    let (server, seller, mut till) = with_till().await;
    let sale = sold(&server, &mut till, 3).await;
    let mut altered = till.sell(&[("A", 1)]);
    altered.body.seller = 2.try_into().unwrap();
    let refund = till.refund(refund_id(7), 600, &sale, &portions(&sale, &[(1, 1)]));
    for receipt in [&altered, &refund] {
        assert_eq!(post(&server, receipt).await.status, StatusCode::ACCEPTED);
    }
    server.save_all().await;
    for id in [altered.body.id, refund.body.id] {
        let [told, reserved, _] = all_routes(&server, &seller, id).await;
        told.is_problem(StatusCode::CONFLICT, "not-refundable");
        reserved.is_problem(StatusCode::CONFLICT, "not-refundable");
    }
}

#[tokio::test]
async fn a_real_receipt_in_a_training_store_is_not_refunded() {
    let (server, seller, _) = with_till().await;
    let real = sold(&server, &mut Till::real(1, 1), 2).await;
    let [told, reserved, _] = all_routes(&server, &seller, real.body.id).await;
    told.is_problem(StatusCode::CONFLICT, "not-refundable");
    reserved.is_problem(StatusCode::CONFLICT, "not-refundable");
}

#[tokio::test]
async fn of_many_tills_that_want_the_last_pieces_at_once_exactly_as_many_get_one() {
    let (server, seller, mut till) = with_till().await;
    let receipt = sold(&server, &mut till, 3).await.body.id;
    let piece = [pieces_back(1, 1)];
    // Each asks twice, as a till does whose answer got lost.
    let asks = (0..40).map(|ask| reserve(&server, &seller, receipt, 1 + ask / 2, &piece));
    let replies = join_all(asks).await;
    let mut got: Vec<Value> = Vec::new();
    for reply in replies {
        if reply.status == StatusCode::OK {
            assert_eq!(reply.json["lines"], json!([{"amount": 250, "line": 1, "quantity": 1000}]));
            got.push(reply.json["refund"].clone());
        } else {
            reply.is_problem(StatusCode::CONFLICT, "more-than-left");
        }
    }
    let mut reserved: Vec<_> = got.iter().map(Value::to_string).collect();
    reserved.sort_unstable();
    let answers = reserved.len();
    reserved.dedup();
    assert_eq!((reserved.len(), answers), (3, 6), "three pieces, and each of their tills is told so twice");
    assert_eq!(left(&server, &seller, receipt).await, (0, 0));
}
