//! What the world does to the processes, each kind of misfortune at its own pace.

use super::crew::Crew;
use super::log::{append_rubbish, move_away};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// Sets every misfortune of the plan going; they end when the world calms down.
pub fn unleash(crew: &Arc<Crew>) {
    let plan = &crew.world.plan;
    every(crew, plan.crash_gap, |crew| async move { crew.crash().await });
    every(crew, plan.break_gap, |crew| async move { crew.break_a_checkpoint_off().await });
    every(crew, plan.freeze_gap, |crew| async move { crew.freeze().await });
    every(crew, plan.rebalance_gap, |crew| async move { rebalance(&crew) });
    every(crew, plan.outage_gap, |crew| async move { take_store_away(&crew) });
    every(crew, plan.full_gap, |crew| async move { fill_store(&crew) });
    every(crew, plan.crowd_gap, |crew| async move { crowd(&crew).await });
    every(crew, plan.hush_gap, |crew| async move { take_notices_away(&crew).await });
    every(crew, plan.offline_gap, |crew| async move { go_offline(&crew) });
    every(crew, plan.journey_gap, |crew| async move { go_on_a_journey(&crew).await });
    every(crew, plan.night_gap, |crew| async move { sleep_through(&crew) });
    every(crew, plan.rollback_gap, |crew| async move { crew.crash_till(Duration::from_millis(300), true).await });
    every(crew, plan.takeover_gap, |crew| async move { take_over(&crew).await });
    every(crew, plan.rubbish_gap, |crew| async move { throw_rubbish(&crew) });
}

fn every<F>(crew: &Arc<Crew>, gap: u32, deed: impl Fn(Arc<Crew>) -> F + Send + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    if gap == 0 {
        return;
    }
    let crew = Arc::clone(crew);
    tokio::spawn(async move {
        loop {
            sleep(crew.world.chance.millis(gap / 3, gap * 5 / 3)).await;
            if crew.world.is_calm() {
                return;
            }
            crew.world.begin();
            deed(Arc::clone(&crew)).await;
            crew.world.end();
        }
    });
}

fn rebalance(crew: &Crew) {
    let partition = crew.world.chance.between(0, crew.world.plan.partitions - 1);
    crew.world.trace.note("log", format_args!("moves partition {partition}"));
    move_away(&mut crew.world.cluster(), partition as usize);
}

fn take_store_away(crew: &Crew) {
    crew.world.trace.note("store", format_args!("cannot be reached"));
    crew.world.store_outage.begin(crew.world.chance.millis(200, 5_000));
}

fn fill_store(crew: &Crew) {
    crew.world.trace.note("store", format_args!("is full"));
    crew.world.store_full.begin(crew.world.chance.millis(200, 4_000));
}

/// A web tier works on as much as it may at once: whoever posts waits, and is sent away after a while.
async fn crowd(crew: &Crew) {
    let Some(web) = crew.world.some_web() else { return };
    crew.world.trace.note(web.process.name(), format_args!("is crowded"));
    let crowd = web.tier.crowd();
    sleep(crew.world.chance.millis(500, 13_000)).await;
    drop(crowd);
}

/// Nobody can be told anything, and partitions are moved meanwhile: savers have to stop with something untold.
async fn take_notices_away(crew: &Crew) {
    crew.world.trace.note("log", format_args!("takes no notices"));
    crew.world.notices_outage.begin(crew.world.chance.millis(500, 5_000));
    sleep(crew.world.chance.millis(100, 2_000)).await;
    if crew.world.notices_outage.is_on() {
        rebalance(crew);
    }
}

/// Hours pass, and days, in which nobody does anything.
fn sleep_through(crew: &Crew) {
    let hours = crew.world.chance.between(1, 40);
    crew.world.trace.note("world", format_args!("sleeps for {hours} hours"));
    crew.world.wall.skip(hours);
}

fn go_offline(crew: &Crew) {
    let tills = crew.world.tills();
    if let Some(till) = crew.world.chance.pick(&tills) {
        crew.world.trace.note(&till.name, format_args!("is offline"));
        till.go_offline(crew.world.chance.millis(500, 12_000));
    }
}

/// A till sells for days where there is no network: more than one request holds. The days pass for everybody.
async fn go_on_a_journey(crew: &Crew) {
    let (world, tills) = (&crew.world, crew.world.tills());
    let Some(till) = world.chance.pick(&tills) else { return };
    world.trace.note(&till.name, format_args!("is on a journey"));
    for _ in 0..world.chance.between(6, 12) {
        till.go_on_a_journey(Duration::from_secs(1));
        sleep(Duration::from_millis(500)).await;
        if world.is_calm() {
            return;
        }
        world.wall.skip(world.chance.between(1, 8));
    }
}

/// Another browser takes a register over; the one before it notices a while later.
async fn take_over(crew: &Crew) {
    let tills: Vec<_> = crew.world.tills().into_iter().filter(|till| !till.is_retired()).collect();
    let Some(till) = crew.world.chance.pick(&tills) else { return };
    crew.open_till(till.store, till.register, true);
    sleep(crew.world.chance.millis(0, 10_000)).await;
    till.retire();
}

fn throw_rubbish(crew: &Crew) {
    let stores = crew.world.stores();
    if let Some(store) = crew.world.chance.pick(&stores) {
        append_rubbish(&crew.world, *store);
    }
}
