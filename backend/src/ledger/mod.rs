//! The ledger of one store: what its records add up to.
//!
//! Pure: the same records lead to the same documents, findings and notices, whoever runs it and however often. Each
//! document skips the records at or below its own position, so a batch can be replayed over documents that are ahead.

pub mod changes;
pub mod day;
pub mod draft;
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
use shared::event::{Event, Recorded, Settings, StockMovement};
use shared::finding::{Finding, FindingKind};
use shared::ids::{RegisterNo, SeriesId, SeriesLetter, Sku, StoreNo};
use shared::journal::JournalEntry;
use shared::mutant::Mutant;
use shared::notice::{Alert, Saved};
use shared::position::Position;
use shared::receipt::Receipt;
use shared::stock::StockLevel;
use shared::time::{CutOff, Day};
use std::collections::{BTreeMap, BTreeSet};
use stock::{Cause, Change, PageNo, Reaction, StockPage, gathered, last_of_each};
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

    fn take_copy(&mut self, record: &Recorded, receipt: &Sealed<Receipt>, identical: bool) {
        self.with_series(&receipt.body.series_id(), record, Series::count_copy);
        self.flag_copy(record, identical);
        if Mutant::CopiesFindAgain.is_on() {
            let again = record.flags.iter().map(|flag| self.finding(record, *flag, String::new()));
            self.draft.findings.extend(again.collect::<Vec<_>>());
        }
        // What differs is kept beside its finding only: whoever issued it keeps it.
        if identical {
            self.say_saved(record, receipt, true, !receipt.is_intact());
        }
    }

    fn flag_copy(&mut self, record: &Recorded, identical: bool) {
        if !identical {
            self.find(record, FindingKind::CopyDiffers, "the id was saved before with other content".into());
        }
    }

    fn take_receipt(&mut self, record: &Recorded, receipt: &Sealed<Receipt>) {
        // What the intake found comes with the record; whatever has altered the record since did not tell.
        let flags = if Mutant::FlagsDropped.is_on() { &[] } else { &*record.flags };
        let found: BTreeSet<_> = flags.iter().copied().chain(receipt.own_findings()).collect();
        let altered = found.contains(&FindingKind::AlteredContent);
        for flag in found {
            self.find(record, flag, describe(receipt));
        }
        let chain = self.with_series(&receipt.body.series_id(), record, |s| s.take(receipt, record.accepted_at));
        let wrong = chain.unwrap_or_default();
        if wrong.place == Some(FindingKind::Fork) && Mutant::DedupeByNumber.is_on() {
            return self.say_saved(record, receipt, true, altered);
        }
        for kind in wrong.place.into_iter().chain(wrong.period) {
            self.find(record, kind, describe(receipt));
        }
        if self.belongs(receipt) {
            self.add_to_day(record, receipt);
            self.sell(record, receipt);
        }
        self.say_saved(record, receipt, false, altered);
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

    /// Training receipts never count in a real store, nor real ones in a training store.
    fn belongs(&self, receipt: &Sealed<Receipt>) -> bool {
        let training = self.settings.get().training;
        training.is_none_or(|training| training == receipt.body.simulated || Mutant::TrainingCounts.is_on())
    }

    /// A record that every document reflects is left out before its day is known: the cut-off may have changed since, and
    /// the day that it makes of the record has not seen it.
    fn add_to_day(&mut self, record: &Recorded, receipt: &Sealed<Receipt>) {
        if record.position <= self.settings.position() {
            return;
        }
        let cut_off = if Mutant::CutOffIgnored.is_on() { CutOff::default() } else { self.settings.get().cut_off };
        let day = receipt.body.issued_at.business_day(cut_off);
        let figures = self.days.entry(day).or_insert_with(|| Tracked::new(DayFigures::new(day)));
        if figures.advance(record.position, |figures| figures.add(&receipt.body)).is_some() {
            self.draft.days.insert((day, receipt.body.register));
        }
    }

    /// A refund's quantities are below zero, so that what came back is on hand again; it is no delivery, and par stays.
    fn sell(&mut self, record: &Recorded, receipt: &Sealed<Receipt>) {
        let at = receipt.body.issued_at.timestamp();
        let items = gathered(receipt.body.lines.iter().map(|line| (&line.sku, line.quantity)));
        self.change_stock(record, items, Change::Sell(at));
    }

    fn move_stock(&mut self, record: &Recorded, movement: &StockMovement, change: Change) {
        let items = match change {
            Change::Count(_) => last_of_each(&movement.items),
            _ => gathered(movement.items.iter().map(|item| (&item.sku, item.quantity))),
        };
        self.change_stock(record, items, change);
    }

    /// A page takes all of a record's items at once: its position tells whether it has seen the record.
    fn change_stock(&mut self, record: &Recorded, items: Vec<shared::event::StockItem>, change: Change) {
        let cause = cause(record);
        let mut by_page = BTreeMap::<PageNo, Vec<_>>::new();
        for item in items {
            by_page.entry(PageNo::of(&item.sku)).or_default().push(item);
        }
        let mut counted = Vec::new();
        for (page, items) in by_page {
            let settings = self.settings.get();
            let tracked = self.stock.entry(page).or_insert_with(|| Tracked::new(StockPage::default()));
            let reactions = tracked.advance(record.position, |page| {
                let react = |item: shared::event::StockItem| {
                    let reaction = page.change(&item, change, settings.threshold(&item.sku), cause);
                    (item.sku, reaction)
                };
                items.into_iter().map(react).collect::<Vec<_>>()
            });
            for (sku, reaction) in reactions.unwrap_or_default() {
                match reaction {
                    Reaction::CountedAlready => counted.push(sku.to_string()),
                    reaction => self.note_reaction(record, sku, reaction),
                }
            }
        }
        if !counted.is_empty() {
            let detail =
                format!("counted after this was issued, so that the levels were left alone: {}", counted.join(", "));
            self.find(record, FindingKind::SaleBeforeCount, detail);
        }
    }

    fn note_reaction(&mut self, record: &Recorded, sku: Sku, reaction: Reaction) {
        match reaction {
            Reaction::Quiet | Reaction::CountedAlready => {}
            Reaction::Raised(alert) => {
                self.keep_alert(record, &alert);
                self.draft.raised.push(alert);
            }
            Reaction::Cleared(alert) => {
                self.keep_alert(record, &alert);
                self.draft.cleared.push(alert);
            }
        }
        self.draft.levels.insert(sku);
    }

    fn keep_alert(&mut self, record: &Recorded, alert: &Alert) {
        let tracked = self.alerts.entry(changes::alert_id(alert)).or_insert_with(|| Tracked::new(alert.clone()));
        tracked.advance(record.position, |kept| *kept = alert.clone());
    }

    fn take_settings(&mut self, record: &Recorded, change: &Settings) {
        self.settings.advance(record.position, |settings| settings.take(change));
        let cause = cause(record);
        let mut by_page = BTreeMap::<PageNo, Vec<_>>::new();
        for setting in &change.thresholds {
            by_page.entry(PageNo::of(&setting.sku)).or_default().push(setting);
        }
        for (page, settings) in by_page {
            let Some(tracked) = self.stock.get_mut(&page) else { continue };
            let reactions = tracked.advance(record.position, |page| {
                let set = |s: &&shared::event::ThresholdSetting| {
                    Some((s.sku.clone(), page.set_threshold(&s.sku, s.threshold, cause)?))
                };
                settings.iter().filter_map(set).collect::<Vec<_>>()
            });
            for (sku, reaction) in reactions.unwrap_or_default() {
                self.note_reaction(record, sku, reaction);
            }
        }
    }

    fn with_series<R>(&mut self, id: &SeriesId, record: &Recorded, change: impl FnOnce(&mut Series) -> R) -> Option<R> {
        let key = (id.register, id.letter.clone());
        let fresh = || Tracked::new(Series::new(id.register, id.letter.clone()));
        let outcome = self.series.entry(key.clone()).or_insert_with(fresh).advance(record.position, change);
        self.draft.series.insert(key);
        outcome
    }

    fn say_saved(&mut self, record: &Recorded, receipt: &Sealed<Receipt>, again: bool, altered: bool) {
        self.draft.saved.push(Saved {
            id: receipt.body.id,
            register: receipt.body.register,
            series: receipt.body.series.clone(),
            number: receipt.body.number,
            seller: receipt.body.seller,
            total: receipt.body.total,
            accepted_at: record.accepted_at,
            again,
            altered: altered && !Mutant::AlteredUntold.is_on(),
        });
    }

    fn find(&mut self, record: &Recorded, kind: FindingKind, detail: String) {
        let finding = self.finding(record, kind, detail);
        self.keep_finding(finding);
    }

    fn finding(&self, record: &Recorded, kind: FindingKind, detail: String) -> Finding {
        Finding {
            store: self.store,
            position: record.position,
            kind,
            event: Some(record.event.id()),
            journal: matches!(record.event, Event::Journal(_)),
            detail,
            at: record.accepted_at,
        }
    }

    /// A finding is named by record and kind: of two the first is kept. They are kept, and so written, in the order of their
    /// names, so that whoever reads them one after the other misses none.
    fn keep_finding(&mut self, finding: Finding) {
        let name = |finding: &Finding| (finding.position, finding.kind);
        let Err(place) = self.findings.binary_search_by_key(&name(&finding), name) else { return };
        self.draft.findings.push(finding.clone());
        self.findings.insert(place, finding);
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

fn describe(receipt: &Sealed<Receipt>) -> String {
    let body = &receipt.body;
    format!("register {} series {} no. {}, total {}", body.register, body.series, body.number, body.total.minor())
}

fn describe_entry(entry: &Sealed<JournalEntry>) -> String {
    let body = &entry.body;
    let (register, series, number, act) = (body.register, &body.series, body.number, body.entry.kind().as_str());
    format!("journal of register {register} series {series} no. {number}, {act}")
}

fn cause(record: &Recorded) -> Cause {
    Cause { store: record.store, position: record.position, event: record.event.id(), accepted_at: record.accepted_at }
}
