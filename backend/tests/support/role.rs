//! `comptoir web` or `comptoir saver`, which comes back at the same address.

use super::http;
use super::process::Process;
use serde_json::Value;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

/// How long a role may take until something is so: a debug build on a busy machine, and a Kafka that has just come back.
const LIMIT: Duration = Duration::from_mins(3);

/// A process of one role.
pub struct Role {
    arguments: Vec<String>,
    settings: Vec<(&'static str, String)>,
    address: SocketAddr,
    log: PathBuf,
    http: reqwest::Client,
    process: Option<Process>,
}

impl Role {
    /// Starts one; it need not be ready.
    pub fn start(role: &[&str], address: SocketAddr, settings: &[(&'static str, String)], log: PathBuf) -> Self {
        let listen = address.to_string();
        let arguments = [role, &["--listen", &listen]].concat().into_iter().map(ToOwned::to_owned).collect();
        let http = http::client(Duration::from_secs(30));
        let mut role = Self { arguments, settings: settings.to_vec(), address, log, http, process: None };
        role.start_again();
        role
    }

    /// Where it answers.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Starts it at the same address.
    pub fn start_again(&mut self) {
        let arguments: Vec<_> = self.arguments.iter().map(String::as_str).collect();
        self.process = Some(Process::start_with(&arguments, &self.settings, &self.log, &self.log));
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(&mut self) -> ExitStatus {
        self.process().interrupt();
        self.end().await
    }

    /// The same as a supervisor does it, which has a limit.
    pub async fn terminate(&mut self, limit: Duration) -> ExitStatus {
        self.process().terminate();
        let mut process = self.process.take().expect("it runs");
        process.wait(limit).await
    }

    /// How it ended by itself, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.process.as_mut().and_then(Process::ended)
    }

    /// Waits until it ends by itself.
    pub async fn end(&mut self) -> ExitStatus {
        let mut process = self.process.take().expect("it runs");
        process.wait(LIMIT).await
    }

    /// Whether it was started, and neither killed nor stopped since.
    pub const fn is_employed(&self) -> bool {
        self.process.is_some()
    }

    /// The running process.
    pub fn process(&self) -> &Process {
        self.process.as_ref().expect("it runs")
    }

    /// What it has printed.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// What `/readyz` says, with its status; `None` while nobody answers.
    pub async fn readiness(&self) -> Option<(u16, Value)> {
        let reply = self.http.get(format!("{}/readyz", self.url())).send().await.ok()?;
        Some((reply.status().as_u16(), reply.json().await.ok()?))
    }

    /// Waits until it is ready.
    pub async fn be_ready(&self) {
        self.until("it is ready", async || self.readiness().await.is_some_and(|(status, _)| status == 200)).await;
    }

    /// Waits until more of what a counter counts has come; a counter that is not there stands at 0.
    pub async fn flows(&self, counter: &str) {
        let before = self.figure(counter).await;
        self.until(counter, async || self.figure(counter).await > before).await;
    }

    /// A figure of `/metrics`; 0 while nobody can say.
    pub async fn figure(&self, name: &str) -> f64 {
        let Ok(reply) = self.http.get(format!("{}/metrics", self.url())).send().await else { return 0.0 };
        let metrics = reply.text().await.unwrap_or_default();
        let figure = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        figure.and_then(|figure| figure.parse().ok()).unwrap_or(0.0)
    }

    /// The partitions that a saver works on and has seen records in; none while it cannot say.
    pub async fn partitions(&self) -> BTreeSet<u32> {
        let Ok(reply) = self.http.get(format!("{}/metrics", self.url())).send().await else { return BTreeSet::new() };
        let metrics = reply.text().await.unwrap_or_default();
        let partition =
            |line: &str| line.strip_prefix("comptoir_backlog{partition=\"")?.split('"').next()?.parse().ok();
        metrics.lines().filter_map(partition).collect()
    }

    /// Asks the API as the operator.
    pub async fn ask(&self, method: reqwest::Method, path: &str, body: Option<Value>) -> reqwest::Response {
        let request = self.http.request(method, format!("{}/api/v1/{path}", self.url())).bearer_auth("demo");
        let request = body.into_iter().fold(request, |request, body| request.json(&body));
        request.send().await.expect("the server answers")
    }

    /// What the API gives.
    pub async fn get(&self, path: &str) -> Value {
        self.ask(reqwest::Method::GET, path, None).await.json().await.expect("the answer is JSON")
    }

    /// Waits until something is so.
    pub async fn until(&self, what: &str, holds: impl AsyncFn() -> bool) {
        let start = Instant::now();
        while !holds().await {
            assert!(start.elapsed() < LIMIT, "{what}: see {}", self.log.display());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
