//! Everything that is kept, row by row: for carrying it to another store.
//!
//! Receipts, movements and dead letters are put back by the facilities that took them in the first place, and projections
//! by [`super::Projections::advance`]; only documents, whose revisions are part of them, need a way of their own.

use super::StoreError;
use super::documents::RawDocument;
use async_trait::async_trait;
use shared::api::Page;
use shared::event::Recorded;

/// Where a record is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Receipts.
    Receipts,
    /// Everything else that happened.
    Movements,
}

impl Table {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Receipts, Self::Movements];

    /// The name that engines keep it under.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receipts => "receipts",
            Self::Movements => "movements",
        }
    }
}

/// A document with the name of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindDocument {
    /// The kind.
    pub kind: String,
    /// The document.
    pub document: RawDocument,
}

/// Reading out what is kept, and putting documents in as they were. Pages are in an order of the engine's own; a cursor is
/// good for the table that gave it.
#[async_trait]
pub trait Archive {
    /// A page of at most `limit` records behind `after`. Their flags are not kept with them; findings tell of those.
    async fn records(&self, table: Table, after: Option<&str>, limit: usize) -> Result<Page<Recorded>, StoreError>;

    /// A page of at most `limit` documents of all kinds behind `after`, deleted ones included.
    async fn every_document(&self, after: Option<&str>, limit: usize) -> Result<Page<KindDocument>, StoreError>;

    /// Writes documents with the revisions that they have, whatever was there; resolves once they are durable. Revisions
    /// given out later are higher than all of them.
    async fn put_documents(&self, documents: &[KindDocument]) -> Result<(), StoreError>;
}
