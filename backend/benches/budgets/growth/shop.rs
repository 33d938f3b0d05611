//! `comptoir serve` while it is measured.

use crate::support::bots::Bots;
use crate::support::part::free_address;
use crate::support::process;
use crate::support::role::Role;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a server may take for anything that is waited for.
const LIMIT: Duration = Duration::from_mins(20);

/// Between two looks at how far it is: far less than any stretch that is measured.
const LOOK: Duration = Duration::from_millis(10);

/// A server on data of its own.
pub struct Shop {
    /// The server.
    pub server: Role,
    logs: PathBuf,
    _data: TempDir,
}

impl Shop {
    /// One with the demo's catalogue.
    pub async fn with_demo(name: &str) -> Self {
        Self::open(name, &["--demo"]).await
    }

    /// One without any product.
    pub async fn empty(name: &str) -> Self {
        Self::open(name, &[]).await
    }

    async fn open(name: &str, arguments: &[&str]) -> Self {
        let (data, logs) = (tempfile::tempdir().expect("a folder for data can be made"), process::logs(name));
        let folder = data.path().to_str().expect("the folder has a plain name");
        let arguments = [&["serve", "--data", folder], arguments].concat();
        let token = [("COMPTOIR_TOKEN", "demo".to_owned())];
        let server = Role::start(&arguments, free_address(), &token, logs.join("server.log"));
        server.be_ready().await;
        Self { server, logs, _data: data }
    }

    /// Bots that sell here until they are let go of. They do not come to their audit, whose cost is not a receipt's.
    pub fn bots(&self, plan: &[&str]) -> Bots {
        Bots::start(&self.server.url(), plan, &self.logs)
    }

    /// The CPU time in milliseconds that 1,000 receipts take, measured from when `first` are saved until `more` are besides.
    pub async fn cpu_per_thousand(&self, first: u32, more: u32) -> f64 {
        let (start, cpu) = self.when_saved(first).await;
        let (end, cpu_then) = self.when_saved(first + more).await;
        cpu_then.saturating_sub(cpu).as_secs_f64() * 1000.0 / ((end - start) / 1000.0)
    }

    /// How many are saved once at least `count` are, and the CPU time that was used until then.
    async fn when_saved(&self, count: u32) -> (f64, Duration) {
        let start = Instant::now();
        loop {
            let saved = self.server.figure("comptoir_receipts_saved_total").await;
            if saved >= f64::from(count) {
                return (saved, self.server.process().cpu_time());
            }
            assert!(start.elapsed() < LIMIT, "{count} receipts are saved: see {}", self.logs.display());
            tokio::time::sleep(LOOK).await;
        }
    }
}
