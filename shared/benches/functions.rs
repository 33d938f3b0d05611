//! What tills, web tiers and verifiers do for every receipt, and the search that follows each key: `cargo xtask bench --only
//! functions`.

#![expect(clippy::expect_used, reason = "a measurement that cannot be made ends the run")]
#![allow(missing_docs, reason = "criterion's macro makes a function of its own")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ed25519_dalek::SigningKey;
use shared::canonical::Canonical;
use shared::chain::Sealed;
use shared::example::{Till, catalogue, export};
use shared::receipt::Receipt;
use shared::search::Index;
use shared::verify::Export;
use std::hint::black_box;

/// As many lines as a receipt of a supermarket has.
const LINES: usize = 8;

/// How many products a till holds at most.
const PRODUCTS: usize = 100_000;

/// How many a search shows.
const SHOWN: usize = 60;

/// How many receipts the export has.
const EXPORTED: usize = 1_000;

fn receipt(c: &mut Criterion) {
    let (mut till, key) = (Till::new(1), SigningKey::from_bytes(&[1; 32]));
    let (public_key, receipt) = (till.series_key().public_key, till.sell(LINES));
    let json = serde_json::to_vec(&receipt).expect("a receipt is JSON");
    let mut group = c.benchmark_group("receipt");
    group.throughput(Throughput::Elements(1));
    group.bench_function("canonical form", |b| b.iter(|| black_box(&receipt.body).canonical_bytes()));
    group.bench_function("hash", |b| b.iter(|| black_box(&receipt.body).digest()));
    group.bench_function("hash and sign", |b| {
        b.iter_batched(|| receipt.body.clone(), |body| Sealed::seal(body, &key), criterion::BatchSize::SmallInput);
    });
    group.bench_function("check a signature", |b| b.iter(|| black_box(&receipt).is_signed_by(&public_key)));
    group.bench_function("write JSON", |b| b.iter(|| serde_json::to_vec(black_box(&receipt))));
    group.bench_function("read JSON", |b| b.iter(|| serde_json::from_slice::<Sealed<Receipt>>(black_box(&json))));
    group.bench_function("issue", |b| b.iter(|| till.sell(LINES)));
    group.finish();
}

fn verification(c: &mut Criterion) {
    let export = export(EXPORTED / 2);
    let mut group = c.benchmark_group("export");
    group.throughput(Throughput::Elements(EXPORTED as u64)).sample_size(20);
    group.bench_function("verify 1,000 receipts", |b| {
        b.iter(|| {
            let mut verified = Export::default();
            export.lines().try_for_each(|line| verified.take(line)).expect("it is an export");
            verified.end().expect("it has an end")
        });
    });
    group.finish();
}

fn search(c: &mut Criterion) {
    let index = Index::new(&catalogue(PRODUCTS));
    let mut group = c.benchmark_group("search 100,000 products");
    for (name, query) in [
        ("a common word", "fromage"),
        ("two words", "yaourt nature"),
        ("a rare word", "chocolat bio 480"),
        ("a SKU", "sku-99999"),
        ("nothing", "trottinette"),
    ] {
        group.bench_function(name, |b| b.iter(|| index.find(black_box(query), SHOWN)));
    }
    group.finish();
}

criterion_group!(benches, receipt, verification, search);
criterion_main!(benches);
