//! `cargo xtask chaos`: a production system of real processes, bots and a till in a real browser, under kills, freezes and
//! restarts of everything. A seed decides what happens to whom and when; see [`plan`].
//!
//! After each storm everything has to come back, and bots audit what they sold; after the last one everything is held
//! against what everyone has done and seen ([`audit`]). It stops at the first violation. Logs, exports and the picture of
//! what happened are in `target/chaos`.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod actor;
mod audit;
mod chronicle;
mod left;
mod pace;
mod picture;
mod plan;
mod read;
mod sales;
mod shift;
mod stage;
mod stock;
#[path = "../support/mod.rs"]
mod support;
mod till;
mod victim;
mod watcher;
mod world;

use chronicle::{Chronicle, Clock, Record};
use plan::{Plan, Storm};
use std::path::PathBuf;
use std::time::Duration;
use support::process;
use world::{Tally, World};

/// What is asked for, in words: `5 7` for five minutes of seed 7.
const ASKED: &str = "COMPTOIR_CHAOS_RUN";

/// How long a minute of it may take with its calm, and start and audit: far more than they do, lest it hang.
const MINUTE: Duration = Duration::from_mins(6);
const AROUND: Duration = Duration::from_mins(25);

/// What to run.
#[derive(Debug, Clone, Copy)]
struct Run {
    minutes: u32,
    seed: u64,
}

impl Run {
    fn asked() -> Self {
        let asked = std::env::var(ASKED).unwrap_or_else(|_| "1 1".to_owned());
        let (minutes, seed) = asked.split_once(' ').expect("minutes and a seed");
        Self { minutes: minutes.parse().expect("minutes"), seed: seed.parse().expect("a seed") }
    }

    fn storms(self) -> impl Iterator<Item = Storm> {
        Plan::of(self.seed).take(usize::try_from(self.minutes).expect("a number of minutes"))
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask chaos runs it"]
async fn chaos() {
    let (run, chronicle) = (Run::asked(), Chronicle::begin());
    // Made empty by the house, too: the picture goes there in any case.
    let folder = process::logs("chaos");
    let limit = MINUTE * run.minutes + AROUND;
    let all = async {
        let told = tokio::time::timeout(limit, Box::pin(weather(run, &chronicle))).await;
        told.expect("it ends in time")
    };
    let tally = chronicle.watch("the run", all).await.unwrap_or_default();
    let record = chronicle.record();
    let picture = draw(run, &record, tally, folder.join("timeline.svg"));
    println!("{}\nthe picture: {}", summary(run, &record, tally), picture.display());
    assert!(record.violations.is_empty(), "replay: cargo xtask chaos --minutes {} --seed {}", run.minutes, run.seed);
}

/// Storms and calms, until all are over or something is wrong.
async fn weather(run: Run, chronicle: &Chronicle) -> Tally {
    let mut world = World::open(run.seed, chronicle).await;
    let mut left = run.minutes;
    for storm in run.storms() {
        if !chronicle.is_clean() {
            break;
        }
        println!("{} storm: {} more", Clock(chronicle.now()), left);
        world.storm(&storm).await;
        left -= 1;
        if left > 0 && chronicle.is_clean() {
            println!("{} calm", Clock(chronicle.now()));
            world.calm().await;
        }
    }
    Box::pin(world.close()).await
}

fn draw(run: Run, record: &Record, tally: Tally, file: PathBuf) -> PathBuf {
    std::fs::write(&file, picture::draw(&summary(run, record, tally), record)).expect("the picture can be written");
    file
}

/// What came of it, in a line.
fn summary(Run { minutes, seed }: Run, record: &Record, Tally { issued, left, alerts }: Tally) -> String {
    let (deeds, sales) = (record.deeds(), record.sales.len());
    let outcome = match record.violations.len() {
        0 => "no violation".to_owned(),
        1 => "1 violation".to_owned(),
        count => format!("{count} violations"),
    };
    format!(
        "Seed {seed}, {minutes} min: {deeds} kills, freezes and restarts; receipts: {issued} of bots, {left} of \
         killed ones, {sales} of the till; {alerts} alerts; {outcome}"
    )
}
