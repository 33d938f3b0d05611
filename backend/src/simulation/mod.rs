//! Deterministic simulation: ledger, saver loop, intake, hub and outbox as they are, in a world that one seed decides.
//!
//! The clock, the scheduler, the random source, the log, the store, the network and the browsers' disks are the world's. It
//! runs on one thread in a time of its own, so that the same seed is the same run to the last step. What has to hold is in
//! [`invariants`]; how to run it is in `docs/simulation.md`.

mod call;
mod catches;
mod chance;
mod chaos;
mod command;
mod crew;
mod facts;
mod forger;
mod goods;
mod invariants;
mod log;
mod manager;
mod model;
mod opening;
mod outage;
mod page;
mod plan;
mod process;
mod saver;
mod state;
mod store;
mod story;
mod till;
mod trace;
mod wall;
mod web;
mod world;

use invariants::Violation;

/// What came of a run.
#[derive(Debug, Clone)]
pub struct Report {
    pub seed: u64,
    /// The same wherever the same happened.
    pub fingerprint: u64,
    pub violation: Option<Violation>,
    /// How many receipts were issued.
    pub receipts: usize,
}

/// Runs one seed's world from its beginning to its end; `is_told` prints what happens.
pub fn run(seed: u64, is_told: bool) -> Report {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(story::live(seed, is_told))
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn the_same_seed_is_the_same_run() {
        for seed in 1..=12 {
            let (first, second) = (run(seed, false), run(seed, false));
            assert_eq!(first.fingerprint, second.fingerprint, "seed {seed}");
        }
    }

    #[test]
    fn no_seed_violates_anything() {
        for seed in 1..=40 {
            let report = run(seed, false);
            assert!(report.violation.is_none(), "seed {seed}: {}", report.violation.unwrap());
        }
    }
}
