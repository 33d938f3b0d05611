//! Closing the day: what the period came to, and the entry of the journal that closes it.

use super::paper::Paper;
use super::slip::Slip;
use super::{Page, Pane, last};
use crate::i18n::{Language, closings as say, common, language};
use crate::till::context::Till;
use crate::till::journal;
use crate::ui::{self, ClosingHead, Pen, Report, closing_report, press, waiting};
use leptos::prelude::*;
use shared::closing::{Closed, Closing, OpenPeriod};
use shared::ids::PeriodNo;
use shared::journal::Act;
use shared::time::Moment;

/// A day that is closed, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    closing: Closing,
    at: Moment,
    is_closed: bool,
}

impl Day {
    pub(super) fn report(&self, till: Till, language: Language) -> Report {
        let place = till.place();
        let head = ClosingHead {
            store: place.store.no,
            shop: place.store.name,
            currency: place.store.currency,
            register: place.register,
            series: till.claim.with_value(|claim| claim.record.series.letter.clone()),
            simulated: place.store.training,
            by: format!("{} {}", place.seller.no, place.seller.name),
            at: self.at,
            is_made: self.is_closed,
        };
        closing_report(&self.closing, &head, language)
    }
}

/// Figures of the open period as they stand, and of the drawer where a session is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SoFar {
    day: Day,
    session: Option<Slip>,
}

impl SoFar {
    pub(super) fn report(&self, till: Till, language: Language) -> Report {
        let pen = Pen::of(language, till.place().store.currency);
        let day = self.day.report(till, language);
        let drawer = self.session.as_ref().map(|session| session.drawer(pen));
        Report {
            title: say::x().to_owned(),
            amounts: day.amounts.into_iter().chain(drawer).collect(),
            notes: vec![say::x_note().to_owned()],
            ..day
        }
    }
}

/// Shows how the period stands. Nothing is closed by it.
pub(super) fn show_x(pane: Pane) {
    if pane.notes.get_untracked() {
        return;
    }
    pane.notes.set(true);
    pane.fault.set(None);
    leptos::task::spawn_local(async move {
        let found = so_far(pane.till).await;
        // The pane may have been put away meanwhile.
        if pane.notes.try_set(false).is_some() {
            return;
        }
        match found {
            Ok(day) => {
                let session = pane.till.journal.session.get_untracked();
                let session = session.map(|session| Slip::so_far(pane.till, session));
                pane.show(Page::Slip(Box::new(Paper::SoFar(Box::new(SoFar { day, session })))));
            }
            Err(reason) => pane.fault.set(Some(reason)),
        }
    });
}

/// Shows what would be closed, and asks.
pub(super) fn ask(pane: Pane) -> AnyView {
    let day = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        match so_far(pane.till).await {
            Ok(found) => drop(day.try_set(Some(found))),
            Err(reason) => drop(pane.fault.try_set(Some(reason))),
        }
    });
    let till = pane.till;
    let preview = move || match day.get() {
        Some(day) => ui::report(day.report(till, language()), language()),
        None if pane.fault.with(Option::is_some) => ().into_any(),
        None => waiting(),
    };
    let close = move || {
        if let Some(day) = day.get_untracked() {
            close(pane, day);
        }
    };
    view! {
        <p>{say::ask}</p>
        <div class="preview" tabindex="0" role="group" aria-label=say::open>{preview}</div>
        <footer class="actions">
            <button type="button" class="btn" on:click=press(move || pane.show(Page::Menu))>{move || common::words().cancel}</button>
            <button type="button" class="btn primary" disabled=move || day.with(Option::is_none) on:click=press(close)>{say::close}</button>
        </footer>
    }
    .into_any()
}

fn close(pane: Pane, day: Day) {
    let act = Act::DayClosed(Box::new(day.closing.clone()));
    let closed = Day { is_closed: true, at: pane.till.now(), ..day };
    pane.note(act, Page::Slip(Box::new(Paper::Day(closed))), Some(say::closed));
}

/// The closing of the period as it stands: of running sums and the closing before, however many receipts there are.
async fn so_far(till: Till) -> Result<Day, String> {
    let (open, head) = till.claim.with_value(|claim| (claim.record.open.clone(), claim.record.head));
    let closed = journal::closed(till).await?;
    let open = open.filter(|open| follows(open, &closed, head.number)).ok_or_else(|| say::unknown().to_owned())?;
    let at = till.now();
    let last = last::kept(till).await.filter(|_| open.sums.receipts > 0).map_or(at, |last| last.body.issued_at);
    let day = last.business_day(till.place().store.cut_off);
    let closing = closed.next(&open.sums, head, day).map_err(|full| full.to_string())?;
    Ok(Day { closing, at, is_closed: false })
}

/// Whether a period is the one behind the last closing, and all of its receipts are counted.
fn follows(open: &OpenPeriod, closed: &Closed, head: u64) -> bool {
    open.number.map_or(1, PeriodNo::get) == closed.number + 1 && closed.last + open.sums.receipts == head
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::sums::Sums;

    #[test]
    fn a_period_with_receipts_that_nobody_has_counted_is_not_closed() {
        let open = |number: u64, receipts| OpenPeriod {
            number: PeriodNo::try_from(number).ok(),
            sums: Sums { receipts, ..Sums::default() },
        };
        let closed = Closed { last: 5, number: 2, ..Closed::default() };
        assert!(follows(&open(0, 3), &Closed::default(), 3));
        assert!(follows(&open(3, 4), &closed, 9));
        for (open, head) in [(open(3, 4), 10), (open(2, 4), 9), (open(0, 9), 9)] {
            assert!(!follows(&open, &closed, head), "{open:?}");
        }
    }
}
