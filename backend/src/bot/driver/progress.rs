//! Where a run stands, for whoever watches it.

use super::tally::Tally;
use crate::bot::report::Latency;
use std::sync::atomic::Ordering::Relaxed;

/// What a run is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Phase {
    /// It opens its stores.
    #[default]
    Opening,
    /// It sells.
    Selling,
    /// It has issued all, and waits for it to be saved.
    Draining,
    /// It holds the server's data against what it issued.
    Auditing,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// Receipts issued.
    pub issued: u64,
    /// Receipts saved.
    pub saved: u64,
    /// Alerts seen.
    pub alerts: u64,
    /// From post to log.
    pub ack: Latency,
    /// From post to saved.
    pub save: Latency,
}

impl Progress {
    /// Reads the counters.
    pub fn of(phase: Phase, tally: &Tally) -> Self {
        Self {
            phase,
            issued: tally.issued.load(Relaxed),
            saved: tally.saved.load(Relaxed),
            alerts: tally.alerts.load(Relaxed),
            ack: tally.ack.summary(),
            save: tally.save.summary(),
        }
    }
}
