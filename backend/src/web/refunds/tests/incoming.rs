//! Refunds that come in, by what was reserved for them.

use super::{left, let_go, post, reserve, sold, with_till};
use crate::model::refund::{self, RefundDocument};
use crate::model::update::{Change, update};
use crate::store::StoreError;
use crate::testing::faulty::{Away, Plan, Script};
use crate::testing::{Till, pieces_back, portions, refund_id, sku};
use crate::web::testing::{Reply, Server};
use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};
use shared::chain::Sealed;
use shared::finding::FindingKind;
use shared::ids::ReceiptId;
use shared::receipt::Receipt;

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

/// A refund of so many pieces of the first line.
fn back(till: &mut Till, refund: u64, original: &Sealed<Receipt>, pieces: u32) -> Sealed<Receipt> {
    till.refund(refund_id(refund), 600, original, &portions(original, &[(1, pieces)]))
}

#[tokio::test]
async fn a_refund_that_is_reserved_is_taken_and_stays_whatever_the_catalogue_says() {
    let (server, seller, mut till) = with_till().await;
    let original = sold(&server, &mut till, 3).await;
    let id = original.body.id;
    let mut dearer = json!(crate::testing::product("A"));
    dearer["price"] = json!(900);
    assert_eq!(server.put("/api/v1/products/A").operator().json(&dearer).send().await.status, StatusCode::OK);
    reserve(&server, &seller, id, 1, &[pieces_back(1, 2)]).await;
    let refund = back(&mut till, 1, &original, 2);
    for _ in 0..2 {
        assert_eq!(flags(&post(&server, &refund).await), json!([]));
        let_go(&server, &seller, id, 1).await.is_problem(StatusCode::CONFLICT, "refund-issued");
    }
    server.save_all().await;
    let_go(&server, &seller, id, 1).await.is_problem(StatusCode::CONFLICT, "refund-issued");
    assert_eq!(reserve(&server, &seller, id, 1, &[pieces_back(1, 2)]).await.status, StatusCode::OK);
    assert_eq!(left(&server, &seller, id).await, (1000, 250));
    let taken = reserve(&server, &seller, id, 1, &[pieces_back(1, 1)]).await;
    taken.is_problem(StatusCode::CONFLICT, "refund-reserved");
}

#[tokio::test]
async fn saved_refunds_put_the_goods_back_and_take_the_money_off() {
    let (server, seller, mut till) = with_till().await;
    let original = sold(&server, &mut till, 3).await;
    reserve(&server, &seller, original.body.id, 1, &[pieces_back(1, 2)]).await;
    post(&server, &back(&mut till, 1, &original, 2)).await;
    server.save_all().await;
    let stock = server.get("/api/v1/stock?store=1&sku=A").cookie(&seller).send().await;
    assert_eq!(stock.json["levels"][0]["on_hand"], -1000, "{}", stock.text);
    let report = server.get("/api/v1/stores/1/reports/x?day=2026-11-23").cookie(&seller).send().await;
    let register = &report.json["registers"][0];
    assert_eq!((&register["receipts"], &register["takings"]), (&json!(2), &json!(250)), "{}", report.text);
    assert_eq!(register["tenders"], json!([{"amount": 250, "kind": "cash"}]));
    assert_eq!(register["taxes"][0]["gross"], 250);
    let findings = server.app().store.picture(original.body.store).await.unwrap();
    assert_eq!(findings.findings().count(), 0);
}

#[tokio::test]
async fn a_refund_that_nothing_is_reserved_for_is_flagged_and_counts() {
    let (server, seller, mut till) = with_till().await;
    let original = sold(&server, &mut till, 3).await;
    let refund = back(&mut till, 1, &original, 2);
    for _ in 0..2 {
        assert_eq!(flags(&post(&server, &refund).await), json!(["unreserved_refund"]));
    }
    assert_eq!(left(&server, &seller, original.body.id).await, (1000, 250), "it has come back all the same");
    let late = reserve(&server, &seller, original.body.id, 1, &[pieces_back(1, 2)]).await;
    late.is_problem(StatusCode::CONFLICT, "refund-issued");
    server.save_all().await;
    let picture = server.app().store.picture(original.body.store).await.unwrap();
    let kinds: Vec<_> = picture.findings().map(|finding| json!(finding.kind)).collect();
    assert_eq!(kinds, [json!("unreserved_refund")]);
}

#[tokio::test]
async fn a_refund_of_more_than_is_reserved_or_of_other_goods_is_flagged() {
    let (server, seller, mut till) = with_till().await;
    let original = sold(&server, &mut till, 3).await;
    let id = original.body.id;
    reserve(&server, &seller, id, 1, &[pieces_back(1, 1)]).await;
    reserve(&server, &seller, id, 2, &[pieces_back(1, 1)]).await;
    let more = back(&mut till, 1, &original, 2);
    assert_eq!(flags(&post(&server, &more).await), json!(["excess_refund"]));
    let mut other_goods = original.clone();
    other_goods.body.lines[0].sku = sku("B");
    let others = back(&mut till, 2, &other_goods, 1);
    assert_eq!(flags(&post(&server, &others).await), json!(["excess_refund"]));
    assert_eq!(left(&server, &seller, id).await, (0, 0), "by what came back");
}

