//! `comptoir serve`, which comes back on the same address with the same data.

use super::http;
use super::process::Process;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a server may take to be ready, and receipts to flow: a debug build on a busy machine.
const LIMIT: Duration = Duration::from_mins(1);

/// A server with demo data.
pub struct Server {
    process: Process,
    address: String,
    data: PathBuf,
    log: PathBuf,
    http: reqwest::Client,
    /// How long the last start took until it was ready.
    start_up: Duration,
}

impl Server {
    /// Starts a server on a free port and waits until it is ready.
    pub async fn start(data: &Path, logs: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.expect("a port is free").to_string();
        let (data, log) = (data.to_owned(), logs.join("server.log"));
        let http = http::client(Duration::from_secs(5));
        let process = launch(&address, &data, &log);
        let mut server = Self { process, address, data, log, http, start_up: Duration::ZERO };
        server.be_ready().await;
        server
    }

    /// Where it answers.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts the next one in its place, and kills it before it is ready: after so many hundredths of the time that the
    /// last start took.
    pub async fn start_half(&mut self, hundredths: u32) {
        self.process = launch(&self.address, &self.data, &self.log);
        tokio::time::sleep(self.start_up * hundredths / 100).await;
        self.process.kill();
    }

    /// Starts the next one in its place and waits until it is ready.
    pub async fn restart(&mut self) {
        self.process = launch(&self.address, &self.data, &self.log);
        self.be_ready().await;
    }

    /// Waits until the server takes in receipts at this very moment.
    pub async fn receipts_flow(&mut self) {
        let start = Instant::now();
        let mut before = None;
        loop {
            let accepted = self.accepted().await;
            if accepted > before.replace(accepted).unwrap_or(accepted) {
                return;
            }
            assert!(start.elapsed() < LIMIT, "receipts flow: see {}", self.log.display());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until this process has taken in so many receipts more.
    pub async fn take_in(&self, more: u64) {
        let (start, goal) = (Instant::now(), self.accepted().await + more);
        while self.accepted().await < goal {
            assert!(start.elapsed() < LIMIT, "{more} receipts more: see {}", self.log.display());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// How many receipts this process has taken in; 0 while it cannot say.
    async fn accepted(&self) -> u64 {
        let Ok(reply) = self.http.get(format!("{}/metrics", self.url())).send().await else { return 0 };
        let metrics = reply.text().await.unwrap_or_default();
        let count = metrics.lines().find_map(|line| line.strip_prefix("comptoir_receipts_accepted_total "));
        count.and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    async fn be_ready(&mut self) {
        let start = Instant::now();
        let url = format!("{}/readyz", self.url());
        while !self.http.get(&url).send().await.is_ok_and(|reply| reply.status().is_success()) {
            let ended = self.process.ended();
            assert!(ended.is_none(), "the server ended by itself ({ended:?}): see {}", self.log.display());
            assert!(start.elapsed() < LIMIT, "the server is ready: see {}", self.log.display());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.start_up = start.elapsed();
    }
}

fn launch(address: &str, data: &Path, log: &Path) -> Process {
    let data = data.to_str().expect("the folder has a plain name");
    Process::start(&["serve", "--demo", "--listen", address, "--data", data], log, log)
}
