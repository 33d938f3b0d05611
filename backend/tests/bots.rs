//! `comptoir bot` against `comptoir serve`, both as real processes. Logs are in `target/bots-*`.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod support;

use serde_json::Value;
use shared::api::Page;
use shared::api::receipts::StoredReceipt;
use std::path::PathBuf;
use std::time::Duration;
use support::bots::{Bots, assert_clean};
use support::server::Server;
use support::{http, process};
use tempfile::TempDir;

/// How long a small run may take on a busy machine.
const LIMIT: Duration = Duration::from_mins(3);

/// A server with its data and logs.
struct Site {
    server: Server,
    logs: PathBuf,
    _data: TempDir,
}

impl Site {
    async fn open(name: &str) -> Self {
        let (logs, data) = (process::logs(name), tempfile::tempdir().expect("a folder for data can be made"));
        Self { server: Server::start(data.path(), &logs).await, logs, _data: data }
    }

    fn bots(&self, arguments: &str) -> Bots {
        let arguments: Vec<_> = arguments.split(' ').collect();
        Bots::start(&self.server.url(), &arguments, &self.logs)
    }
}

#[tokio::test]
async fn every_receipt_of_a_run_at_full_speed_is_saved_once() {
    let site = Site::open("bots-max").await;
    let bots = site.bots("--stores 2 --registers 3 --sellers 4 --receipts 3001 --max --seed 7");
    let result = bots.finish(LIMIT).await;
    assert_clean(&result);
    assert_eq!(result["issued"], 3_001);
    assert!(result["alerts_raised"].as_u64() > Some(0), "{result}");
    for latency in ["ack_ms", "saved_ms", "alert_ms"] {
        assert!(result[latency]["p50"].as_f64() <= result[latency]["p99"].as_f64(), "{result}");
        assert!(result[latency]["p50"].as_f64() > Some(0.0), "{result}");
    }
}

#[tokio::test]
async fn deliveries_follow_alerts_and_everything_still_adds_up() {
    let site = Site::open("bots-restock").await;
    let bots = site.bots("--stores 1 --registers 4 --sellers 2 --receipts 4000 --rate 800 --restock --seed 3");
    let result = bots.finish(LIMIT).await;
    assert_clean(&result);
    assert!(result["alerts_raised"].as_u64() > Some(0), "{result}");
}

#[tokio::test]
async fn ctrl_c_ends_a_run_well() {
    let mut site = Site::open("bots-stop").await;
    let bots = site.bots("--stores 1 --registers 2 --sellers 2 --rate 50 --for 1h");
    site.server.receipts_flow().await;
    let result = bots.stop(LIMIT).await;
    assert_clean(&result);
    assert!(result["issued"].as_u64() > Some(0), "{result}");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_receipts() {
    let site = Site::open("bots-seed").await;
    let mut runs = Vec::new();
    for seed in ["5", "5", "6"] {
        let plan = format!("--stores 1 --registers 2 --sellers 3 --receipts 60 --rate 60 --seed {seed}");
        assert_clean(&site.bots(&plan).finish(LIMIT).await);
        runs.push(what_was_sold(&site.server, 4 + runs.len()).await);
    }
    assert_eq!(runs[0].len(), 60);
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

/// All that the seed decides: place, seller, products, payment, and the times, as they follow on the register's first.
async fn what_was_sold(server: &Server, store: usize) -> Vec<Value> {
    let url = format!("{}/api/v1/receipts?store={store}&oldest_first=true&limit=500", server.url());
    let request = http::client(Duration::from_mins(1)).get(url).bearer_auth("demo");
    let reply = request.send().await.expect("the server answers").bytes().await.expect("the answer is whole");
    let page: Page<StoredReceipt> = serde_json::from_slice(&reply).expect("the answer is a page of receipts");
    let mut receipts: Vec<_> = page.items.into_iter().map(|stored| stored.sealed.body).collect();
    receipts.sort_by_key(|receipt| (receipt.register, receipt.number));
    let first: Vec<_> = receipts.iter().filter(|receipt| receipt.number.get() == 1).cloned().collect();
    let sold = receipts.iter().map(|receipt| {
        let start = first.iter().find(|first| first.register == receipt.register).map(|first| first.opened_at);
        let after = |moment: shared::time::Moment| start.map(|start| moment.unix_millis() - start.unix_millis());
        serde_json::json!({
            "register": receipt.register, "number": receipt.number, "seller": receipt.seller, "lines": receipt.lines,
            "tenders": receipt.tenders, "opened": after(receipt.opened_at), "issued": after(receipt.issued_at),
        })
    });
    sold.collect()
}
