//! What moves stock, and the alerts that come of it.

use super::stock::{Cause, Change, PageNo, Reaction, StockPage, gathered, last_of_each};
use super::tracked::Tracked;
use super::{StoreLedger, changes};
use shared::event::{Recorded, Settings, StockItem, StockMovement, ThresholdSetting};
use shared::finding::FindingKind;
use shared::ids::Sku;
use shared::notice::Alert;
use std::collections::BTreeMap;

impl StoreLedger {
    pub(super) fn move_stock(&mut self, record: &Recorded, movement: &StockMovement, change: Change) {
        let items = match change {
            Change::Count(_) => last_of_each(&movement.items),
            _ => gathered(movement.items.iter().map(|item| (&item.sku, item.quantity))),
        };
        self.change_stock(record, items, change);
    }

    /// A page takes all of a record's items at once: its position tells whether it has seen the record.
    pub(super) fn change_stock(&mut self, record: &Recorded, items: Vec<StockItem>, change: Change) {
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
                let react = |item: StockItem| {
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

    pub(super) fn take_settings(&mut self, record: &Recorded, change: &Settings) {
        self.settings.advance(record.position, |settings| settings.take(change));
        let cause = cause(record);
        let mut by_page = BTreeMap::<PageNo, Vec<_>>::new();
        for setting in &change.thresholds {
            by_page.entry(PageNo::of(&setting.sku)).or_default().push(setting);
        }
        for (page, settings) in by_page {
            let Some(tracked) = self.stock.get_mut(&page) else { continue };
            let reactions = tracked.advance(record.position, |page| {
                let set =
                    |s: &&ThresholdSetting| Some((s.sku.clone(), page.set_threshold(&s.sku, s.threshold, cause)?));
                settings.iter().filter_map(set).collect::<Vec<_>>()
            });
            for (sku, reaction) in reactions.unwrap_or_default() {
                self.note_reaction(record, sku, reaction);
            }
        }
    }
}

fn cause(record: &Recorded) -> Cause {
    Cause { store: record.store, position: record.position, event: record.event.id(), accepted_at: record.accepted_at }
}
