//! Faults of the production engine, with real processes: bots sell all along, and their own audit against the server's
//! data is what counts in the end. Logs are in `target/faults`.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod support;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rdkafka::admin::{AdminClient, AdminOptions, NewPartitions};
use rdkafka::client::DefaultClientContext;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::{ClientConfig, Offset, TopicPartitionList};
use reqwest::Method;
use serde_json::{Value, json};
use shared::finding::FindingKind;
use shared::picture::Picture;
use std::time::Duration;
use support::house::House;
use support::page::ManagersPage;
use support::part::free_address;
use support::role::Role;
use support::wire::Mood;

const SAVED: &str = "comptoir_receipts_saved_total";
const ACCEPTED: &str = "comptoir_receipts_accepted_total";

/// A pace that leaves this machine room for the faults.
const PACE: [&str; 2] = ["--rate", "150"];

/// How many partitions the topics have, where nobody says otherwise.
const PARTITIONS: i32 = 12;

/// The most memory of a role, in MB: what it may hold of a log that grows while the database does not answer is bounded.
const MOST_MEMORY: u32 = 400;

/// Longer than the savers' session with Kafka.
const BEYOND_THE_SESSION: Duration = Duration::from_secs(9);

fn moments(seed: u64) -> impl FnMut(u64, u64) -> Duration {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    move |from, to| Duration::from_millis(random.random_range(from..=to))
}

#[tokio::test]
async fn savers_killed_at_random_lose_nothing() {
    let (mut house, mut moment) = (House::open("faults/savers-killed", 1, 2).await, moments(1));
    let mut bots = house.bots(&PACE);
    for turn in 0..10 {
        house.webs[0].flows(ACCEPTED).await;
        tokio::time::sleep(moment(100, 1500)).await;
        house.savers[turn % 2].kill();
        tokio::time::sleep(moment(0, 1500)).await;
        house.savers[turn % 2].start_again();
        bots.are_at_work();
    }
    // The one that is left takes over what the other had.
    house.savers[0].kill();
    house.savers[1].be_ready().await;
    house.savers[1].flows(SAVED).await;
    house.audit(bots).await;
}

#[tokio::test]
async fn partitions_that_move_and_a_saver_that_stood_still_change_nothing() {
    let (house, mut moment) = (House::open("faults/rebalances", 2, 2).await, moments(2));
    let bots = house.bots(&PACE);
    for _ in 0..5 {
        let mut third = house.saver();
        third.be_ready().await;
        tokio::time::sleep(moment(500, 2500)).await;
        assert!(third.stop().await.success(), "a saver that is asked to stop ends well: {}", third.log());
    }
    for saver in [0, 1] {
        house.webs[0].flows(ACCEPTED).await;
        house.savers[saver].process().freeze();
        tokio::time::sleep(BEYOND_THE_SESSION).await;
        house.savers[saver].process().thaw();
        house.savers[saver].be_ready().await;
    }
    // Which saver has the stores that sell is chance: together they have all of them.
    house.webs[0].flows(ACCEPTED).await;
    house.audit(bots).await;
}

#[tokio::test]
async fn a_kafka_that_dies_and_comes_back_loses_nothing() {
    let mut house = House::open("faults/kafka-killed", 1, 2).await;
    let bots = house.bots(&PACE);
    for _ in 0..2 {
        house.webs[0].flows(ACCEPTED).await;
        house.kafka.kill();
        let delivery = json!({ "items": [{ "sku": "BO-0001", "quantity": 1000 }] });
        let refused = house.webs[0].ask(Method::POST, "stores/1/deliveries", Some(delivery)).await;
        assert_eq!(refused.status().as_u16(), 503);
        assert!(refused.headers().contains_key("retry-after"));
        let (status, said) = house.webs[0].readiness().await.expect("it says how it is");
        assert!(status == 503 && said["reasons"][0].as_str().is_some_and(|why| why.contains("log")), "{said}");
        house.kafka.start_again().await;
        house.webs[0].be_ready().await;
    }
    house.webs[0].flows(ACCEPTED).await;
    house.audit(bots).await;
}

#[tokio::test]
async fn a_database_that_dies_or_stands_still_loses_nothing() {
    let (mut house, mut moment) = (House::open("faults/database-killed", 1, 2).await, moments(4));
    let bots = house.bots(&PACE);
    for _ in 0..3 {
        house.savers[0].flows(SAVED).await;
        house.mongodb.kill();
        tokio::time::sleep(moment(500, 4000)).await;
        house.mongodb.start_again().await;
        house.savers[0].be_ready().await;
    }
    house.savers[0].flows(SAVED).await;
    house.mongodb.freeze();
    tokio::time::sleep(moment(4000, 8000)).await;
    house.mongodb.thaw();
    house.savers[0].be_ready().await;
    house.savers[0].flows(SAVED).await;
    house.audit(bots).await;
}

