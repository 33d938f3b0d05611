//! The till's bar: where, whether all is saved, the bot, and who.

use super::auto::Pace;
use super::context::Till;
use super::printer::printer;
use super::safekeeping::safekeeping;
use crate::api;
use crate::browser::reload;
use crate::display;
use crate::format;
use crate::i18n::{common, display as showing, keeping, language, registers, till::words};
use crate::live::Link;
use crate::ui::{initials, menu, press};
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use shared::api::problem::Problem;
use shared::journal::Act;

/// How long signing out waits until it is written down, in milliseconds.
const NOTE_MS: u32 = 3_000;

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
            {place.store.training.then(|| auto_switch(till))}
            {menu(who.into_any(), more(till))}
        </header>
    }
    .into_any()
}

/// Whether all that was sold is saved: the first thing to look at when something seems wrong.
fn outbox_mark(till: Till) -> AnyView {
    let state = Memo::new(move |_| (till.outbox.waiting(), till.live.link.get()));
    let class = move || match state.get() {
        _ if till.taken_over.get() => "push mark bad",
        _ if till.live.signed_out.get() => "push mark bad",
        ((_, refused), _) if refused > 0 => "push mark bad",
        ((0, _), Link::Up) => "push mark ok",
        _ => "push mark wait",
    };
    let text = move || match state.get() {
        _ if till.taken_over.get() => keeping::taken_over().to_owned(),
        _ if till.live.signed_out.get() => words().session_over.to_owned(),
        ((_, refused), _) if refused > 0 => (words().refused)(refused),
        ((waiting, _), Link::Down) => (words().offline)(waiting),
        ((0, _), _) => words().all_saved.to_owned(),
        ((waiting, _), _) => (words().waiting)(waiting),
    };
    view! { <span class=class role="status" id="outbox"><span>{move || text()}</span></span> }.into_any()
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

fn auto_switch(till: Till) -> AnyView {
    let on = move || till.auto.get().to_string();
    let paces = [Pace::Slow, Pace::Normal, Pace::Fast].into_iter().enumerate().map(|(place, pace)| {
        let selected = move || pace == Pace::remembered();
        view! { <option value=place.to_string() selected=selected>{move || words().paces.get(place).copied()}</option> }
    });
    view! {
        <div class="auto">
            <button class="switch" role="switch" aria-checked=on id="auto" on:click=press(move || till.auto.update(|on| *on = !*on))>
                <span>{move || words().auto}</span></button>
            <select class="select" aria-label=move || words().pace on:change=|event| Pace::remember(&event_target_value(&event))>
                {paces.collect_view()}</select>
        </div>
    }
    .into_any()
}

fn more(till: Till) -> AnyView {
    let on = move || till.sound.on.get().to_string();
    view! {
        {move || till.outbox.refusal().map(|(number, problem)| refusal(number.get(), &problem))}
        {safekeeping(till)}
        <button class="switch" role="switch" aria-checked=on on:click=press(move || till.sound.switch(!till.sound.on.get_untracked()))>
            <span>{move || common::words().sound}</span></button>
        {printer(till)}
        <a class="btn" href=display::address(till.place().store.no, till.place().register) target="display">{showing::open}</a>
        <button class="btn" id="register" on:click=press(move || to_register(till))>{registers::title}" "<kbd>"F1"</kbd></button>
        <button class="btn" on:click=press(move || sign_out(till))>{move || common::words().sign_out}</button>
    }
    .into_any()
}

/// Shows the drawer's pane, which the menu would lie over.
fn to_register(till: Till) {
    if let Ok(Some(menu)) = document().query_selector(".menu[open]") {
        // What stays open can be closed by hand.
        let _ = menu.remove_attribute("open");
    }
    till.ask_register();
}

/// Why the server does not take a receipt: somebody has to look, and nothing but this till has it.
fn refusal(number: u64, problem: &Problem) -> AnyView {
    let number = (common::words().receipt_no)(number);
    let text = format!("{} {number} : {} {}", common::words().receipt, problem.detail, problem.remedy);
    view! { <p class="error">{text}</p> }.into_any()
}

/// Signs out. What is not saved yet stays in the browser and is sent when the till is opened next.
pub(super) fn sign_out(till: Till) {
    leptos::task::spawn_local(async move {
        // Nobody has to stay because something cannot be written down.
        select(till.noted(Act::SignedOut, None), TimeoutFuture::new(NOTE_MS)).await;
        // A session that cannot be ended runs out by itself.
        let _ = api::sign_out().await;
        reload();
    });
}
