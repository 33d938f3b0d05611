//! What operators are told of a saver: which partitions it works on, and which it has left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The state of each partition that fell to a saver.
#[derive(Debug, Default)]
pub struct SaverHealth(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    working: BTreeSet<u32>,
    stalled: BTreeMap<u32, String>,
}

impl SaverHealth {
    /// The saver works on a partition.
    pub fn begin(&self, partition: u32) {
        let mut state = self.state();
        state.working.insert(partition);
        state.stalled.remove(&partition);
    }

    /// It has given a partition back.
    pub fn end(&self, partition: u32) {
        self.state().working.remove(&partition);
    }

    /// It has left a partition alone, since only a person can mend what it met there.
    pub fn stall(&self, partition: u32, why: String) {
        let mut state = self.state();
        state.working.remove(&partition);
        state.stalled.insert(partition, why);
    }

    /// How many partitions it works on.
    pub fn working(&self) -> usize {
        self.state().working.len()
    }

    /// The partitions that were left alone, each with the reason.
    pub fn stalled(&self) -> Vec<(u32, String)> {
        self.state().stalled.clone().into_iter().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
