//! Saving what waits in a log, without a server.

use super::ArchiveError;
use crate::clock::SystemClock;
use crate::log::EventLog;
use crate::metrics::Metrics;
use crate::saver::{Saver, SaverHealth};
use crate::store::Store;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often to look whether everything is saved.
const PAUSE: Duration = Duration::from_millis(100);

/// Saves everything that is in the log, to the last checkpoint. Gives how many records that were.
///
/// # Errors
///
/// [`ArchiveError::Stalled`] where there is something that only a person can mend.
pub async fn drain(log: Arc<dyn EventLog>, store: Arc<dyn Store>) -> Result<u64, ArchiveError> {
    let waiting = log.backlog().await?;
    if waiting == 0 {
        return Ok(0);
    }
    eprintln!("saving {waiting} records that wait in the log");
    let (stop, health) = (CancellationToken::new(), Arc::new(SaverHealth::default()));
    let saver = Saver {
        log: Arc::clone(&log),
        store,
        clock: Arc::new(SystemClock),
        metrics: Arc::new(Metrics::new()),
        health: Arc::clone(&health),
        rate: None,
        stop: stop.clone(),
    };
    let saving = tokio::spawn(saver.run());
    while !saving.is_finished() && health.stalled().is_empty() && log.backlog().await? > 0 {
        tokio::time::sleep(PAUSE).await;
    }
    stop.cancel();
    let ended = saving.await.map_err(|error| ArchiveError::Stalled(error.to_string()))?;
    ended.map_err(|error| ArchiveError::Stalled(error.to_string()))?;
    match health.stalled().into_iter().next() {
        Some((_, why)) => Err(ArchiveError::Stalled(why)),
        None if log.backlog().await? > 0 => Err(ArchiveError::Stalled("the store does not take it".into())),
        None => Ok(waiting),
    }
}
