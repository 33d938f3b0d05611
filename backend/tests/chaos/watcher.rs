//! Asks everyone, twice a second, how they are and how many receipts they have seen.

use super::actor::Actor;
use super::chronicle::Chronicle;
use super::support::http;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

/// How often.
const PERIOD: Duration = Duration::from_millis(500);

/// How long one may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);

const ACCEPTED: &str = "comptoir_receipts_accepted_total ";
const SAVED: &str = "comptoir_receipts_saved_total ";

/// What is counted at a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Receipts that a web tier has taken.
    Accepted,
    /// Receipts that a saver has saved.
    Saved,
}

/// Asks for as long as it lives: each by itself, so that whoever stands still holds up no other.
pub struct Watcher {
    asking: JoinSet<()>,
    chronicle: Chronicle,
}

impl Watcher {
    /// Nobody is asked yet.
    pub fn new(chronicle: &Chronicle) -> Self {
        Self { asking: JoinSet::new(), chronicle: chronicle.clone() }
    }

    /// Asks whether anything listens there.
    pub fn watch_address(&mut self, whom: Actor, address: SocketAddr) {
        let chronicle = self.chronicle.clone();
        self.asking.spawn(async move {
            let mut ticks = ticks();
            loop {
                ticks.tick().await;
                let asked = chronicle.now();
                let listens = timeout(PATIENCE, TcpStream::connect(address)).await.is_ok_and(|it| it.is_ok());
                chronicle.observe(whom, listens, asked);
            }
        });
    }

    /// Asks a role whether it is ready, and what it has counted.
    pub fn watch_role(&mut self, whom: Actor, url: String, counted: Counted) {
        let chronicle = self.chronicle.clone();
        self.asking.spawn(async move {
            let (mut ticks, http) = (ticks(), http::client(PATIENCE));
            let (mut heard, mut before, mut last_try) = (chronicle.now(), 0, chronicle.now());
            loop {
                ticks.tick().await;
                let asked = chronicle.now();
                let ready = http.get(format!("{url}/readyz")).send().await;
                chronicle.observe(whom, ready.is_ok_and(|reply| reply.status().is_success()), asked);
                if let Some(sum) = sum(&http, &url, counted).await {
                    // One that was started anew counts from the beginning, and was not there a moment ago.
                    let (more, since) = sum.checked_sub(before).map_or((sum, last_try), |more| (more, heard));
                    match counted {
                        Counted::Accepted => chronicle.accepted(since, more),
                        Counted::Saved => chronicle.saved(since, more),
                    }
                    (heard, before) = (chronicle.now(), sum);
                }
                last_try = chronicle.now();
            }
        });
    }
}

fn ticks() -> Interval {
    let mut ticks = interval(PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// What a role has counted since it was started; `None` while it does not say.
async fn sum(http: &reqwest::Client, url: &str, counted: Counted) -> Option<u64> {
    let metrics = http.get(format!("{url}/metrics")).send().await.ok()?.text().await.ok()?;
    let name = if counted == Counted::Accepted { ACCEPTED } else { SAVED };
    let sum = metrics.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("0");
    sum.parse().ok()
}
