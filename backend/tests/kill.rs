//! `kill -9` in mid-flow: what was acknowledged stays, once, and everything adds up after each restart.
//!
//! In each round bots sell at full speed while their server is killed at a random moment and started again on the same
//! data; then they see through what they have issued and audit it. One register sells all along, so that its series and
//! its store's stock live through all kills. Logs are in `target/kill`.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod support;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::path::PathBuf;
use std::time::Duration;
use support::bots::{Bots, alerts_raised, assert_clean, issued};
use support::process;
use support::server::Server;

/// How often the server is killed in mid-flow, each time to be audited.
const KILLS: u64 = 20;
/// Every so many rounds it is killed once more, before it is ready again.
const HALF_STARTS: u64 = 2;
/// Where the random moments come from.
const SEED: u64 = 20;
/// How many receipts of a round the server takes in until it is killed: the seller who sells all along is far below.
const UNTIL_KILLED: std::ops::RangeInclusive<u64> = 400..=4_000;
/// How many it takes in after that, so that its selling goes on is certain.
const AFTERWARDS: u64 = 400;
/// How long everything may take, on a slow machine.
const LIMIT: Duration = Duration::from_mins(15);
/// How long bots may take to see their receipts saved, and to audit them.
const AUDIT: Duration = Duration::from_mins(4);

#[tokio::test]
async fn nothing_is_lost_or_counted_twice_when_the_server_is_killed_in_mid_flow() {
    tokio::time::timeout(LIMIT, kill_in_mid_flow()).await.expect("the test ends in time");
}

async fn kill_in_mid_flow() {
    let data = tempfile::tempdir().expect("a folder for data can be made");
    let mut test = KillTest::start(data.path().to_owned()).await;
    let slowly = ["--stores", "1", "--registers", "1", "--sellers", "1", "--rate", "10", "--for", "30m"];
    let mut all_along = Bots::start(&test.server.url(), &slowly, &process::logs("kill/all-along"));
    let mut alerts = 0;
    for round in 1..=KILLS {
        alerts += test.round(round).await;
        all_along.are_at_work();
    }
    let result = all_along.stop(AUDIT).await;
    assert_clean(&result);
    assert!(alerts > 0, "so much was sold that shelves ran low");
}

/// The server, and where the moments come from at which it is killed.
struct KillTest {
    server: Server,
    logs: PathBuf,
    random: ChaCha8Rng,
}

impl KillTest {
    async fn start(data: PathBuf) -> Self {
        let logs = process::logs("kill");
        Self { server: Server::start(&data, &logs).await, logs, random: ChaCha8Rng::seed_from_u64(SEED) }
    }

    /// Kills the server once while bots of this round sell; gives how many alerts they saw through it.
    async fn round(&mut self, round: u64) -> u64 {
        let seed = round.to_string();
        let plan = ["--stores", "2", "--registers", "3", "--sellers", "2", "--max", "--for", "30m", "--seed", &seed];
        let mut bots = Bots::start(&self.server.url(), &plan, &self.logs);
        self.server.take_in(self.random.random_range(UNTIL_KILLED)).await;
        self.server.kill();
        if round.is_multiple_of(HALF_STARTS) {
            self.server.start_half(self.random.random_range(5..=95)).await;
        }
        self.server.restart().await;
        self.server.take_in(AFTERWARDS).await;
        bots.are_at_work();
        let result = bots.stop(AUDIT).await;
        println!("round {round}: {} receipts, {} alerts", issued(&result), alerts_raised(&result));
        assert_clean(&result);
        alerts_raised(&result)
    }
}
