//! What the server does for every record: `cargo xtask bench --only functions`.

#![expect(clippy::expect_used, reason = "a measurement that cannot be made ends the run")]
#![allow(missing_docs, reason = "criterion's macro makes a function of its own")]

use comptoir::probe::{Ledger, read_posted_receipts, read_price_list};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use shared::event::{Event, Recorded};
use shared::example::{Till, json};
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::position::Position;
use shared::time::Timestamp;
use std::hint::black_box;

// What the program allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// As many lines as a receipt of a supermarket has.
const LINES: usize = 8;

/// As many receipts as a saver takes at once.
const BATCH: u64 = 1_000;

/// As many as a till sends after an outage, in one request.
const POSTED: u64 = 100;

/// Receipts of three registers, as the log gives them: two batches.
fn records() -> Vec<Recorded> {
    let mut tills = [Till::new(1), Till::new(2), Till::new(3)];
    let record = |offset: u64| {
        let till = &mut tills[usize::try_from(offset % 3).expect("a small number")];
        let event = Event::Receipt(Box::new(till.sell(LINES)));
        let position = Position { epoch: 1, offset };
        Recorded { position, store: StoreNo::FIRST, accepted_at: Timestamp::UNIX_EPOCH, flags: Vec::new(), event }
    };
    (1..=2 * BATCH).map(record).collect()
}

fn ledger(c: &mut Criterion) {
    let records = records();
    let warm = Ledger::new(StoreNo::FIRST);
    let (before, batch) = records.split_at(records.len() / 2);
    let warm = written(taken(warm, before));
    let mut group = c.benchmark_group("ledger");
    group.throughput(Throughput::Elements(BATCH)).sample_size(30);
    let start = || warm.clone();
    group.bench_function("take 1,000 receipts", |b| {
        b.iter_batched(start, |ledger| taken(ledger, batch), BatchSize::LargeInput);
    });
    group.bench_function("take them and tell the pages", |b| {
        b.iter_batched(start, |ledger| told(taken(ledger, batch)), BatchSize::LargeInput);
    });
    group.bench_function("take them and write the documents", |b| {
        b.iter_batched(start, |ledger| written(taken(ledger, batch)), BatchSize::LargeInput);
    });
    group.finish();
}

fn taken(mut ledger: Ledger, records: &[Recorded]) -> Ledger {
    records.iter().try_for_each(|record| ledger.take(record)).expect("the ledger takes them");
    ledger
}

fn told(mut ledger: Ledger) -> (Ledger, Notice) {
    let notice = ledger.notice(Timestamp::UNIX_EPOCH);
    (ledger, notice)
}

fn written(mut ledger: Ledger) -> Ledger {
    ledger.checkpoint().expect("the ledger can be written");
    ledger
}

fn reading(c: &mut Criterion) {
    let mut till = Till::new(1);
    let body = json(&(0..POSTED).map(|_| till.sell(LINES)).collect::<Vec<_>>());
    let list = include_bytes!("../demo/products.csv");
    let mut group = c.benchmark_group("reading");
    group.throughput(Throughput::Elements(POSTED));
    group.bench_function("100 receipts of a request", |b| b.iter(|| read_posted_receipts(black_box(body.as_bytes()))));
    group.throughput(Throughput::Bytes(list.len() as u64));
    group.bench_function("a price list of 757 products", |b| b.iter(|| read_price_list(black_box(list))));
    group.finish();
}

criterion_group!(benches, ledger, reading);
criterion_main!(benches);
