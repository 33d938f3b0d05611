//! What is counted and measured while bots sell.

use crate::bot::report::Latency;
use hdrhistogram::CreationError;
use hdrhistogram::Histogram;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Locks; what a panicking thread left behind is counters and queues, which are whole at every step.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long something took, over and over, to three figures.
#[derive(Debug)]
pub struct Latencies(Mutex<Histogram<u64>>);

impl Latencies {
    /// The longest that is told apart from longer ones: ten minutes, in microseconds.
    const LONGEST: u64 = 600_000_000;

    fn new() -> Result<Self, CreationError> {
        Histogram::new_with_bounds(1, Self::LONGEST, 3).map(|histogram| Self(Mutex::new(histogram)))
    }

    /// Adds one.
    pub fn record(&self, taken: Duration) {
        let micros = u64::try_from(taken.as_micros()).unwrap_or(u64::MAX);
        locked(&self.0).saturating_record(micros);
    }

    /// How many were added.
    pub fn count(&self) -> u64 {
        locked(&self.0).len()
    }

    /// Median and 99th percentile.
    pub fn summary(&self) -> Latency {
        let histogram = locked(&self.0);
        let at =
            |quantile| (!histogram.is_empty()).then(|| Duration::from_micros(histogram.value_at_quantile(quantile)));
        Latency { p50: at(0.5), p99: at(0.99) }
    }
}

/// Counters and latencies of a run.
#[derive(Debug)]
pub struct Tally {
    /// Receipts issued.
    pub issued: AtomicU64,
    /// Receipts that the server has taken into the log, each once.
    pub accepted: AtomicU64,
    /// Receipts that the server says are saved, each once.
    pub saved: AtomicU64,
    /// Alerts seen on the WebSocket, each once.
    pub alerts: AtomicU64,
    /// Records in the log and not saved yet, as the server last said.
    pub backlog: AtomicU64,
    /// From a receipt's first post to the answer that it is in the log.
    pub ack: Latencies,
    /// From a receipt's first post to the notice that it is saved.
    pub save: Latencies,
    /// From the first post of the receipt that caused it to the alert on the WebSocket.
    pub alert: Latencies,
    faults: Mutex<Faults>,
}

#[derive(Debug, Default)]
struct Faults {
    first: Vec<String>,
    more: u64,
}

impl Tally {
    /// How many faults are told in words; the others are only counted.
    const TOLD: usize = 20;

    /// Nothing yet.
    pub fn new() -> Result<Self, CreationError> {
        Ok(Self {
            issued: AtomicU64::new(0),
            accepted: AtomicU64::new(0),
            saved: AtomicU64::new(0),
            alerts: AtomicU64::new(0),
            backlog: AtomicU64::new(0),
            ack: Latencies::new()?,
            save: Latencies::new()?,
            alert: Latencies::new()?,
            faults: Mutex::default(),
        })
    }

    /// Notes that something went wrong that no counter tells.
    pub fn fault(&self, what: String) {
        let mut faults = locked(&self.faults);
        if faults.first.len() < Self::TOLD { faults.first.push(what) } else { faults.more += 1 }
    }

    /// What went wrong, in words.
    pub fn faults(&self) -> Vec<String> {
        let faults = locked(&self.faults);
        let more = (faults.more > 0).then(|| format!("… and {} more", faults.more));
        faults.first.iter().cloned().chain(more).collect()
    }

    /// Figures that change as long as the run gets anywhere.
    pub fn movement(&self) -> [u64; 4] {
        [&self.issued, &self.accepted, &self.saved, &self.backlog].map(|counter| counter.load(Relaxed))
    }
}
