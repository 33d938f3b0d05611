//! The till's bar: where, whether all is saved, the bot, and who.

use super::auto::switch;
use super::context::Till;
use super::journal::Unsent;
use super::more::{more, refused};
use crate::format;
use crate::i18n::{common, keeping, language, till::words};
use crate::live::Link;
use crate::ui::{initials, lazily, menu};
use leptos::prelude::*;
use shared::store::Role;

/// From how many seconds on a clock is wrong: a receipt tells the minute.
const WRONG_SECONDS: i64 = 120;

pub(super) fn bar(till: Till) -> AnyView {
    let place = till.place();
    let series = till.claim.with_value(|claim| claim.record.series.letter.clone());
    let register = place.register;
    let at = move || format!("{} · {}", (common::words().register)(register), (common::words().series)(&series));
    let sim = place.store.training.then(|| view! { <span class="sim">{move || common::words().simulation}</span> });
    let name = place.seller.name.clone();
    let who = view! { <span class="avatar" aria-hidden="true">{initials(&name)}</span><span>{name}</span> };
    view! {
        <header class="bar">
            <a class="brand" href="/">"Comptoir"</a>
            <span class="where"><b>{place.store.name.clone()}</b><small>{move || at()}</small></span>
            {sim}
            {clock_mark(till)}
            {outbox_mark(till)}
            {alarm(till)}
            {place.store.training.then(|| lazily(move || Box::pin(switch(till))))}
            {menu(who.into_any(), move || lazily(move || Box::pin(more(till))))}
        </header>
    }
    .into_any()
}

/// Whether all that was sold is saved: the first thing to look at when something seems wrong.
fn outbox_mark(till: Till) -> AnyView {
    let state = Memo::new(move |_| {
        let (receipts, entries) = till.refused();
        (till.outbox.waiting().0, till.journal.unsent.with(Unsent::waiting), receipts + entries, till.live.link.get())
    });
    let class = move || match state.get() {
        _ if till.taken_over.get() => "push mark bad",
        _ if till.live.signed_out.get() => "push mark bad",
        (_, _, refused, _) if refused > 0 => "push mark bad",
        (0, 0, _, Link::Up) => "push mark ok",
        _ => "push mark wait",
    };
    let text = move || match state.get() {
        _ if till.taken_over.get() => keeping::taken_over().to_owned(),
        _ if till.live.signed_out.get() => words().session_over.to_owned(),
        (_, _, refused, _) if refused > 0 => (words().refused)(refused),
        (waiting, _, _, Link::Down) => (words().offline)(waiting),
        (0, 0, ..) => words().all_saved.to_owned(),
        (0, entries, ..) => keeping::journal_waits(entries),
        (waiting, ..) => (words().waiting)(waiting),
    };
    view! { <span class=class role="status" id="outbox"><span>{move || text()}</span></span> }.into_any()
}

/// What the server has refused is for a manager to look at.
fn alarm(till: Till) -> AnyView {
    let is_due = Memo::new(move |_| till.place().seller.role == Role::Manager && till.refused() != (0, 0));
    (move || is_due.get().then(|| lazily(move || Box::pin(refused(till))))).into_any()
}

/// Whether the machine's clock is wrong: what it says is printed on receipts and signed.
fn clock_mark(till: Till) -> AnyView {
    let wrong = move || Some(till.live.clock_ahead.get()).filter(|ahead| ahead.abs() >= WRONG_SECONDS);
    let mark = move || {
        wrong().map(|ahead| {
            let text = move || keeping::wrong_clock(&format::age(language(), ahead.abs()), ahead > 0);
            view! { <span class="mark bad" role="status" id="clock"><span>{text}</span></span> }
        })
    };
    view! { {move || mark()} }.into_any()
}
