//! The store as one process sees it: a majority of servers behind a network, which may be slow, refuse, do half, or do what
//! they say they did not.

mod tables;

pub use tables::Tables;

use super::call::Cut;
use super::process::Process;
use super::world::World;
use crate::store::archive::{KindDocument, Table};
use crate::store::dead_letters::{DeadLetter, LetterFilter, LetterId};
use crate::store::documents::{RawDocument, Revision, Swap};
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use crate::store::receipts::SaveOutcome;
use crate::store::{Archive, DeadLetters, Documents, Journal, Projections, Receipts, StoreError};
use async_trait::async_trait;
use shared::api::Page;
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::event::Recorded;
use shared::ids::{ReceiptId, StoreNo};
use shared::time::Timestamp;
use std::sync::Arc;

/// One process's connection.
pub struct StoreClient {
    pub world: Arc<World>,
    pub process: Arc<Process>,
}

impl StoreClient {
    /// Asks the servers. The question is on its way whether or not whoever asked lives to hear the answer. `effect` is told
    /// how much of several things it gets to do before it is cut off.
    async fn ask<T: Send + 'static>(
        &self,
        what: String,
        effect: impl FnOnce(&mut Tables, Cut) -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        self.process.gate().await;
        let call = self.world.store_call();
        let (world, name) = (Arc::clone(&self.world), self.process.name().to_owned());
        let carried_out = call.carry(move |cut| {
            world.trace.note(&name, format_args!("store {what} {cut:?}"));
            effect(&mut world.tables(), cut)
        });
        let outcome = carried_out.await;
        self.process.gate().await;
        outcome.ok_or_else(|| StoreError::Unavailable("the network between".to_owned()))
    }

    /// Asks them to write something, for which there may be no room.
    async fn write<T: Send + 'static>(
        &self,
        what: String,
        effect: impl FnOnce(&mut Tables, Cut) -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        if self.world.store_full.is_on() {
            self.process.gate().await;
            tokio::time::sleep(self.world.chance.millis(0, 12)).await;
            self.process.gate().await;
            return Err(StoreError::Full("no room".to_owned()));
        }
        self.ask(what, effect).await
    }
}

#[async_trait]
impl Receipts for StoreClient {
    async fn save(&self, records: &[Recorded]) -> Result<Vec<SaveOutcome>, StoreError> {
        let records = records.to_vec();
        let places: Vec<_> = records.iter().map(|record| record.position.offset).collect();
        self.write(format!("save {places:?}"), move |tables, cut| tables.save(&records, cut)).await
    }

    async fn receipt(&self, id: ReceiptId) -> Result<Option<StoredReceipt>, StoreError> {
        self.ask(format!("receipt {id}"), move |tables, _| tables.receipt(id)).await
    }

    /// Only the latest of one store, which is what a picture asks for.
    async fn search(&self, query: &ReceiptQuery) -> Result<Page<StoredReceipt>, StoreError> {
        let (store, limit) = (query.store.unwrap(), query.limit.unwrap());
        self.ask(format!("search {store}"), move |tables, _| Page {
            items: tables.latest(store, limit.into()),
            next: None,
        })
        .await
    }
}

#[async_trait]
impl Journal for StoreClient {
    async fn journal(&self, _: &JournalQuery) -> Result<Page<StoredEntry>, StoreError> {
        unreachable!("nobody in the simulated world reads the journal")
    }
}

#[async_trait]
impl Projections for StoreClient {
    async fn advance(&self, documents: Vec<Projected>) -> Result<(), StoreError> {
        let what = documents.iter().map(|it| format!("{}@{}", it.kind.as_str(), it.position.offset));
        let what = format!("advance {:?}", what.collect::<Vec<_>>());
        let doomed = Some(Arc::clone(&self.process)).filter(|process| process.is_doomed() && !documents.is_empty());
        let world = Arc::clone(&self.world);
        self.write(what, move |tables, cut| {
            let mut done = cut.of(documents.len());
            if let Some(process) = doomed {
                world.trace.note(process.name(), format_args!("dies of it"));
                process.kill();
                done = Cut::After(world.chance.between(0, 1_000)).of(documents.len() - 1);
            }
            documents.into_iter().take(done).for_each(|document| tables.advance(document));
        })
        .await
    }

