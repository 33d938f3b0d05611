//! The ledger against histories: small ones by hand, long ones drawn at random.

mod chain;
mod closings;
mod days;
mod journal;
mod memory;
mod notices;
mod refunds;
mod replay;
mod stock;
mod totals;

use super::StoreLedger;
use super::changes::read;
use super::day::days_of;
use super::stock::StockPage;
use crate::store::projections::{Projected, ProjectionKind};
use crate::store::receipts::SaveOutcome;
use serde::de::DeserializeOwned;
use shared::event::{Event, Recorded};
use shared::finding::{Finding, FindingKind};
use shared::ids::EventId;
use shared::notice::{Alert, Notice};
use shared::position::Position;
use shared::stock::StockLevel;
use std::collections::BTreeMap;

/// Documents as a store keeps them: each only moves forward.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Documents(BTreeMap<(ProjectionKind, String), Projected>);

impl Documents {
    fn advance(&mut self, documents: Vec<Projected>) {
        for document in documents {
            let key = (document.kind, document.id.clone());
            if self.0.get(&key).is_none_or(|held| held.position < document.position) {
                self.0.insert(key, document);
            }
        }
    }

    fn all<T: DeserializeOwned>(&self, kind: ProjectionKind) -> Vec<T> {
        self.0.values().filter(|document| document.kind == kind).map(|document| read(document).unwrap()).collect()
    }

    fn findings(&self) -> Vec<(u64, FindingKind)> {
        let findings = self.all::<Finding>(ProjectionKind::Finding);
        findings.into_iter().map(|finding| (finding.position.offset, finding.kind)).collect()
    }

    fn alerts(&self) -> Vec<Alert> {
        self.all(ProjectionKind::Alert)
    }

    fn open_alerts(&self) -> Vec<Alert> {
        let pages = self.all::<StockPage>(ProjectionKind::Stock);
        pages.into_iter().flat_map(|page| page.0.into_values()).filter_map(|entry| entry.alert).collect()
    }
}

/// A ledger and the store that it works on, without the saver around them.
#[derive(Clone)]
struct Book {
    ledger: StoreLedger,
    saved: BTreeMap<EventId, (Position, Event)>,
    documents: Documents,
}

impl Book {
    fn new() -> Self {
        let ledger = StoreLedger::new(crate::testing::store(1));
        Self { ledger, saved: BTreeMap::new(), documents: Documents::default() }
    }

    /// Takes events at places 1, 2, 3 …
    fn of(events: impl IntoIterator<Item = Event>) -> Self {
        let mut book = Self::new();
        book.take_all(&crate::testing::in_order(events));
        book
    }

    /// Takes a batch, as a saver does: first everything is loaded, then everything is taken.
    fn take_all(&mut self, records: &[Recorded]) {
        for record in records {
            self.prepare(record);
        }
        for record in records {
            let outcome = self.save(record);
            self.ledger.take(record, outcome);
        }
    }

    fn take(&mut self, record: &Recorded) {
        self.take_all(std::slice::from_ref(record));
    }

    fn prepare(&mut self, record: &Recorded) {
        for day in days_of(record) {
            match self.documents.0.get(&(ProjectionKind::Day, day.to_string())) {
                _ if self.ledger.has_day(day) => {}
                Some(figures) => self.ledger.load(figures).unwrap(),
                None => self.ledger.open_day(day),
            }
        }
    }

    fn save(&mut self, record: &Recorded) -> SaveOutcome {
        let first = (record.position, record.event.clone());
        match self.saved.get(&record.event.id()) {
            None => {
                self.saved.insert(record.event.id(), first);
                SaveOutcome::First
            }
            Some((position, _)) if *position == record.position => SaveOutcome::Redelivered,
            Some((_, event)) => SaveOutcome::Copy { identical: *event == record.event },
        }
    }

    fn notice(&mut self) -> Notice {
        let draft = self.ledger.take_draft();
        draft.notice(&self.ledger, crate::testing::second(0), 0)
    }

    fn checkpoint(&mut self) -> &Documents {
        self.documents.advance(self.ledger.dirty().unwrap());
        self.ledger.mark_clean();
        self.ledger.let_go();
        &self.documents
    }

    fn level(&self, name: &str) -> StockLevel {
        self.ledger.level(&crate::testing::sku(name)).unwrap()
    }

    /// How many thousandths are on hand.
    fn on_hand(&self, name: &str) -> i64 {
        self.level(name).on_hand.thousandths()
    }
}
