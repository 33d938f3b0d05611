//! The store.

use super::{Done, Op, Script};
use crate::store::archive::{KindDocument, Table};
use crate::store::dead_letters::{DeadLetter, LetterFilter, LetterId};
use crate::store::documents::{RawDocument, Revision, Swap};
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use crate::store::receipts::SaveOutcome;
use crate::store::{Archive, DeadLetters, Documents, Journal, Projections, Receipts, Store, StoreError};
use async_trait::async_trait;
use shared::api::Page;
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::event::Recorded;
use shared::ids::{ReceiptId, StoreNo};
use shared::time::Timestamp;
use std::sync::Arc;

/// A store whose operations a script may harm, and that it may take away.
pub struct FaultyStore {
    pub inner: Arc<dyn Store>,
    pub script: Arc<Script>,
}

#[async_trait]
impl Receipts for FaultyStore {
    async fn save(&self, records: &[Recorded]) -> Result<Vec<SaveOutcome>, StoreError> {
        let effect = async {
            let outcomes = self.inner.save(records).await?;
            self.script.note(Done::Saved(records.iter().map(|record| record.position).collect()));
            Ok(outcomes)
        };
        self.script.store_write(Op::Save, effect).await
    }

    async fn receipt(&self, id: ReceiptId) -> Result<Option<StoredReceipt>, StoreError> {
        self.script.reach_store().await?;
        self.inner.receipt(id).await
    }

    async fn search(&self, query: &ReceiptQuery) -> Result<Page<StoredReceipt>, StoreError> {
        self.script.reach_store().await?;
        self.inner.search(query).await
    }
}

#[async_trait]
impl Journal for FaultyStore {
    async fn journal(&self, query: &JournalQuery) -> Result<Page<StoredEntry>, StoreError> {
        self.script.reach_store().await?;
        self.inner.journal(query).await
    }
}

#[async_trait]
impl DeadLetters for FaultyStore {
    async fn bury(&self, letters: &[DeadLetter]) -> Result<(), StoreError> {
        let effect = async {
            self.inner.bury(letters).await?;
            self.script.note(Done::Saved(letters.iter().map(|letter| letter.id.position).collect()));
            Ok(())
        };
        self.script.store_write(Op::Bury, effect).await
    }

    async fn letters(
        &self,
        filter: LetterFilter,
        after: Option<LetterId>,
        limit: usize,
    ) -> Result<Page<DeadLetter>, StoreError> {
        self.script.reach_store().await?;
        self.inner.letters(filter, after, limit).await
    }

    async fn unplaced(&self) -> Result<u64, StoreError> {
        self.script.reach_store().await?;
        self.inner.unplaced().await
    }

    async fn letter(&self, id: LetterId) -> Result<Option<DeadLetter>, StoreError> {
        self.script.reach_store().await?;
        self.inner.letter(id).await
    }

    async fn mark_mended(&self, id: LetterId, at: Timestamp) -> Result<(), StoreError> {
        self.script.reach_store_to_write().await?;
        self.inner.mark_mended(id, at).await
    }
}

#[async_trait]
impl Projections for FaultyStore {
    async fn advance(&self, documents: Vec<Projected>) -> Result<(), StoreError> {
        let effect = async {
            let reached = documents.iter().map(|document| document.position).max().unwrap_or_default();
            self.inner.advance(documents).await?;
            self.script.note(Done::Advanced(reached));
            Ok(())
        };
        self.script.store_write(Op::Advance, effect).await
    }

    async fn list(&self, kind: ProjectionKind, filter: ProjectionFilter) -> Result<Vec<Projected>, StoreError> {
        self.script.store_op(Op::List, self.inner.list(kind, filter)).await
    }

    async fn projection(
        &self,
        kind: ProjectionKind,
        store: StoreNo,
        id: &str,
    ) -> Result<Option<Projected>, StoreError> {
        self.script.store_op(Op::Projection, self.inner.projection(kind, store, id)).await
    }
}

/// A saver touches no documents, so they are only ever away.
#[async_trait]
impl Documents for FaultyStore {
    async fn get(&self, kind: &'static str, id: &str) -> Result<Option<RawDocument>, StoreError> {
        self.script.reach_store().await?;
        self.inner.get(kind, id).await
    }

    async fn swap(
        &self,
        kind: &'static str,
        id: &str,
        expected: Option<Revision>,
        body: Vec<u8>,
    ) -> Result<Swap, StoreError> {
        self.script.reach_store_to_write().await?;
        self.inner.swap(kind, id, expected, body).await
    }

    async fn put_all(&self, kind: &'static str, documents: Vec<(String, Vec<u8>)>) -> Result<Revision, StoreError> {
        self.script.reach_store_to_write().await?;
        self.inner.put_all(kind, documents).await
    }

    async fn delete(&self, kind: &'static str, id: &str) -> Result<(), StoreError> {
        self.script.reach_store().await?;
        self.inner.delete(kind, id).await
    }

    async fn list_documents(&self, kind: &'static str, prefix: &str) -> Result<Vec<RawDocument>, StoreError> {
        self.script.reach_store().await?;
        self.inner.list_documents(kind, prefix).await
    }

    async fn changed_since(&self, kind: &'static str, revision: Revision) -> Result<Vec<RawDocument>, StoreError> {
        self.script.reach_store().await?;
        self.inner.changed_since(kind, revision).await
    }
}

#[async_trait]
impl Archive for FaultyStore {
    async fn records(&self, table: Table, after: Option<&str>, limit: usize) -> Result<Page<Recorded>, StoreError> {
        self.inner.records(table, after, limit).await
    }

    async fn every_document(&self, after: Option<&str>, limit: usize) -> Result<Page<KindDocument>, StoreError> {
        self.inner.every_document(after, limit).await
    }

    async fn put_documents(&self, documents: &[KindDocument]) -> Result<(), StoreError> {
        self.inner.put_documents(documents).await
    }
}
