//! `kill -9` in mid-flow: what was acknowledged stays, once, and everything adds up.
//!
//! Bots sell at full speed while their server is killed at random moments and started again on the same data. Their own
//! audit, against the server's data, is what counts in the end. Logs are in `target/kill`.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod support;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::Duration;
use support::bots::Bots;
use support::process;
use support::server::Server;

/// How often the server is killed.
const KILLS: usize = 20;
/// Where the random moments come from.
const SEED: u64 = 20;
/// How long everything may take, on a slow machine.
const LIMIT: Duration = Duration::from_mins(15);
/// How long bots may take to see their receipts saved, and to audit them.
const AUDIT: Duration = Duration::from_mins(8);

#[tokio::test]
async fn nothing_is_lost_or_counted_twice_when_the_server_is_killed_in_mid_flow() {
    tokio::time::timeout(LIMIT, kill_in_mid_flow()).await.expect("the test ends in time");
}

async fn kill_in_mid_flow() {
    let (logs, data) = (process::logs("kill"), tempfile::tempdir().expect("a folder for data can be made"));
    let mut server = Server::start(data.path(), &logs).await;
    let plan = ["--stores", "3", "--registers", "2", "--sellers", "3", "--max", "--for", "30m", "--seed", "20"];
    let mut bots = Bots::start(&server.url(), &plan, &logs);
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    for _ in 0..KILLS {
        server.receipts_flow().await;
        tokio::time::sleep(Duration::from_millis(random.random_range(200..=1_500))).await;
        server.receipts_flow().await;
        server.kill_and_restart().await;
        bots.are_at_work();
    }
    server.receipts_flow().await;

    let result = bots.stop(AUDIT).await;
    for figure in ["lost", "duplicated", "gaps", "stock_errors", "alerts_missed"] {
        assert_eq!(result[figure], 0, "{figure} in {result}");
    }
    assert_eq!(result["issued"], result["saved"], "{result}");
    assert_eq!(result["issued"], result["accepted"], "{result}");
    assert!(result["alerts_raised"].as_u64() > Some(0), "so much was sold that shelves ran low: {result}");
}
