//! A saver that drains a log, projections and notices included.

use crate::bare_mongodb;
use crate::committed::{Committed, GROUP};
use crate::figures::{Budget, Figure};
use crate::support::bots::Bots;
use crate::support::house::House;
use crate::support::role::Role;
use rdkafka::admin::{AdminClient, AdminOptions};
use rdkafka::client::DefaultClientContext;
use std::time::{Duration, Instant};

/// How long a run may take at most.
const LIMIT: Duration = Duration::from_mins(4);

/// Between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(20);

struct Drain {
    receipts_per_second: f64,
    cpu_seconds: f64,
    peak_megabytes: f64,
}

/// Fills a log once, and drains it as often as asked, each time into an empty database, with the bare insert of the same
/// documents after each.
pub async fn measure(repeats: u32, receipts: u32) -> Vec<Figure> {
    let mut house = House::open("bench/drained", 1, 1).await;
    fill(&house, receipts).await;
    house.webs.clear();
    for mut saver in std::mem::take(&mut house.savers) {
        assert!(saver.stop().await.success());
    }
    let (mut drains, mut bare) = (Vec::new(), Vec::new());
    for repeat in 1..=repeats {
        let database = format!("drained{repeat}");
        drains.push(drain(&mut house, &database, f64::from(receipts)).await);
        bare.push(bare_mongodb::insert_again(house.mongodb.address(), &database).await);
    }
    let of = |pick: fn(&Drain) -> f64| drains.iter().map(pick).collect::<Vec<_>>();
    let rate =
        "drained by a saver, projections and notices included, receipts/s; bare: insert_many of the same documents";
    let logs = f64::from(receipts) / 50_000.0;
    let cpu = drains.iter().map(|drain| drain.cpu_seconds / logs).collect();
    vec![
        Figure::beside(rate, of(|drain| drain.receipts_per_second), bare, Some(Budget::AtLeast(0.9))),
        Figure::alone("drained, saver: CPU seconds for 50,000 receipts", cpu, Some(Budget::AtMost(0.6))),
        Figure::alone("drained, saver: most memory, MB", of(|drain| drain.peak_megabytes), Some(Budget::AtMost(100.0))),
    ]
}

async fn fill(house: &House, receipts: u32) {
    let count = receipts.to_string();
    let plan = ["--stores", "20", "--registers", "3", "--sellers", "4", "--receipts", &count, "--max"];
    // Their audit would take longer than all that is measured, on a database without indexes.
    let _bots = Bots::start(&house.webs[0].url(), &plan, &house.logs);
    let accepted = async || house.webs[0].figure("comptoir_receipts_accepted_total").await;
    house.webs[0].until("all are in the log", async || accepted().await >= f64::from(receipts)).await;
}

async fn drain(house: &mut House, database: &str, receipts: f64) -> Drain {
    // To Kafka the log was never read.
    let admin: AdminClient<DefaultClientContext> = house.kafka_client();
    let started = Instant::now();
    // Until the broker has missed the last saver.
    while !matches!(
        &admin.delete_groups(&[GROUP], &AdminOptions::new()).await.expect("the broker answers")[..],
        [Ok(_)]
    ) {
        assert!(started.elapsed() < LIMIT, "the group can be deleted");
        tokio::time::sleep(LOOK).await;
    }
    house.keep_in(database);
    let committed = Committed::of(house);
    let mut saver = house.saver();
    let drained = watch(&saver, receipts, &committed).await;
    assert!(saver.stop().await.success());
    drained
}

/// From the first receipts that are saved until the last checkpoint is written and its position committed: by then the batch is
/// told, and what was added up from it is in the store. Where that is due within a second, the saver's own pace is in it.
async fn watch(saver: &Role, receipts: f64, committed: &Committed) -> Drain {
    // What bots have sent twice is drained too.
    let copies = async || saver.figure("comptoir_duplicates_total").await;
    let drained = async || saver.figure("comptoir_receipts_saved_total").await + copies().await;
    let started = Instant::now();
    let (start, first) = loop {
        let count = drained().await;
        if count > 0.0 {
            break (Instant::now(), count);
        }
        look_again(saver, started).await;
    };
    while drained().await < receipts {
        look_again(saver, started).await;
    }
    while !committed.is_all() {
        look_again(saver, started).await;
    }
    let (taken, usage) = (start.elapsed(), saver.process().usage());
    Drain {
        receipts_per_second: (receipts - first) / taken.as_secs_f64(),
        cpu_seconds: usage.cpu_time().as_secs_f64(),
        peak_megabytes: f64::from(usage.peak_memory()),
    }
}

async fn look_again(saver: &Role, started: Instant) {
    assert!(started.elapsed() < LIMIT, "see {}", saver.log());
    tokio::time::sleep(LOOK).await;
}
