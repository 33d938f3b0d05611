//! What a receipt does to the ledger of its store, whether it comes for the first time or again.

use super::StoreLedger;
use super::day::DayFigures;
use super::series::Series;
use super::stock::{Change, gathered};
use super::tracked::Tracked;
use shared::chain::Sealed;
use shared::event::Recorded;
use shared::finding::FindingKind;
use shared::mutant::Mutant;
use shared::notice::Saved;
use shared::receipt::Receipt;
use shared::time::CutOff;
use std::collections::BTreeSet;

impl StoreLedger {
    pub(super) fn take_receipt(&mut self, record: &Recorded, receipt: &Sealed<Receipt>) {
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

    pub(super) fn take_copy(&mut self, record: &Recorded, receipt: &Sealed<Receipt>, identical: bool) {
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

    pub(super) fn flag_copy(&mut self, record: &Recorded, identical: bool) {
        if !identical {
            self.find(record, FindingKind::CopyDiffers, "the id was saved before with other content".into());
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

    fn say_saved(&mut self, record: &Recorded, receipt: &Sealed<Receipt>, again: bool, altered: bool) {
        self.draft.saved.push(Saved {
            id: receipt.body.id,
            register: receipt.body.register,
            series: receipt.body.series.clone(),
            number: receipt.body.number,
            seller: receipt.body.seller,
            total: receipt.body.total,
            position: record.position,
            accepted_at: record.accepted_at,
            again,
            altered: altered && !Mutant::AlteredUntold.is_on(),
        });
    }
}

fn describe(receipt: &Sealed<Receipt>) -> String {
    let body = &receipt.body;
    format!("register {} series {} no. {}, total {}", body.register, body.series, body.number, body.total.minor())
}
