//! What the store holds, with the rules that every engine keeps.

use super::super::call::Cut;
use crate::store::dead_letters::{DeadLetter, LetterId};
use crate::store::documents::{RawDocument, Revision, Swap};
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use crate::store::receipts::SaveOutcome;
use shared::api::receipts::StoredReceipt;
use shared::chain::Sealed;
use shared::event::{Event, Recorded};
use shared::ids::{EventId, ReceiptId, StoreNo};
use shared::receipt::Receipt;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Everything on the disks of a majority.
#[derive(Default)]
pub struct Tables {
    pub records: BTreeMap<(StoreNo, EventId), Recorded>,
    pub projections: BTreeMap<(ProjectionKind, StoreNo, String), Projected>,
    pub letters: BTreeMap<LetterId, DeadLetter>,
    documents: BTreeMap<(&'static str, String), RawDocument>,
    revision: u64,
}

impl Tables {
    /// Inserts the records whose ids are not there; of several with one id only the first is tried. Where that is cut off,
    /// any of them may be the ones that were done, and nobody hears the outcomes.
    pub fn save(&mut self, records: &[Recorded], cut: Cut) -> Vec<SaveOutcome> {
        let mut names = BTreeSet::new();
        let firsts: Vec<_> = records.iter().filter(|record| names.insert(name(record))).collect();
        let mut fresh = BTreeSet::new();
        for record in cut.any_of(firsts.len()).map(|place| firsts[place]) {
            if let Entry::Vacant(place) = self.records.entry(name(record)) {
                place.insert(record.clone());
                fresh.insert(record.position);
            }
        }
        let outcome = |record: &Recorded| match self.records.get(&name(record)) {
            Some(there) if there.position != record.position => {
                SaveOutcome::Copy { identical: there.event == record.event }
            }
            Some(_) if !fresh.contains(&record.position) => SaveOutcome::Redelivered,
            _ => SaveOutcome::First,
        };
        records.iter().map(outcome).collect()
    }

    /// The receipt that is saved under an id, as it is.
    pub fn receipt_of(&self, store: StoreNo, id: ReceiptId) -> Option<&Sealed<Receipt>> {
        match &self.records.get(&(store, id.into()))?.event {
            Event::Receipt(receipt) => Some(receipt),
            _ => None,
        }
    }

    /// Writes a document if it is ahead of what is there.
    pub fn advance(&mut self, document: Projected) {
        let key = (document.kind, document.store, document.id.clone());
        if self.projections.get(&key).is_none_or(|there| there.position < document.position) {
            self.projections.insert(key, document);
        }
    }

    pub fn list(&self, kind: ProjectionKind, filter: &ProjectionFilter) -> Vec<Projected> {
        let is_wanted =
            |document: &&Projected| document.kind == kind && filter.store.is_none_or(|store| document.store == store);
        let mut found: Vec<_> = self.projections.values().filter(is_wanted).cloned().collect();
        if filter.descending {
            found.reverse();
        }
        found.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        found
    }

    pub fn receipt(&self, id: ReceiptId) -> Option<StoredReceipt> {
        self.records.iter().find(|((_, there), _)| *there == id.into()).and_then(|(_, record)| stored(record))
    }

    /// The receipts of a store, the latest first.
    pub fn latest(&self, store: StoreNo, count: usize) -> Vec<StoredReceipt> {
        let of_store = self.records.iter().filter(|((of, _), _)| *of == store);
        let mut found: Vec<_> = of_store.filter_map(|(_, record)| stored(record)).collect();
        found.sort_by_key(|receipt| std::cmp::Reverse(receipt.position));
        found.truncate(count);
        found
    }

    pub fn get(&self, kind: &'static str, id: &str) -> Option<RawDocument> {
        self.documents.get(&(kind, id.to_owned())).cloned()
    }

    pub fn swap(&mut self, kind: &'static str, id: &str, expected: Option<Revision>, body: Vec<u8>) -> Swap {
        let key = (kind, id.to_owned());
        if self.documents.get(&key).map(|there| there.revision) != expected {
            return Swap::Conflict;
        }
        self.revision += 1;
        let revision = Revision(self.revision);
        self.documents.insert(key, RawDocument { id: id.to_owned(), revision, body: Some(body) });
        Swap::Done(revision)
    }

    pub fn documents(&self, kind: &'static str, prefix: &str) -> Vec<RawDocument> {
        let of_kind = self.documents.iter().filter(|((of, id), _)| *of == kind && id.starts_with(prefix));
        of_kind.map(|(_, document)| document.clone()).collect()
    }

    pub fn changed_since(&self, kind: &'static str, revision: Revision) -> Vec<RawDocument> {
        let mut changed = self.documents(kind, "");
        changed.retain(|document| document.revision > revision);
        changed.sort_by_key(|document| document.revision);
        changed
    }
}

fn name(record: &Recorded) -> (StoreNo, EventId) {
    (record.store, record.event.id())
}

fn stored(record: &Recorded) -> Option<StoredReceipt> {
    let Event::Receipt(sealed) = &record.event else { return None };
    Some(StoredReceipt { position: record.position, accepted_at: record.accepted_at, sealed: Sealed::clone(sealed) })
}
