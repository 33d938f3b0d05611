//! The saver: takes the log's records in order, keeps them for good, adds them up and tells the pages.
//!
//! Per batch: save the records, take them into the ledger, publish one notice per store. Every second or so, and when it
//! stops: write the documents that changed (a checkpoint), and only then commit the position. In that order, so that
//! whatever dies in between is done again and changes nothing twice.
//!
//! Several savers share the log's partitions among them; each works on those that fall to it, one task per partition. Where
//! one of these tasks panics, the saver gives all its partitions back and takes part anew after a rest, as a process does that
//! is started again.

pub mod batch;
mod books;
mod checkpoint;
mod health;
mod pace;
mod refunds;
mod rest;
mod retry;
mod round;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub mod watched;

pub use health::SaverHealth;
pub use round::CHECKPOINT_BEHIND;

use crate::clock::Clock;
use crate::log::{Consumer, EventLog, LogError};
use crate::metrics::Metrics;
use crate::store::{Store, StoreError};
use futures_util::FutureExt;
use pace::SharedPace;
use rest::Rest;
use retry::{Retry, persist};
use round::{Round, Share};
use shared::finding::Finding;
use std::any::Any;
use std::num::NonZeroU32;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How many batches are worked on at once, over all partitions, as long as the store answers: enough that one is decoded
/// and added up while others are inserted, few enough that their memory stays small.
const AT_WORK: usize = 4;

/// Why a saver stopped working on a partition.
#[derive(Debug, thiserror::Error)]
pub enum SaverError {
    /// The log holds records of a later version.
    #[error("record {} of store {}: {}", .0.position, .0.store, .0.detail)]
    FutureVersion(Box<Finding>),
    /// The log or the store holds what this program cannot work with.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Likewise.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SaverError {
    /// Whether trying again may help.
    const fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Log(LogError::Unavailable(_)) | Self::Store(StoreError::Unavailable(_) | StoreError::Full(_))
        )
    }
}

/// What a saver works with.
pub struct Saver {
    /// Where records come from and notices go.
    pub log: Arc<dyn EventLog>,
    /// Where they are kept.
    pub store: Arc<dyn Store>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Counts.
    pub metrics: Arc<Metrics>,
    /// What operators are told of it.
    pub health: Arc<SaverHealth>,
    /// How many records a second it takes at most, over all its partitions.
    pub rate: Option<NonZeroU32>,
    /// Asks it to stop.
    pub stop: CancellationToken,
}

/// How work on a partition, or a saver's part in the sharing of all of them, came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// In order.
    Done,
    /// By a panic.
    Broken,
}

impl Saver {
    /// Saves until it is asked to stop. A partition that holds what only a person can mend is left alone, and the others
    /// go on: [`Self::health`] says which.
    ///
    /// # Errors
    ///
    /// The log does not let it take part, and no waiting mends that.
    pub async fn run(self) -> Result<(), SaverError> {
        let saver = Arc::new(self);
        let share = Share { pace: SharedPace::new(saver.rate), desks: Arc::new(Semaphore::new(AT_WORK)) };
        let mut rest = Rest::default();
        while saver.take_part(&share).await? == End::Broken && rest.is_over(&saver.stop).await {
            saver.health.forget_all();
            saver.count_stalled();
        }
        Ok(())
    }

    /// Takes part until it is asked to stop, or work on one of the partitions breaks off.
    async fn take_part(self: &Arc<Self>, share: &Share) -> Result<End, SaverError> {
        let (leave, mut rounds) = (self.stop.child_token(), JoinSet::new());
        let outcome = self.take_partitions(&leave, share, &mut rounds).await;
        leave.cancel();
        while rounds.join_next().await.is_some() {}
        outcome
    }

    async fn take_partitions(
        self: &Arc<Self>,
        leave: &CancellationToken,
        share: &Share,
        rounds: &mut JoinSet<End>,
    ) -> Result<End, SaverError> {
        let Some(mut partitions) = persist!(&self.stop, self.log.consume(leave)) else { return Ok(End::Done) };
        let mut retry = Retry::default();
        loop {
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return Ok(End::Done),
                Some(ended) = rounds.join_next() => if !matches!(ended, Ok(End::Done)) {
                    return Ok(End::Broken);
                },
                next = partitions.next() => match next {
                    Ok(consumer) => {
                        retry = Retry::default();
                        rounds.spawn(Arc::clone(self).work(consumer, share.clone()));
                    }
                    Err(error) => if !retry.again(error.into(), &self.stop).await? {
                        return Ok(End::Done);
                    },
                },
            }
        }
    }

    /// Works on one partition until it is to end.
    async fn work(self: Arc<Self>, consumer: Box<dyn Consumer>, share: Share) -> End {
        let (partition, gone) = (consumer.partition(), consumer.stop());
        tracing::debug!(partition, from = %consumer.committed(), "saving");
        let outcome = AssertUnwindSafe(Round::new(&self, consumer, share).run()).catch_unwind().await;
        self.metrics.forget_backlog_of(partition);
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(SaverError::Log(LogError::Lost))) => {
                tracing::info!(partition, "another saver has taken the partition over");
            }
            Ok(Err(error)) => {
                tracing::error!(partition, %error, "the saver leaves this partition alone; its receipts are still accepted and wait in the log");
                self.health.stall(partition, error.to_string());
                self.count_stalled();
                gone.cancelled().await;
                self.health.forget(partition);
                self.count_stalled();
            }
            Err(panic) => {
                let why = said(&*panic);
                tracing::error!(
                    partition,
                    why,
                    "saving panicked; every partition of this saver is taken up anew after a rest"
                );
                self.health.stall(partition, format!("saving panicked and is begun anew after a rest: {why}"));
                self.count_stalled();
                return End::Broken;
            }
        }
        End::Done
    }

    fn count_stalled(&self) {
        self.metrics.stalled_partitions.set(self.health.stalled().len().try_into().unwrap_or(i64::MAX));
    }
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it did not say why")
}
