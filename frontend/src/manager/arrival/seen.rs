//! Which alarms the manager has not looked at yet.

use crate::browser::storage;
use crate::format;
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::route::Route;
use leptos::prelude::*;
use shared::finding::{Finding, FindingKind};
use shared::picture::Picture;
use shared::time::Timestamp;

/// Until when alarms have been looked at, as Unix milliseconds.
const SEEN: &str = "alarms-seen";

/// The findings that still matter: a record that has waited for an upgrade, and is saved, does not.
pub fn current(picture: &Picture) -> impl Iterator<Item = &Finding> {
    let waits = |finding: &&Finding| finding.position > picture.position();
    picture.findings().filter(move |finding| finding.kind != FindingKind::LaterVersion || waits(finding))
}

/// Whether a finding asks somebody to act. A sale from before a count is as it should be, and only noted.
pub fn is_alarm(finding: &Finding) -> bool {
    finding.kind != FindingKind::SaleBeforeCount
}

/// The kind of the latest alarm that came since the page "Intégrité" was open last, and whether it is of the journal.
pub fn unseen(desk: Desk, tab: Memo<Route>) -> Memo<Option<(FindingKind, bool)>> {
    let seen = RwSignal::new(storage::get(SEEN).and_then(|millis| millis.parse().ok()).unwrap_or(i64::MIN));
    let latest = Memo::new(move |_| desk.in_scope(latest));
    Effect::new(move || {
        if let (Route::Arrival, Some((at, ..))) = (tab.get(), latest.get()) {
            seen.set(at.as_millisecond());
            storage::set(SEEN, &at.as_millisecond().to_string());
        }
    });
    Memo::new(move |_| {
        latest.get().filter(|(at, ..)| at.as_millisecond() > seen.get()).map(|(_, kind, is_entry)| (kind, is_entry))
    })
}

fn latest(pictures: &[&Picture]) -> Option<(Timestamp, FindingKind, bool)> {
    let alarms = pictures.iter().flat_map(|picture| current(picture)).filter(|finding| is_alarm(finding));
    alarms.map(|finding| (finding.at, finding.kind, finding.journal)).max()
}

/// How many series are broken, on the tab.
pub fn badge(desk: Desk) -> AnyView {
    let broken = Memo::new(move |_| desk.arrival.get().broken);
    (move || {
        let broken = broken.get();
        (broken > 0).then(|| view! { <span class="badge out">{format::number(language(), broken)}</span> })
    })
    .into_any()
}
