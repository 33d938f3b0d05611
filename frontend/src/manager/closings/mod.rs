//! The closings of a store, whether each is complete, and each as on paper; and what months and years came to.

mod calendar;
mod list;
mod slip;
mod span;

use super::context::Desk;
use super::route::Route;
use crate::browser::clock;
use crate::i18n::closings as say;
use crate::ui::{Empty, empty, icon, press};
use leptos::prelude::*;
use shared::api::closings::{SpanClosing, StoredClosing};
use shared::closing::Closing;
use shared::ids::StoreNo;
use shared::journal::Act;

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    /// The closings, day by day.
    Days,
    /// What months and years came to.
    Calendar,
    /// One day on paper.
    Day(Box<StoredClosing>),
    /// One month or year on paper.
    Span(Box<SpanClosing>),
}

impl Shown {
    /// The list that it is, or comes from.
    const fn list(&self) -> Self {
        match self {
            Self::Days | Self::Day(_) => Self::Days,
            Self::Calendar | Self::Span(_) => Self::Calendar,
        }
    }
}

/// The page.
pub fn page(desk: Desk, store: StoreNo) -> AnyView {
    let shown = RwSignal::new(Shown::Days);
    let year = RwSignal::new(this_year(desk, store));
    let body = move || match shown.get() {
        Shown::Days => list::card(desk, store, shown),
        Shown::Calendar => calendar::card(desk, store, year, shown),
        Shown::Day(closing) => slip::card(desk, &closing, shown),
        Shown::Span(closing) => span::card(desk, *closing, shown),
    };
    view! {
        <div class="view report">
            <header class="toolbar">
                <a class="btn small quiet" href=Route::Direct.href()>{icon("back")}<span>{say::back}</span></a>
                <h2>{say::list}" "{move || desk.store_name(store)}</h2>
                {lists(shown)}
            </header>
            {body}
        </div>
    }
    .into_any()
}

/// The year on the store's wall; on the desk's own where its zone is not known yet.
fn this_year(desk: Desk, store: StoreNo) -> i16 {
    let zone =
        desk.directory.with_untracked(|directory| directory.get(store).map(|found| found.store.time_zone.clone()));
    clock::moment_in(&zone.unwrap_or_default()).local_day().date().year()
}

fn lists(shown: RwSignal<Shown>) -> AnyView {
    let choice = |list: Shown, name: fn() -> &'static str| {
        let goes_to = list.clone();
        let is_shown = move || (shown.with(Shown::list) == list).to_string();
        view! { <button type="button" aria-pressed=is_shown on:click=press(move || shown.set(goes_to.clone()))>{name}</button> }
    };
    view! {
        <div class="segmented push" role="group" aria-label=say::list>
            {choice(Shown::Days, say::days)}{choice(Shown::Calendar, say::calendar)}
        </div>
    }
    .into_any()
}

/// What stands in place of a list without closings.
fn nothing(title: fn() -> &'static str) -> AnyView {
    let title = Signal::derive(move || title().to_owned());
    let hint = Signal::derive(|| say::nothing_hint().to_owned());
    empty(Empty { icon: "receipt", bad: false, title, hint }, ().into_any())
}

/// What was closed.
fn closing_of(stored: &StoredClosing) -> Option<&Closing> {
    match &stored.entry.sealed.body.entry {
        Act::DayClosed(closing) => Some(closing),
        _ => None,
    }
}
