//! The ledgers of the stores that a saver has met, loaded when their first record comes.

use super::batch::Batch;
use crate::ledger::StoreLedger;
use crate::ledger::day::days_of;
use crate::ledger::draft::Draft;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use crate::store::receipts::SaveOutcome;
use crate::store::{Store, StoreError};
use shared::event::Recorded;
use shared::finding::Finding;
use shared::ids::StoreNo;
use shared::mutant::Mutant;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The kinds that a ledger needs to go on. Days are loaded one by one.
const NEEDED: [ProjectionKind; 3] = [ProjectionKind::Settings, ProjectionKind::Stock, ProjectionKind::Series];

/// The ledgers in memory.
pub struct Books {
    store: Arc<dyn Store>,
    ledgers: BTreeMap<StoreNo, StoreLedger>,
    touched: BTreeSet<StoreNo>,
}

impl Books {
    /// No ledger is loaded yet.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, ledgers: BTreeMap::new(), touched: BTreeSet::new() }
    }

    /// A store's ledger, if it is loaded.
    pub fn ledger(&self, store: StoreNo) -> Option<&StoreLedger> {
        self.ledgers.get(&store)
    }

    /// Loads what taking this batch needs.
    pub async fn prepare(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let stores = batch.records.iter().map(|record| record.store);
        for store in stores.chain(batch.findings.iter().map(|finding| finding.store)) {
            self.open(store).await?;
        }
        for record in &batch.records {
            self.prepare_days(record).await?;
        }
        Ok(())
    }

    /// Loads a store's ledger, if it is not loaded yet.
    pub async fn open(&mut self, store: StoreNo) -> Result<(), StoreError> {
        if !self.ledgers.contains_key(&store) {
            let ledger = self.load(store).await?;
            self.ledgers.insert(store, ledger);
        }
        Ok(())
    }

    async fn prepare_days(&mut self, record: &Recorded) -> Result<(), StoreError> {
        let Some(ledger) = self.ledgers.get_mut(&record.store) else { return Ok(()) };
        for day in days_of(record) {
            if ledger.has_day(day) {
                continue;
            }
            match self.store.projection(ProjectionKind::Day, record.store, &day.to_string()).await? {
                Some(figures) if !Mutant::DaysNotLoaded.is_on() => ledger.load(&figures)?,
                _ => ledger.open_day(day),
            }
        }
        Ok(())
    }

    async fn load(&self, store: StoreNo) -> Result<StoreLedger, StoreError> {
        let mut ledger = StoreLedger::new(store);
        for kind in NEEDED {
            let filter = ProjectionFilter { store: Some(store), ..ProjectionFilter::default() };
            for document in self.store.list(kind, filter).await? {
                ledger.load(&document)?;
            }
        }
        Ok(ledger)
    }

    /// Takes a batch whose stores were prepared.
    pub fn take(&mut self, batch: &Batch, outcomes: &[SaveOutcome]) {
        for (record, outcome) in batch.records.iter().zip(outcomes) {
            if let Some(ledger) = self.ledgers.get_mut(&record.store) {
                ledger.take(record, *outcome);
                self.touched.insert(record.store);
            }
        }
        for finding in &batch.findings {
            if let Some(ledger) = self.ledgers.get_mut(&finding.store) {
                ledger.note_dead_letter(finding.clone());
                self.touched.insert(finding.store);
            }
        }
    }

    /// Notes of an open store that a record of it waits for an upgrade.
    pub fn note_later_version(&mut self, finding: &Finding) {
        if let Some(ledger) = self.ledgers.get_mut(&finding.store) {
            ledger.note_later_version(finding.clone());
            self.touched.insert(finding.store);
        }
    }

    /// What to tell of each store that changed since the last time.
    pub fn drafts(&mut self) -> Vec<(StoreNo, Draft)> {
        let touched = std::mem::take(&mut self.touched);
        let draft = |store| Some((store, self.ledgers.get_mut(&store)?.take_draft()));
        touched.into_iter().filter_map(draft).collect()
    }

    /// The documents that the store does not have as they are.
    pub fn dirty(&self) -> Result<Vec<Projected>, StoreError> {
        let documents = self.ledgers.values().map(StoreLedger::dirty).collect::<Result<Vec<_>, _>>()?;
        Ok(documents.into_iter().flatten().collect())
    }

    /// The store has everything as it is, or will have it before it is given anything later.
    pub fn mark_clean(&mut self) {
        self.ledgers.values_mut().for_each(StoreLedger::mark_clean);
    }

    /// The store has everything that was marked clean.
    pub fn let_go(&mut self) {
        self.ledgers.values_mut().for_each(StoreLedger::let_go);
        #[cfg(test)]
        self.ledgers.values().for_each(|ledger| super::watched::note(ledger.surplus()));
    }
}
