//! What operators are told of a saver: which partitions it has left alone.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The partitions that a saver has left alone, each with the reason.
#[derive(Debug, Default)]
pub struct SaverHealth(Mutex<BTreeMap<u32, String>>);

impl SaverHealth {
    /// A partition is no longer this saver's.
    pub fn forget(&self, partition: u32) {
        self.partitions().remove(&partition);
    }

    /// It has left a partition alone, since only a person can mend what it met there.
    pub fn stall(&self, partition: u32, why: String) {
        self.partitions().insert(partition, why);
    }

    /// The partitions that were left alone, each with the reason.
    pub fn stalled(&self) -> Vec<(u32, String)> {
        self.partitions().clone().into_iter().collect()
    }

    fn partitions(&self) -> MutexGuard<'_, BTreeMap<u32, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
