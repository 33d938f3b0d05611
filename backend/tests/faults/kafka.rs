//! A Kafka that is not there.

use super::support::house::House;
use super::support::part::free_address;
use super::support::role::Role;
use super::{ACCEPTED, PACE};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_kafka_that_dies_and_comes_back_loses_nothing() {
    let mut house = House::open("faults/kafka-killed", 1, 2).await;
    let trade = house.trade(&PACE).await;
    let receipt = saved_receipt(&house.webs[0]).await;
    for _ in 0..2 {
        house.webs[0].flows(ACCEPTED).await;
        house.kafka.kill();
        let delivery = json!({ "items": [{ "sku": "BO-0001", "quantity": 1000 }] });
        for (path, body) in [("stores/1/deliveries", &delivery), ("receipts", &receipt)] {
            let refused = house.webs[0].ask(Method::POST, path, Some(body.clone())).await;
            assert_eq!(refused.status().as_u16(), 503, "{path}");
            assert!(refused.headers().contains_key("retry-after"), "{path}");
        }
        let (status, said) = house.webs[0].readiness().await.expect("it says how it is");
        assert!(status == 503 && said["reasons"][0].as_str().is_some_and(|why| why.contains("log")), "{said}");
        house.kafka.start_again().await;
        house.webs[0].be_ready().await;
        let web = &house.webs[0];
        let taken = async || web.ask(Method::POST, "receipts", Some(receipt.clone())).await.status().as_u16() == 202;
        web.until("the same receipt is taken", taken).await;
    }
    house.webs[0].flows(ACCEPTED).await;
    house.audit(trade).await;
}

/// A receipt as its register has sent it: sent again it is taken again, and counts once.
async fn saved_receipt(web: &Role) -> Value {
    let page = async || web.get("receipts?limit=1").await;
    web.until("a receipt is saved", async || page().await["items"][0].is_object()).await;
    let mut receipt = page().await["items"][0].take();
    let fields = receipt.as_object_mut().expect("a receipt");
    // Of the store, not of the receipt.
    fields.remove("position");
    fields.remove("accepted_at");
    receipt
}

#[tokio::test]
async fn roles_wait_for_kafka_and_database_and_heal() {
    let mut house = House::without_roles("faults/cold-start").await;
    house.kafka.kill();
    house.mongodb.kill();
    let (web, saver) = (house.web(), house.saver());
    for role in [&web, &saver] {
        role.until("it says what it waits for", async || {
            role.readiness().await.is_some_and(|(status, said)| status == 503 && said["reasons"][0].is_string())
        })
        .await;
    }
    let refused = web.ask(Method::GET, "stores", None).await;
    assert_eq!(refused.status().as_u16(), 503);
    assert!(refused.headers().contains_key("retry-after"));
    house.mongodb.start_again().await;
    house.kafka.start_again().await;
    web.be_ready().await;
    saver.be_ready().await;
    assert_ne!(free_address(), house.kafka.address(), "Kafka is back at its address");
}