#[tokio::test]
async fn a_refund_of_what_the_store_does_not_have_is_flagged() {
    let (server, _, mut till) = with_till().await;
    let never_sent = Till::new(1, 2).sell(&[("A", 1)]);
    assert_eq!(flags(&post(&server, &back(&mut till, 1, &never_sent, 1)).await), json!(["unknown_refund"]));
    let mut misnamed = sold(&server, &mut till, 1).await;
    misnamed.body.number = 77.try_into().unwrap();
    assert_eq!(flags(&post(&server, &back(&mut till, 2, &misnamed, 1)).await), json!(["unknown_refund"]));
}

#[tokio::test]
async fn what_was_altered_on_the_way_takes_nothing_off_what_is_left() {
    let (server, seller, mut till) = with_till().await;
    let original = sold(&server, &mut till, 3).await;
    let mut altered = back(&mut till, 1, &original, 1);
    altered.body.id = refund_id(2);
    assert_eq!(flags(&post(&server, &altered).await), json!(["altered_content", "unreserved_refund"]));
    assert_eq!(left(&server, &seller, original.body.id).await, (3000, 750));
}

#[tokio::test]
async fn a_refund_that_comes_while_the_store_is_away_is_flagged_and_noted_once_it_is_saved() {
    is_noted_once_there_is_a_store_again(Away::Refuses).await;
}

/// Or it would keep the sales that are posted with it from the log.
#[tokio::test]
async fn a_refund_that_comes_while_the_store_is_full_is_flagged_and_noted_once_it_is_saved() {
    is_noted_once_there_is_a_store_again(Away::Full).await;
}

async fn is_noted_once_there_is_a_store_again(away: Away) {
    let script = Script::new(Plan::default());
    let server = Server::with_script(&script).await;
    let mut till = server.till(1).await;
    let original = sold(&server, &mut till, 3).await;
    script.take_store_away(Some(away));
    let unchecked = back(&mut till, 1, &original, 1);
    assert_eq!(flags(&post(&server, &unchecked).await), json!(["unchecked_refund"]));
    script.take_store_away(None);
    server.save_all().await;
    let picture = server.app().store.picture(original.body.store).await.unwrap();
    assert_eq!(picture.findings().map(|finding| finding.kind).collect::<Vec<_>>(), [FindingKind::UncheckedRefund]);
    let seller = server.sign_in(1, 1).await;
    assert_eq!(left(&server, &seller, original.body.id).await, (2000, 500), "the saver has noted what came back");
    let late = reserve(&server, &seller, original.body.id, 1, &[pieces_back(1, 1)]).await;
    late.is_problem(StatusCode::CONFLICT, "refund-issued");
}

#[tokio::test]
async fn what_was_reserved_ages_ago_and_not_issued_is_still_reserved() {
    let (server, seller, mut till) = with_till().await;
    let original = sold(&server, &mut till, 3).await;
    let id = original.body.id;
    reserve(&server, &seller, id, 1, &[pieces_back(1, 3)]).await;
    age(&server, id).await;
    assert_eq!(left(&server, &seller, id).await, (0, 0));
    let more = reserve(&server, &seller, id, 2, &[pieces_back(1, 1)]).await;
    more.is_problem(StatusCode::CONFLICT, "more-than-left");
    assert_eq!(flags(&post(&server, &back(&mut till, 1, &original, 3)).await), json!([]), "it was offline for long");
}

/// Lets a month go by for all that is reserved of a receipt.
async fn age(server: &Server, receipt: ReceiptId) {
    let name = refund::id(receipt);
    let aged = update(&*server.app().store, &name, |found: Option<RefundDocument>| {
        let mut document = found.unwrap();
        for reservation in &mut document.reservations {
            reservation.at -= SignedDuration::from_hours(30 * 24);
        }
        Ok::<_, StoreError>(Change::Write(document, ()))
    });
    aged.await.unwrap();
}

#[tokio::test]
async fn a_refund_among_sales_is_flagged_alone() {
    let (server, _, mut till) = with_till().await;
    let original = sold(&server, &mut till, 3).await;
    let batch = [till.sell(&[("A", 1)]), back(&mut till, 1, &original, 1), till.sell(&[("A", 1)])];
    let reply = server.post(super::PATH).json(&json!(batch)).send().await;
    let flagged: Vec<_> =
        reply.json["items"].as_array().unwrap().iter().map(|item| item.get("flags").is_some()).collect();
    assert_eq!((reply.status, flagged), (StatusCode::ACCEPTED, vec![false, true, false]), "{}", reply.text);
}
