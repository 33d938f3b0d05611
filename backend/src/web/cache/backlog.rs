//! How many records wait to be saved, as of a moment ago: every socket tells it every few seconds.

use crate::log::{EventLog, LogError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long the log is not asked again.
const LIFETIME: Duration = Duration::from_secs(1);

/// Asks the log at most once a second.
pub struct BacklogCache {
    log: Arc<dyn EventLog>,
    held: Mutex<Option<(Instant, u64)>>,
}

impl BacklogCache {
    /// A cache that has asked nothing yet.
    pub fn new(log: Arc<dyn EventLog>) -> Self {
        Self { log, held: Mutex::default() }
    }

    /// How many records are in the log and not saved yet.
    ///
    /// # Errors
    ///
    /// The log's.
    pub async fn get(&self) -> Result<u64, LogError> {
        let mut held = self.held.lock().await;
        if let Some((_, backlog)) = held.filter(|(asked_at, _)| asked_at.elapsed() < LIFETIME) {
            return Ok(backlog);
        }
        let asked_at = Instant::now();
        let backlog = self.log.backlog().await?;
        *held = Some((asked_at, backlog));
        Ok(backlog)
    }
}
