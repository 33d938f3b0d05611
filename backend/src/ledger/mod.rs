//! The ledger of one store: what its records add up to.
//!
//! Pure: the same records lead to the same documents, findings and notices, whoever runs it and however often. Each
//! document skips the records at or below its own position, so a batch can be replayed over documents that are ahead.

pub mod changes;
pub mod day;
pub mod draft;
mod found;
mod movements;
mod receipts;
pub mod runs;
pub mod series;
pub mod settings;
pub mod stock;
#[cfg(test)]
mod tests;
pub mod tracked;

use crate::store::receipts::SaveOutcome;
use day::DayFigures;
use draft::Draft;
use series::Series;
use settings::StoreSettings;
use shared::chain::Sealed;
use shared::event::{Event, Recorded};
use shared::finding::Finding;
use shared::ids::{RegisterNo, SeriesId, SeriesLetter, Sku, StoreNo};
use shared::journal::JournalEntry;
use shared::mutant::Mutant;
use shared::notice::Alert;
use shared::position::Position;
use shared::stock::StockLevel;
use shared::time::Day;
use std::collections::{BTreeMap, BTreeSet};
use stock::{Change, PageNo, StockPage};
use tracked::Tracked;

/// The state of one store, in memory between checkpoints.
#[derive(Debug, Clone)]
pub struct StoreLedger {
    store: StoreNo,
    settings: Tracked<StoreSettings>,
    stock: BTreeMap<PageNo, Tracked<StockPage>>,
    series: BTreeMap<(RegisterNo, SeriesLetter), Tracked<Series>>,
    days: BTreeMap<Day, Tracked<DayFigures>>,
    alerts: BTreeMap<String, Tracked<Alert>>,
    findings: Vec<Finding>,
    draft: Draft,
}

impl StoreLedger {
    /// A store without history.
    pub fn new(store: StoreNo) -> Self {
        Self {
            store,
            settings: Tracked::new(StoreSettings::default()),
            stock: BTreeMap::new(),
            series: BTreeMap::new(),
            days: BTreeMap::new(),
            alerts: BTreeMap::new(),
            findings: Vec::new(),
            draft: Draft::default(),
        }
    }

    /// The store.
    pub const fn store(&self) -> StoreNo {
        self.store
    }

    /// The level of a product, if the store has had it.
    pub fn level(&self, sku: &Sku) -> Option<StockLevel> {
        Some(self.stock.get(&PageNo::of(sku))?.get().0.get(sku)?.level)
    }

    /// A series.
    pub fn series(&self, key: &(RegisterNo, SeriesLetter)) -> Option<&Series> {
        self.series.get(key).map(Tracked::get)
    }

    /// A day that is in memory.
    pub fn day(&self, day: Day) -> Option<&DayFigures> {
        self.days.get(&day).map(Tracked::get)
    }

    /// Whether the figures of a day are in memory.
    pub fn has_day(&self, day: Day) -> bool {
        self.days.contains_key(&day)
    }

    /// Starts the figures of a day that the store has none of.
    pub fn open_day(&mut self, day: Day) {
        self.days.insert(day, Tracked::new(DayFigures::new(day)));
    }

    /// Takes a record that was saved with this outcome.
    pub fn take(&mut self, record: &Recorded, outcome: SaveOutcome) {
        self.draft.position = self.draft.position.max(record.position);
        match (&record.event, mutated(outcome)) {
            (Event::Receipt(receipt), SaveOutcome::Copy { identical }) => self.take_copy(record, receipt, identical),
            (_, SaveOutcome::Copy { identical }) => self.flag_copy(record, identical),
            (Event::Receipt(receipt), _) => self.take_receipt(record, receipt),
            (Event::Delivery(movement) | Event::TransferIn(movement), _) => {
                self.move_stock(record, movement, Change::Deliver);
            }
            (Event::TransferOut(movement), _) => self.move_stock(record, movement, Change::Take),
            (Event::StockCount(movement), _) => self.move_stock(record, movement, Change::Count(movement.at)),
            (Event::Enrolment(enrolment), _) => {
                self.with_series(&enrolment.series, record, |series| series.enrol(enrolment));
            }
            (Event::Settings(change), _) => self.take_settings(record, change),
            (Event::Journal(entry), _) => self.take_entry(record, entry),
        }
        self.reflects(record.position);
    }

    /// A record of this store could not be read; its bytes are kept apart.
    pub fn note_dead_letter(&mut self, finding: Finding) {
        let position = finding.position;
        self.draft.position = self.draft.position.max(position);
        self.keep_finding(finding);
        self.reflects(position);
    }

    /// A record of this store waits for an upgrade. That is told; everything else stays as it is.
    pub fn note_later_version(&mut self, finding: Finding) {
        self.draft.position = self.draft.position.max(self.settings.position());
        self.keep_finding(finding);
    }

    /// Everything here is as of this record. The settings say so for the whole store: every checkpoint writes them, after
    /// all other documents.
    fn reflects(&mut self, position: Position) {
        self.settings.advance(position, |_| ());
    }

    /// What to tell the pages since the last time.
    pub fn take_draft(&mut self) -> Draft {
        std::mem::take(&mut self.draft)
    }

    /// Nothing follows from an entry but what it tells, where its journal ends, and what a closing says of receipts.
    fn take_entry(&mut self, record: &Recorded, entry: &Sealed<JournalEntry>) {
        for flag in record.flags.iter().copied().chain(entry.own_findings()).collect::<BTreeSet<_>>() {
            self.find(record, flag, describe_entry(entry));
        }
        let chain = self.with_series(&entry.body.series_id(), record, |s| s.take_entry(entry, record.accepted_at));
        let wrong = chain.unwrap_or_default();
        for kind in wrong.place.into_iter().chain(wrong.period) {
            self.find(record, kind, describe_entry(entry));
        }
    }

    fn with_series<R>(&mut self, id: &SeriesId, record: &Recorded, change: impl FnOnce(&mut Series) -> R) -> Option<R> {
        let key = (id.register, id.letter.clone());
        let fresh = || Tracked::new(Series::new(id.register, id.letter.clone()));
        let outcome = self.series.entry(key.clone()).or_insert_with(fresh).advance(record.position, change);
        self.draft.series.insert(key);
        outcome
    }
}

/// The outcome as it is, unless a deliberate bug mistakes it.
fn mutated(outcome: SaveOutcome) -> SaveOutcome {
    match outcome {
        SaveOutcome::Copy { identical: true } if Mutant::CopyCounts.is_on() => SaveOutcome::First,
        SaveOutcome::Redelivered if Mutant::RedeliveryIsACopy.is_on() => SaveOutcome::Copy { identical: true },
        outcome => outcome,
    }
}

fn describe_entry(entry: &Sealed<JournalEntry>) -> String {
    let body = &entry.body;
    let (register, series, number, act) = (body.register, &body.series, body.number, body.entry.kind().as_str());
    format!("journal of register {register} series {series} no. {number}, {act}")
}