    async fn list(&self, kind: ProjectionKind, filter: ProjectionFilter) -> Result<Vec<Projected>, StoreError> {
        self.ask(format!("list {}", kind.as_str()), move |tables, _| tables.list(kind, &filter)).await
    }

    async fn projection(
        &self,
        kind: ProjectionKind,
        store: StoreNo,
        id: &str,
    ) -> Result<Option<Projected>, StoreError> {
        let key = (kind, store, id.to_owned());
        self.ask(format!("projection {}", kind.as_str()), move |tables, _| tables.projections.get(&key).cloned()).await
    }
}

#[async_trait]
impl Documents for StoreClient {
    async fn get(&self, kind: &'static str, id: &str) -> Result<Option<RawDocument>, StoreError> {
        let id = id.to_owned();
        self.ask(format!("get {kind} {id}"), move |tables, _| tables.get(kind, &id)).await
    }

    async fn swap(
        &self,
        kind: &'static str,
        id: &str,
        expected: Option<Revision>,
        body: Vec<u8>,
    ) -> Result<Swap, StoreError> {
        let id = id.to_owned();
        self.write(format!("swap {kind} {id}"), move |tables, _| tables.swap(kind, &id, expected, body)).await
    }

    async fn put_all(&self, _: &'static str, _: Vec<(String, Vec<u8>)>) -> Result<Revision, StoreError> {
        unreachable!("nothing in the simulated world imports")
    }

    async fn delete(&self, _: &'static str, _: &str) -> Result<(), StoreError> {
        unreachable!("nothing in the simulated world deletes")
    }

    async fn list_documents(&self, kind: &'static str, prefix: &str) -> Result<Vec<RawDocument>, StoreError> {
        let prefix = prefix.to_owned();
        self.ask(format!("documents {kind}"), move |tables, _| tables.documents(kind, &prefix)).await
    }

    async fn changed_since(&self, kind: &'static str, revision: Revision) -> Result<Vec<RawDocument>, StoreError> {
        self.ask(format!("changes {kind}"), move |tables, _| tables.changed_since(kind, revision)).await
    }
}

#[async_trait]
impl DeadLetters for StoreClient {
    async fn bury(&self, letters: &[DeadLetter]) -> Result<(), StoreError> {
        let letters = letters.to_vec();
        self.write(format!("bury {}", letters.len()), move |tables, cut| {
            let done = cut.of(letters.len());
            tables.letters.extend(letters.into_iter().take(done).map(|letter| (letter.id, letter)));
        })
        .await
    }

    async fn letters(&self, _: LetterFilter, _: Option<LetterId>, _: usize) -> Result<Page<DeadLetter>, StoreError> {
        unreachable!("nobody in the simulated world reads letters")
    }

    async fn unplaced(&self) -> Result<u64, StoreError> {
        unreachable!("nobody in the simulated world counts letters")
    }

    async fn letter(&self, _: LetterId) -> Result<Option<DeadLetter>, StoreError> {
        unreachable!("nobody in the simulated world reads letters")
    }

    async fn mark_mended(&self, _: LetterId, _: Timestamp) -> Result<(), StoreError> {
        unreachable!("nobody in the simulated world mends letters")
    }
}

#[async_trait]
impl Archive for StoreClient {
    async fn records(&self, _: Table, _: Option<&str>, _: usize) -> Result<Page<Recorded>, StoreError> {
        unreachable!("nobody in the simulated world archives")
    }

    async fn every_document(&self, _: Option<&str>, _: usize) -> Result<Page<KindDocument>, StoreError> {
        unreachable!("nobody in the simulated world archives")
    }

    async fn put_documents(&self, _: &[KindDocument]) -> Result<(), StoreError> {
        unreachable!("nobody in the simulated world archives")
    }
}
