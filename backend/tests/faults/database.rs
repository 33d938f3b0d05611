//! A database that dies, stands still, is slow, is full, or is cut off in the middle.

use super::support::house::House;
use super::support::wire::Mood;
use super::{ACCEPTED, PACE, SAVED, moments};
use std::time::Duration;

/// The most memory of a role, in MB: what it may hold of a log that grows while the database does not answer is bounded.
const MOST_MEMORY: u32 = 400;

#[tokio::test]
async fn a_database_that_dies_or_stands_still_loses_nothing() {
    let (mut house, mut moment) = (House::open("faults/database-killed", 1, 2).await, moments(4));
    let trade = house.trade(&PACE).await;
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
    house.audit(trade).await;
}

#[tokio::test]
async fn a_database_that_is_slow_or_full_is_waited_for_within_bounds() {
    let mut house = House::without_roles("faults/database-slow").await;
    let wire = house.wire().await;
    house.employ(1, 2).await;
    let mut trade = house.trade(&["--rate", "400"]).await;
    house.savers[0].flows(SAVED).await;
    wire.set(Mood::Slow(Duration::from_millis(400)));
    tokio::time::sleep(Duration::from_secs(10)).await;
    trade.is_on();

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
    trade.is_on();

    wire.set(Mood::Calm);
    house.savers[0].flows(SAVED).await;
    for role in house.savers.iter().chain(&house.webs) {
        let peak = role.process().usage().peak_memory();
        assert!(peak < MOST_MEMORY, "{peak} MB: see {}", house.logs.display());
    }
    house.audit(trade).await;
}

#[tokio::test]
async fn a_checkpoint_that_is_cut_off_is_made_whole() {
    let mut house = House::without_roles("faults/checkpoint-cut").await;
    let wire = house.wire().await;
    house.employ(1, 1).await;
    let trade = house.trade(&PACE).await;
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
    house.audit(trade).await;
}
