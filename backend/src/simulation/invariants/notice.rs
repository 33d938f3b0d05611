//! What has to hold of every notice: it says only what is saved, and only what the log up to its position adds up to.

use super::super::model::{Alert, History, Series, State};
use super::super::world::World;
use super::{Held, Invariant, must};
use shared::chain::Sealed;
use shared::ids::ReceiptId;
use shared::notice::{Alert as Said, Notice, Saved, SeriesStatus};
use shared::ranges::Ranges;
use shared::receipt::Receipt;
use std::collections::BTreeSet;

impl World {
    /// A notice is published.
    pub fn told(&self, notice: &Notice) {
        self.hold(self.check_saved(notice));
        self.hold(self.check_notice(notice));
        self.facts().told.entry(notice.store).or_default().hear(notice);
    }

    fn check_saved(&self, notice: &Notice) -> Held {
        let tables = self.tables();
        let is_saved = |id: ReceiptId| tables.records.contains_key(&(notice.store, id.into()));
        let unsaved = notice.saved.iter().find(|saved| !is_saved(saved.id));
        must(Invariant::SavedBeforeTold, unsaved.is_none(), || format!("{unsaved:?}"))?;
        let is_so = |saved: &&Saved| tables.receipt_of(notice.store, saved.id).is_some_and(|there| tells(saved, there));
        let wrong = notice.saved.iter().find(|saved| !is_so(saved));
        must(Invariant::NoticesTellWhatIsSo, wrong.is_none(), || so(notice, &wrong))
    }

    fn check_notice(&self, notice: &Notice) -> Held {
        let mut model = self.model();
        let history = model.of(notice.store);
        let Some(state) = history.since(notice.position).next() else { return Ok(()) };
        check_values(notice, state)?;
        check_series(notice, history)?;
        check_alerts(notice, history)?;
        let names: BTreeSet<_> = notice.findings.iter().map(|finding| (finding.position, finding.kind)).collect();
        let is_once = names.len() == notice.findings.len();
        must(Invariant::NoticesTellWhatIsSo, is_once, || so(notice, &notice.findings))
    }
}

/// Whether that is what is said of a saved receipt.
pub fn tells(said: &Saved, there: &Sealed<Receipt>) -> bool {
    let Receipt { register, series, number, seller, total, .. } = &there.body;
    let place = (said.register, &said.series, said.number) == (*register, series, *number);
    place && (said.seller, said.total, said.altered) == (*seller, *total, !there.is_intact())
}

fn so(notice: &Notice, what: &dyn std::fmt::Debug) -> String {
    format!("store {} as of {}: {what:?}", notice.store, notice.position)
}

/// Values are absolute.
fn check_values(notice: &Notice, state: &State) -> Held {
    for told in &notice.levels {
        let is_so = state.has(&told.sku, &told.level);
        must(Invariant::NoticesTellWhatIsSo, is_so, || so(notice, &(told, state.shelves.get(&told.sku))))?;
    }
    for day in &notice.days {
        let sums = state.days.get(&(day.day, day.register));
        let is_so = sums.is_some_and(|sums| *sums == (day.receipts, day.takings.minor()));
        must(Invariant::NoticesTellWhatIsSo, is_so, || so(notice, &(day, sums)))?;
    }
    Ok(())
}

/// Series may be ahead, since a copy names them though they stay as they are.
fn check_series(notice: &Notice, history: &History) -> Held {
    for status in &notice.series {
        let key = (status.register, status.letter.clone());
        let mut states = history.since(notice.position).filter_map(|state| state.series.get(&key));
        must(Invariant::NoticesTellWhatIsSo, states.any(|series| is_status(series, status)), || so(notice, status))?;
    }
    Ok(())
}

/// Alerts are as they were when they were raised or cleared.
fn check_alerts(notice: &Notice, history: &History) -> Held {
    for (told, known) in [(&notice.raised, &history.raised), (&notice.cleared, &history.cleared)] {
        let is_so = |alert: &Said| known.get(&(alert.raised, alert.sku.clone())) == Some(&Alert::from(alert));
        let wrong = told.iter().find(|alert| !is_so(alert));
        must(Invariant::OneAlertPerCrossing, wrong.is_none(), || so(notice, &wrong))?;
    }
    Ok(())
}

/// Whether a series that was told is this one.
pub fn is_status(series: &Series, status: &SeriesStatus) -> bool {
    let mut saved = Ranges::default();
    for number in series.entries.keys() {
        saved.insert(*number);
    }
    (&saved, series.head(), series.copies, series.gap_since)
        == (&status.saved, status.head, status.copies, status.gap_since)
}
