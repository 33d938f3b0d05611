//! Records in the log that no web tier has written.

use super::support::house::House;
use super::support::page::ManagersPage;
use super::{ACCEPTED, ASK, DUPLICATES, PACE, PARTITIONS, SAVED};
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::{BorrowedHeaders, BorrowedMessage, Header, Headers as _, OwnedHeaders};
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::{Message as _, Offset, TopicPartitionList};
use reqwest::Method;
use serde_json::{Value, json};
use shared::finding::FindingKind;
use shared::picture::Picture;
use std::time::Duration;

/// Writes a record into the log of a store past everything that checks.
async fn smuggle(house: &House, key: Option<&str>, kind: &str, version: &str, payload: &[u8]) {
    let mut config = house.kafka_config();
    config.set("message.max.bytes", "6000000").set("partitioner", "murmur2_random");
    let producer: FutureProducer = config.create().expect("a producer can be made");
    let headers = OwnedHeaders::new().insert(Header { key: "type", value: Some(kind) });
    let headers = headers.insert(Header { key: "version", value: Some(version) });
    let mut record = FutureRecord::to("faults.events").payload(payload).headers(headers);
    record.key = key;
    let sent = producer.send(record, Duration::from_secs(30)).await;
    assert!(sent.is_ok(), "{sent:?}");
}

#[tokio::test]
async fn what_cannot_be_read_is_put_aside_and_what_a_later_version_wrote_stops_its_partition_alone() {
    let house = House::open("faults/rubbish", 1, 1).await;
    let trade = house.trade(&PACE).await;
    house.webs[0].flows(ACCEPTED).await;
    let huge = format!("{{\"padding\":\"{}\"}}", "x".repeat(4_500_000));
    smuggle(&house, Some("1"), "receipt", "1", b"\xff\x00rubbish").await;
    smuggle(&house, Some("1"), "hat", "1", b"{}").await;
    smuggle(&house, Some("1"), "receipt", "1", huge.as_bytes()).await;
    smuggle(&house, Some("nowhere"), "receipt", "1", b"{}").await;
    smuggle(&house, None, "receipt", "1", b"{}").await;
    let saver = &house.savers[0];
    saver.until("five dead letters", async || saver.figure("comptoir_dead_letters_total").await >= 5.0).await;
    saver.flows(SAVED).await;
    house.audit(trade).await;
    assert_eq!(saver.readiness().await.map(|(status, _)| status), Some(200));
    let letters = house.webs[0].get("dead-letters").await;
    assert_eq!(letters["items"].as_array().map(Vec::len), Some(5), "{letters}");
    let page = ManagersPage::open(&house.webs[0]).await;
    saver.until("managers are told of those that name no store", async || page.unplaced() == 2).await;
    publish_mended(&house, &letters).await;

    smuggle(&house, Some("1"), "receipt", "99", b"{}").await;
    saver.until("it says so", async || saver.readiness().await.is_some_and(|(status, _)| status == 503)).await;
    let (_, said) = saver.readiness().await.expect("it says how it is");
    assert!(said["reasons"][0].as_str().is_some_and(|why| why.contains("upgrade this process")), "{said}");
    let is_told = |picture: &Picture| picture.findings().any(|finding| finding.kind == FindingKind::LaterVersion);
    saver.until("managers are told", async || page.shows().values().any(is_told)).await;
    // The other partitions go on.
    let before = saver.figure(SAVED).await;
    let trade = house.trade(&PACE).await;
    saver.until("others are saved", async || saver.figure(SAVED).await > before).await;
    drop(trade);
}

/// Mends one of the letters of store 1, and expects that it counts.
async fn publish_mended(house: &House, letters: &Value) {
    let of_store_1 = letters["items"].as_array().and_then(|items| items.iter().find(|item| item["store"] == 1));
    let id = of_store_1.and_then(|letter| letter["id"].as_str()).expect("a letter of store 1");
    let web = &house.webs[0];
    let before = web.get("stock?store=1").await;
    let level = |stock: &Value| {
        let levels = stock["levels"].as_array().expect("levels");
        levels.iter().find(|level| level["sku"] == "BO-0001").map(|level| level["on_hand"].clone())
    };
    let payload = json!({ "id": "0190a0b0-0000-7000-8000-000000000001", "items": [{ "sku": "BO-0001", "quantity": 5000 }], "at": "2026-11-23T12:00:00Z" });
    let body = json!({ "kind": "delivery", "payload": payload });
    let published = web.ask(Method::POST, &format!("dead-letters/{id}/publish"), Some(body)).await;
    assert_eq!(published.status().as_u16(), 202);
    web.until("the goods are there", async || level(&web.get("stock?store=1").await) != level(&before)).await;
    assert_eq!(web.get("dead-letters").await["items"].as_array().map(Vec::len), Some(4));
}

#[tokio::test]
async fn what_is_in_one_batch_twice_counts_once() {
    let mut house = House::open("faults/copies", 1, 1).await;
    assert!(house.savers[0].stop().await.success());
    let trade = house.trade(&PACE).await;
    let web = &house.webs[0];
    web.until("receipts wait to be saved", async || web.figure(ACCEPTED).await >= 300.0).await;
    // Each partition holds fewer records than a batch, and so the copies come in the batch of their originals.
    let copies = repeat_receipts(&house).await;
    assert!(copies >= 300, "{copies} receipts were in the log");
    house.savers[0].start_again();
    house.savers[0].be_ready().await;
    house.savers[0].flows(SAVED).await;
    house.audit(trade).await;
    let saver = &house.savers[0];
    saver.until("every copy is one", async || saver.figure(DUPLICATES).await >= f64::from(copies)).await;
}

/// How often a reader is asked for a record that is there.
const POLLS: usize = 5;

/// Writes every receipt that is in the log once more, as it is; tells how many there were.
async fn repeat_receipts(house: &House) -> u32 {
    let mut config = house.kafka_config();
    let reader: BaseConsumer = config.set("group.id", "copies").create().expect("a reader can be made");
    let producer: FutureProducer = house.kafka_client();
    let (mut whole, mut left) = (TopicPartitionList::new(), 0);
    for partition in 0..PARTITIONS {
        let (low, high) = reader.fetch_watermarks("faults.events", partition, ASK).expect("the broker answers");
        left += high - low;
        whole.add_partition_offset("faults.events", partition, Offset::Beginning).expect("an offset");
    }
    reader.assign(&whole).expect("the partitions are there");
    let mut copies = 0;
    while left > 0 {
        // A poll also ends without a record for whatever else the client has to tell.
        let message = (0..POLLS).find_map(|_| reader.poll(ASK)).expect("there is more").expect("it can be read");
        left -= 1;
        if is_receipt(&message) {
            let headers = message.headers().map(BorrowedHeaders::detach).unwrap_or_default();
            let payload = message.payload().unwrap_or_default();
            let mut copy = FutureRecord::to("faults.events").payload(payload).headers(headers);
            (copy.key, copy.partition) = (message.key(), Some(message.partition()));
            let sent = producer.send(copy, ASK).await;
            assert!(sent.is_ok(), "{sent:?}");
            copies += 1;
        }
    }
    copies
}

fn is_receipt(message: &BorrowedMessage<'_>) -> bool {
    let headers = message.headers();
    headers.is_some_and(|all| all.iter().any(|header| header.key == "type" && header.value == Some(b"receipt")))
}
