//! What operators are told of a saver: which partitions it has left alone, and whether it goes on at all.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// What a saver does not do any more.
#[derive(Debug, Default)]
pub struct SaverHealth {
    /// The partitions that it has left alone, each with the reason.
    stalled: Mutex<BTreeMap<u32, String>>,
    /// Why it has ended, where it was not asked to.
    ended: watch::Sender<Option<String>>,
}

impl SaverHealth {
    /// A partition is no longer this saver's.
    pub fn forget(&self, partition: u32) {
        self.partitions().remove(&partition);
    }

    /// The partitions are about to be shared out anew.
    pub fn forget_all(&self) {
        self.partitions().clear();
    }

    /// It has left a partition alone, since only a person can mend what it met there.
    pub fn stall(&self, partition: u32, why: String) {
        self.partitions().insert(partition, why);
    }

    /// The partitions that were left alone, each with the reason.
    pub fn stalled(&self) -> Vec<(u32, String)> {
        self.partitions().clone().into_iter().collect()
    }

    /// It cannot go on.
    pub fn end(&self, why: String) {
        self.ended.send_replace(Some(why));
    }

    /// Waits until it cannot go on, and says why; for ever where it can.
    pub async fn ended(&self) -> String {
        let mut ended = self.ended.subscribe();
        let why = ended.wait_for(Option::is_some).await.ok().and_then(|why| why.clone());
        // The sender lives as long as `self`.
        why.unwrap_or_default()
    }

    /// Everything that it does not do any more, in English.
    pub fn troubles(&self) -> Vec<String> {
        let ended = self.ended.borrow().as_ref().map(|why| format!("nothing is saved any more: {why}"));
        let stalled = self.stalled().into_iter();
        let stalled = stalled.map(|(partition, why)| format!("partition {partition} is not saved any more: {why}"));
        ended.into_iter().chain(stalled).collect()
    }

    fn partitions(&self) -> MutexGuard<'_, BTreeMap<u32, String>> {
        self.stalled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