#[tokio::test]
async fn a_database_that_is_slow_or_full_is_waited_for_within_bounds() {
    let mut house = House::without_roles("faults/database-slow").await;
    let wire = house.wire().await;
    house.employ(1, 2).await;
    let mut bots = house.bots(&["--rate", "400"]);
    house.savers[0].flows(SAVED).await;
    wire.set(Mood::Slow(Duration::from_millis(400)));
    tokio::time::sleep(Duration::from_secs(10)).await;
    bots.are_at_work();

    wire.set(Mood::Full);
    let saved = async || house.savers[0].figure(SAVED).await + house.savers[1].figure(SAVED).await;
    let refused = async |more: usize| {
        let goal = wire.disturbed() + more;
        house.webs[0].until("writes are refused", async || wire.disturbed() >= goal).await;
    };
    refused(10).await;
    // What was on its way is counted in the end.
    let mut before = saved().await;
    assert!(before > 0.0, "the savers say how much they have saved");
    loop {
        refused(5).await;
        let now = saved().await;
        if now <= before {
            break;
        }
        before = now;
    }
    house.webs[0].flows(ACCEPTED).await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert!(wire.disturbed() < 2000, "the savers wait between their attempts: {}", wire.disturbed());
    assert!(saved().await <= before, "nothing is told to be saved that is not");
    bots.are_at_work();

    wire.set(Mood::Calm);
    house.savers[0].flows(SAVED).await;
    for role in house.savers.iter().chain(&house.webs) {
        let peak = role.process().peak_memory();
        assert!(peak < MOST_MEMORY, "{peak} MB: see {}", house.logs.display());
    }
    house.audit(bots).await;
}

#[tokio::test]
async fn a_checkpoint_that_is_cut_off_is_made_whole() {
    let mut house = House::without_roles("faults/checkpoint-cut").await;
    let wire = house.wire().await;
    house.employ(1, 1).await;
    let bots = house.bots(&PACE);
    for _ in 0..3 {
        house.savers[0].flows(SAVED).await;
        wire.set(Mood::Cutting);
        house.webs[0].until("checkpoints are cut off", async || wire.disturbed() >= 3).await;
        house.savers[0].kill();
        wire.set(Mood::Calm);
        house.savers[0].start_again();
        house.savers[0].be_ready().await;
    }
    house.savers[0].flows(SAVED).await;
    house.audit(bots).await;
}

#[tokio::test]
async fn a_page_that_missed_notices_shows_what_the_others_show() {
    let house = House::open("faults/notices-lost", 2, 1).await;
    let bots = house.bots(&PACE);
    house.savers[0].flows(SAVED).await;
    let (page, other) = (ManagersPage::open(&house.webs[1]).await, ManagersPage::open(&house.webs[0]).await);
    house.webs[1].until("it is told of all stores", async || page.shows().len() >= 4).await;
    house.webs[1].process().freeze();
    for _ in 0..5 {
        house.savers[0].flows(SAVED).await;
    }
    forget_notices(&house).await;
    house.webs[1].process().thaw();
    house.webs[1].be_ready().await;
    house.audit(bots).await;
    house.webs[1].until("both show the same", async || page.agrees_with(&other)).await;
    let log = house.webs[1].log();
    assert!(log.contains("pages had missed something"), "it was a lost notice that healed");
}

/// Removes every notice from Kafka.
async fn forget_notices(house: &House) {
    let admin: AdminClient<DefaultClientContext> = house.kafka_client();
    let mut all = TopicPartitionList::new();
    for partition in 0..PARTITIONS {
        all.add_partition_offset("faults.notices", partition, Offset::End).expect("an offset");
    }
    let gone = admin.delete_records(&all, &AdminOptions::new()).await.expect("the broker answers");
    assert!(gone.elements().iter().all(|element| element.error().is_ok()), "{gone:?}");
}

#[tokio::test]
async fn a_web_tier_that_dies_before_it_answers_makes_no_second_sale() {
    let (mut house, mut moment) = (House::open("faults/web-killed", 2, 1).await, moments(5));
    let bots = house.bots(&["--rate", "800"]);
    for _ in 0..8 {
        house.webs[0].flows(ACCEPTED).await;
        tokio::time::sleep(moment(50, 800)).await;
        house.webs[0].kill();
        house.webs[0].start_again();
        house.webs[0].be_ready().await;
    }
    house.webs[0].flows(ACCEPTED).await;
    house.audit(bots).await;
    assert!(house.savers[0].figure("comptoir_duplicates_total").await > 0.0, "some came twice, and counted once");
}

/// Writes a record into the log of a store past everything that checks.
async fn smuggle(house: &House, key: Option<&str>, kind: &str, version: &str, payload: &[u8]) {
    let servers = house.kafka.address().to_string();
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", servers).set("message.max.bytes", "6000000").set("partitioner", "murmur2_random");
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
    let bots = house.bots(&PACE);
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
    house.audit(bots).await;
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
    let bots = house.bots(&PACE);
    saver.until("others are saved", async || saver.figure(SAVED).await > before).await;
    drop(bots);
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
async fn another_log_than_the_store_was_fed_from_is_refused() {
    let house = House::without_roles("faults/another-log").await;
    let mut web = house.web();
    web.be_ready().await;
    assert!(web.stop().await.success());
    let admin: AdminClient<DefaultClientContext> = house.kafka_client();
    let more = admin.create_partitions(&[NewPartitions::new("faults.events", 13)], &AdminOptions::new()).await;
    assert!(matches!(&more.expect("the broker answers")[..], [Ok(_)]));
    web.start_again();
    refused(&mut web, "comptoir backup and comptoir restore").await;

    let gone = admin.delete_topics(&["faults.events"], &AdminOptions::new()).await;
    assert!(matches!(&gone.expect("the broker answers")[..], [Ok(_)]));
    web.start_again();
    refused(&mut web, "made anew").await;

    let mut elsewhere = House::without_roles("faults/another-cluster").await;
    elsewhere.keep_at(&house);
    refused(&mut elsewhere.web(), "correct COMPTOIR_EVENTS").await;
}

/// Expects that a role ends by itself, saying what to do.
async fn refused(role: &mut Role, remedy: &str) {
    assert!(!role.end().await.success());
    assert!(role.log().contains(remedy), "{}", role.log());
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
