//! Receipts and movements: inserted once, never updated.

use super::StoreError;
use async_trait::async_trait;
use shared::api::Page;
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::event::Recorded;
use shared::ids::ReceiptId;

/// What became of one record that was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveOutcome {
    /// It was not there: it is the first of its id.
    First,
    /// It is there from this very position: the log delivered it again.
    Redelivered,
    /// Its id is there from another position: a copy, which must not count.
    Copy {
        /// Whether its content is the same.
        identical: bool,
    },
}

impl SaveOutcome {
    /// Whether the ledger has to take the record.
    pub const fn counts(self) -> bool {
        matches!(self, Self::First | Self::Redelivered)
    }
}

/// Where records are kept for good.
#[async_trait]
pub trait Receipts {
    /// Saves records of one partition in the order given; resolves once they are durable.
    ///
    /// Earlier records of the same batch count: of two with one id the first is [`SaveOutcome::First`].
    async fn save(&self, records: &[Recorded]) -> Result<Vec<SaveOutcome>, StoreError>;

    /// Finds a receipt by its id.
    async fn receipt(&self, id: ReceiptId) -> Result<Option<StoredReceipt>, StoreError>;

    /// Finds receipts, one page at a time: those of one store in the order of their positions, those of all stores by the
    /// time of acceptance. (Positions of different partitions do not compare. The embedded log is one partition, and its
    /// positions are that order.)
    async fn search(&self, query: &ReceiptQuery) -> Result<Page<StoredReceipt>, StoreError>;
}
