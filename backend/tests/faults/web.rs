//! A web tier that dies, or misses what the savers tell.

use super::support::house::House;
use super::support::page::ManagersPage;
use super::{ACCEPTED, ASK, DUPLICATES, PACE, PARTITIONS, SAVED, moments};
use rdkafka::admin::{AdminClient, AdminOptions};
use rdkafka::client::DefaultClientContext;
use rdkafka::{Offset, TopicPartitionList};
use std::time::Duration;

/// How long container engines wait for whoever they have asked to stop.
const STOP: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_page_that_missed_notices_shows_what_the_others_show() {
    let house = House::open("faults/notices-lost", 2, 1).await;
    let trade = house.trade(&PACE).await;
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
    house.audit(trade).await;
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
async fn a_web_tier_ends_well_also_while_neither_log_nor_store_answers() {
    let mut house = House::open("faults/web-stopped", 2, 1).await;
    let trade = house.trade(&PACE).await;
    let mut pages = Vec::new();
    for _ in 0..4 {
        pages.push(ManagersPage::keep_open(&house.webs[0]).await);
    }
    house.webs[0].flows(ACCEPTED).await;
    house.kafka.freeze();
    house.mongodb.freeze();
    // Everybody has asked for something by then, and waits for it.
    tokio::time::sleep(ASK / 4).await;
    let status = house.webs[0].terminate(STOP).await;
    assert!(status.success(), "{status}: {}", house.webs[0].log());
    house.mongodb.thaw();
    house.kafka.thaw();
    house.webs[0].start_again();
    house.webs[0].be_ready().await;
    house.webs[0].flows(ACCEPTED).await;
    house.audit(trade).await;
}

#[tokio::test]
async fn a_web_tier_that_dies_before_it_answers_makes_no_second_sale() {
    let (mut house, mut moment) = (House::open("faults/web-killed", 2, 1).await, moments(5));
    let trade = house.trade(&["--rate", "800"]).await;
    for _ in 0..8 {
        house.webs[0].flows(ACCEPTED).await;
        tokio::time::sleep(moment(50, 800)).await;
        house.webs[0].kill();
        house.webs[0].start_again();
        house.webs[0].be_ready().await;
    }
    house.webs[0].flows(ACCEPTED).await;
    house.audit(trade).await;
    assert!(house.savers[0].figure(DUPLICATES).await > 0.0, "some came twice, and counted once");
}
