//! Filling a store: batches of rows, each put in as it was. Putting the same in again changes nothing.

use super::ArchiveError;
use super::entry::Entry;
use super::read_out::Sink;
use crate::log::LogRecord;
use crate::log::embedded::EmbeddedLog;
use crate::store::Store;
use crate::store::archive::KindDocument;
use crate::store::dead_letters::DeadLetter;
use crate::store::projections::Projected;
use async_trait::async_trait;
use shared::event::Recorded;
use shared::position::Position;
use std::sync::Arc;

/// How many rows are put in at once.
const BATCH: usize = 500;

/// A store that is being filled.
pub struct Filling {
    store: Arc<dyn Store>,
    /// Takes the records that are not in the sums yet; they are not taken where it is absent.
    log: Option<EmbeddedLog>,
    /// How many of those there were so far.
    events: u64,
    batch: Batch,
}

#[derive(Default)]
struct Batch {
    rows: usize,
    records: Vec<Recorded>,
    projections: Vec<Projected>,
    letters: Vec<DeadLetter>,
    documents: Vec<KindDocument>,
    events: Vec<LogRecord>,
}

impl Filling {
    /// A store to fill, and its log.
    pub fn new(store: Arc<dyn Store>, log: Option<EmbeddedLog>) -> Self {
        Self { store, log, events: 0, batch: Batch::default() }
    }

    /// Puts in what waits.
    pub async fn flush(&mut self) -> Result<(), ArchiveError> {
        let batch = std::mem::take(&mut self.batch);
        let outcomes = self.store.save(&batch.records).await?;
        if let Some((record, _)) = batch.records.iter().zip(outcomes).find(|(_, outcome)| !outcome.counts()) {
            return Err(ArchiveError::Differs(format!("{} is there from another place", record.event.id())));
        }
        self.store.advance(batch.projections).await?;
        self.store.bury(&batch.letters).await?;
        self.store.put_documents(&batch.documents).await?;
        if let Some(log) = &self.log {
            log.put_back(batch.events).await?;
        }
        Ok(())
    }

    /// The record at its place in a log that begins with it.
    fn next_event(&mut self, record: &LogRecord) -> LogRecord {
        self.events += 1;
        let position = Position { offset: self.events, ..record.position };
        LogRecord { position, partition: 0, ..record.clone() }
    }
}

#[async_trait]
impl Sink for Filling {
    async fn take(&mut self, entry: &Entry) -> Result<(), ArchiveError> {
        match entry {
            Entry::Record(record) => self.batch.records.push(record.clone()),
            Entry::Projection(document) => self.batch.projections.push(document.clone()),
            Entry::Letter(letter) => self.batch.letters.push(letter.clone()),
            Entry::Document(document) => self.batch.documents.push(document.clone()),
            Entry::Event(record) => {
                let record = self.next_event(record);
                self.batch.events.push(record);
            }
        }
        self.batch.rows += 1;
        if self.batch.rows < BATCH { Ok(()) } else { self.flush().await }
    }
}
