//! Faults of the production engine, with real processes: bots sell all along, and their own audit against the server's
//! data is what counts in the end. Logs are in `target/faults`.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod cluster;
mod database;
mod kafka;
mod log;
mod records;
mod savers;
#[path = "../support/mod.rs"]
mod support;
mod web;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::Duration;

const SAVED: &str = "comptoir_receipts_saved_total";
const ACCEPTED: &str = "comptoir_receipts_accepted_total";
const DUPLICATES: &str = "comptoir_duplicates_total";

/// A pace that leaves this machine room for the faults.
const PACE: [&str; 2] = ["--rate", "150"];

/// How many partitions the topics have, where nobody says otherwise.
const PARTITIONS: i32 = 12;

/// How long the broker may take to answer.
const ASK: Duration = Duration::from_secs(30);

/// Random waits of so many milliseconds, the same for the same seed.
fn moments(seed: u64) -> impl FnMut(u64, u64) -> Duration {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    move |from, to| Duration::from_millis(random.random_range(from..=to))
}
