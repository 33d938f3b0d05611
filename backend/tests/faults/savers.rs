//! Savers that are killed, frozen, and take partitions over from each other.

use super::support::house::House;
use super::support::role::Role;
use super::{ACCEPTED, ASK, PACE, PARTITIONS, SAVED, moments};
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use std::collections::BTreeSet;

#[tokio::test]
async fn savers_killed_at_random_lose_nothing() {
    let (mut house, mut moment) = (House::open("faults/savers-killed", 1, 2).await, moments(1));
    let mut trade = house.trade(&PACE).await;
    for turn in 0..10 {
        house.webs[0].flows(ACCEPTED).await;
        tokio::time::sleep(moment(100, 1500)).await;
        house.savers[turn % 2].kill();
        tokio::time::sleep(moment(0, 1500)).await;
        house.savers[turn % 2].start_again();
        trade.is_on();
    }
    // The one that is left takes over what the other had.
    house.savers[0].kill();
    house.savers[1].be_ready().await;
    house.savers[1].flows(SAVED).await;
    house.audit(trade).await;
}

#[tokio::test]
async fn partitions_that_move_change_nothing() {
    let (house, mut moment) = (House::open("faults/rebalances", 2, 2).await, moments(2));
    let trade = house.trade(&PACE).await;
    for _ in 0..5 {
        let mut third = house.saver();
        third.be_ready().await;
        tokio::time::sleep(moment(500, 2500)).await;
        assert!(third.stop().await.success(), "a saver that is asked to stop ends well: {}", third.log());
    }
    // Which saver has the stores that sell is chance: together they have all of them.
    house.webs[0].flows(ACCEPTED).await;
    house.audit(trade).await;
}

#[tokio::test]
async fn a_saver_that_stood_still_while_another_took_its_place_changes_nothing() {
    let house = House::open("faults/zombie", 1, 2).await;
    let trade = house.trade(&PACE).await;
    for _ in 0..3 {
        let (busy, other, sold_in) = busiest(&house).await;
        busy.process().freeze();
        let took_over = async || other.partitions().await.is_superset(&sold_in);
        other.until("the other one saves what the frozen one would have saved", took_over).await;
        other.flows(SAVED).await;
        busy.process().thaw();
        busy.be_ready().await;
    }
    house.webs[0].flows(ACCEPTED).await;
    house.audit(trade).await;
}

/// The saver that works on more of the partitions that are sold in, the other one, and which of these the first has.
async fn busiest(house: &House) -> (&Role, &Role, BTreeSet<u32>) {
    let [one, two] = &house.savers[..] else { panic!("there are two savers") };
    for _ in 0..100 {
        let lively = lively(house).await;
        let of_one: BTreeSet<_> = one.partitions().await.intersection(&lively).copied().collect();
        let of_two: BTreeSet<_> = two.partitions().await.intersection(&lively).copied().collect();
        // While partitions move, nobody has them.
        if of_one.len() + of_two.len() == lively.len() {
            return if of_one.len() > of_two.len() { (one, two, of_one) } else { (two, one, of_two) };
        }
    }
    panic!("the savers do not share the partitions that are sold in: see {}", house.logs.display());
}

/// The partitions that records come to at present.
async fn lively(house: &House) -> BTreeSet<u32> {
    let before = ends(house);
    for _ in 0..20 {
        house.webs[0].flows(ACCEPTED).await;
    }
    let grown = ends(house).into_iter().zip(before).filter(|((_, end), (_, before))| end > before);
    grown.map(|((partition, _), _)| partition).collect()
}

/// Where the log ends, by partition.
fn ends(house: &House) -> Vec<(u32, i64)> {
    let mut config = house.kafka_config();
    let reader: BaseConsumer = config.set("group.id", "watcher").create().expect("a reader can be made");
    let end = |partition: u32| {
        let number = i32::try_from(partition).expect("a partition's number");
        reader.fetch_watermarks("faults.events", number, ASK).expect("the broker answers").1
    };
    (0..PARTITIONS.unsigned_abs()).map(|partition| (partition, end(partition))).collect()
}
