//! `comptoir serve` while it is measured.

use crate::costs::per_thousand;
use crate::support::bots::Bots;
use crate::support::part::free_address;
use crate::support::process;
use crate::support::role::Role;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

/// Between two looks at how far it is: far less than any stretch that is measured.
const LOOK: Duration = Duration::from_millis(10);

/// A server on data of its own.
pub struct Shop {
    /// The server.
    pub server: Role,
    logs: PathBuf,
    data: TempDir,
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
        Self { server, logs, data }
    }

    /// Bots that sell here until they have done so and audited it, or until they are let go of, so that they do not come to their
    /// audit, whose cost is not a receipt's.
    pub fn bots(&self, plan: &[&str]) -> Bots {
        Bots::start(&self.server.url(), plan, &self.logs)
    }

    /// Lets go of the server, and gives its data.
    pub fn close(self) -> TempDir {
        self.data
    }

    /// The CPU time in milliseconds that 1,000 receipts take, measured from when `first` are saved until `more` are besides.
    pub async fn cpu_per_thousand(&self, first: u32, more: u32) -> f64 {
        let processes = [self.server.process().usage()];
        let [seconds] = per_thousand((&self.server, LOOK), processes, first.into(), more.into()).await;
        seconds * 1000.0
    }
}
