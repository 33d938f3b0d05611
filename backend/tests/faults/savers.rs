//! Savers that are killed, frozen, and take partitions over from each other.

use super::support::house::House;
use super::{ACCEPTED, PACE, SAVED, moments};
use std::time::Duration;

/// Longer than the savers' session with Kafka.
const BEYOND_THE_SESSION: Duration = Duration::from_secs(9);

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
