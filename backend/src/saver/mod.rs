//! The saver: takes the log's records in order, keeps them for good, adds them up and tells the pages.
//!
//! Per batch: save the records, take them into the ledger, publish one notice per store. Every second or so, and when it
//! stops: write the documents that changed (a checkpoint), and only then commit the position. In that order, so that
//! whatever dies in between is done again and changes nothing twice.

mod batch;
mod books;
mod pace;
mod retry;
#[cfg(test)]
mod tests;

use crate::clock::Clock;
use crate::ledger::draft::Draft;
use crate::log::{Consumer, EventLog, LogError, LogRecord};
use crate::metrics::Metrics;
use crate::store::{Store, StoreError};
use batch::Batch;
use books::Books;
use pace::Pace;
use retry::persist;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::position::Position;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How many records a batch holds at most: enough that a batch's fixed costs vanish, few enough that it is saved within
/// a blink.
const BATCH: usize = 1000;

/// How long to wait for the first record of a batch before looking at the other duties.
const WAIT: Duration = Duration::from_millis(250);

/// How often the changed documents are written: what a crash makes the next saver do again, against what each
/// checkpoint costs.
const CHECKPOINT: Duration = Duration::from_secs(1);

/// Why a saver stopped for good.
#[derive(Debug, thiserror::Error)]
pub enum SaverError {
    /// The log holds records of a later version.
    #[error("record {position} of store {store}: {cause}")]
    FutureVersion {
        /// The record.
        position: Position,
        /// Its store.
        store: StoreNo,
        /// What it says.
        cause: String,
    },
    /// The log or the store holds what this program cannot work with.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Likewise.
    #[error(transparent)]
    Store(#[from] StoreError),
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
    /// How many records a second it takes at most.
    pub rate: Option<NonZeroU32>,
    /// Asks it to stop.
    pub stop: CancellationToken,
}

impl Saver {
    /// Saves until it is asked to stop, or until it meets what only a person can mend.
    pub async fn run(self) -> Result<(), SaverError> {
        let Some(consumer) = persist!(&self.stop, self.log.consume()) else { return Ok(()) };
        let books = Books::new(Arc::clone(&self.store));
        let pace = Pace::new(self.rate);
        let position = consumer.committed();
        let mut round = Round { saver: &self, consumer, books, pace, reached: position, checkpoint: Instant::now() };
        while !self.stop.is_cancelled() {
            round.turn().await?;
        }
        round.checkpoint().await
    }
}

/// One saver at work on one partition.
struct Round<'a> {
    saver: &'a Saver,
    consumer: Box<dyn Consumer>,
    books: Books,
    pace: Pace,
    reached: Position,
    checkpoint: Instant,
}

impl Round<'_> {
    async fn turn(&mut self) -> Result<(), SaverError> {
        let allowed = self.pace.allowance(BATCH);
        if allowed == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        } else {
            self.take_batch(allowed).await?;
        }
        if self.checkpoint.elapsed() >= CHECKPOINT {
            self.checkpoint().await?;
        }
        Ok(())
    }

    async fn take_batch(&mut self, allowed: usize) -> Result<(), SaverError> {
        let stop = &self.saver.stop;
        let Some(records) = persist!(stop, self.consumer.poll(allowed, WAIT)) else { return Ok(()) };
        self.pace.spend(records.len());
        let (batch, future) = Batch::read(records);
        self.save(batch).await?;
        let Some(future) = future else { return Ok(()) };
        self.checkpoint().await?;
        Err(future)
    }

    async fn save(&mut self, batch: Batch) -> Result<(), SaverError> {
        let Some(end) = batch.end() else { return Ok(()) };
        let Saver { store, stop, .. } = self.saver;
        let Some(outcomes) = persist!(stop, store.save(&batch.records)) else { return Ok(()) };
        if !batch.letters.is_empty() && persist!(stop, store.bury(&batch.letters)).is_none() {
            return Ok(());
        }
        if persist!(stop, self.books.prepare(&batch)).is_none() {
            return Ok(());
        }
        self.books.take(&batch, &outcomes);
        self.count(&batch, &outcomes);
        if self.tell(end).await?.is_some() {
            self.reached = end;
        }
        Ok(())
    }

    fn count(&self, batch: &Batch, outcomes: &[crate::store::receipts::SaveOutcome]) {
        let metrics = &self.saver.metrics;
        let now = self.saver.clock.now();
        for (record, outcome) in batch.records.iter().zip(outcomes) {
            if !outcome.counts() {
                metrics.duplicates.inc();
            } else if matches!(record.event, shared::event::Event::Receipt(_)) {
                metrics.receipts_saved.inc();
                metrics.saved_after(now.duration_since(record.accepted_at).unsigned_abs());
            }
        }
        metrics.dead_letters.inc_by(batch.letters.len() as u64);
    }

    /// One notice per store that changed, as of `reached`; `None` where a stop left somebody untold.
    async fn tell(&mut self, reached: Position) -> Result<Option<()>, SaverError> {
        let saver = self.saver;
        let Some(end) = persist!(&saver.stop, self.consumer.end()) else { return Ok(None) };
        let backlog = end.saturating_sub(reached.offset);
        saver.metrics.backlog.set(i64::try_from(backlog).unwrap_or(i64::MAX));
        for (store, draft) in self.books.drafts() {
            let notice = self.notice(store, draft, backlog);
            let Some(notice) = notice.map(Arc::new) else { continue };
            self.count_notice(&notice);
            if persist!(&saver.stop, saver.log.publish(Arc::clone(&notice))).is_none() {
                return Ok(None);
            }
        }
        Ok(Some(()))
    }

    fn notice(&self, store: StoreNo, draft: Draft, backlog: u64) -> Option<Notice> {
        Some(draft.notice(self.books.ledger(store)?, self.saver.clock.now(), backlog))
    }

    fn count_notice(&self, notice: &Notice) {
        let metrics = &self.saver.metrics;
        for finding in &notice.findings {
            metrics.found(finding.kind);
        }
        let opened = i64::try_from(notice.raised.len()).unwrap_or(0);
        metrics.open_alerts.inc_by(opened - i64::try_from(notice.cleared.len()).unwrap_or(0));
    }

    /// Writes the documents that changed, then commits. Not asked to stop half-way: a stop waits for it, a kill leaves
    /// what can be done again.
    async fn checkpoint(&mut self) -> Result<(), SaverError> {
        self.checkpoint = Instant::now();
        if self.reached <= self.consumer.committed() {
            return Ok(());
        }
        if persist!(&self.saver.stop, self.write_down()).is_some() {
            self.books.mark_clean();
        }
        Ok(())
    }

    async fn write_down(&mut self) -> Result<(), SaverError> {
        self.saver.store.advance(self.books.dirty()?).await?;
        Ok(self.consumer.commit(self.reached).await?)
    }
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

/// A record that the log gave, for telling which one is meant.
fn named(record: &LogRecord) -> String {
    let request = record.request_id.as_deref().unwrap_or("none");
    format!("{} {} of store {}, request {request}", record.kind, record.position, record.store)
}
