//! What can be done at the drawer.

use super::paper::Paper;
use super::slip::Slip;
use super::{Page, Pane, Way, closing, last};
use crate::format;
use crate::i18n::{closings, language, refunding, registers as say};
use crate::till::context::Stage;
use crate::ui::{self, press};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use shared::journal::Act;

/// How often to look whether the paper is shown, and after how many milliseconds each time: its code may have to come.
const TRIES: u32 = 100;
const LOOK_MS: u32 = 50;

pub(super) fn menu(pane: Pane) -> AnyView {
    let till = pane.till;
    let open = Memo::new(move |_| till.journal.session.with(Option::is_some));
    let state = move || {
        let currency = till.place().store.currency;
        till.journal.session.with(|session| match session {
            Some(open) => say::session_of(
                &format::moment(language(), open.opened_at),
                &format::money(language(), open.float, currency),
            ),
            None => say::no_session().to_owned(),
        })
    };
    let session = move || if open.get() { of_open(pane) } else { choice(say::open, move || pane.show(Page::Float)) };
    let no_receipt = !last::is_any(till);
    view! {
        <p>{state}</p>
        <div class="choices">
            {session}
            {choice(refunding::open, move || till.ask_refund(None))}
            {choice(say::drawer, move || pane.note(Act::DrawerOpened, Page::Menu, Some(say::drawer_noted)))}
            {choice(closings::x, move || closing::show_x(pane))}
            {choice(closings::open, move || pane.show(Page::Closing))}
            <button type="button" class="btn" disabled=no_receipt on:click=press(move || reprint(pane))>{say::reprint}</button>
        </div>
        <p class="hint">{move || unsent(pane)}</p>
    }
    .into_any()
}

fn of_open(pane: Pane) -> AnyView {
    view! {
        {choice(say::cash_in, move || pane.show(Page::Cash(Way::In)))}
        {choice(say::cash_out, move || pane.show(Page::Cash(Way::Out)))}
        {choice(say::report, move || report(pane))}
        {choice(say::count, move || pane.show(Page::Count))}
    }
    .into_any()
}

fn choice(name: fn() -> &'static str, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class="btn" on:click=press(act)>{name}</button> }.into_any()
}

fn report(pane: Pane) {
    if let Some(session) = pane.till.journal.session.get_untracked() {
        pane.show(Page::Slip(Box::new(Paper::Session(Slip::so_far(pane.till, session)))));
    }
}

/// Shows the receipt that was issued last, and prints it again.
fn reprint(pane: Pane) {
    let till = pane.till;
    if pane.notes.get_untracked() {
        return;
    }
    pane.notes.set(true);
    pane.fault.set(None);
    leptos::task::spawn_local(async move {
        let last = last::find(till).await;
        if pane.notes.try_set(false).is_some() {
            return;
        }
        if let Err(reason) = last {
            return pane.fault.set(Some(reason));
        }
        till.asked.set(None);
        till.stage.set(Stage::Reprinting);
        for _ in 0..TRIES {
            TimeoutFuture::new(LOOK_MS).await;
            if ui::has_paper() {
                return till.print();
            }
        }
    });
}

fn unsent(pane: Pane) -> String {
    let unsent = pane.till.journal.unsent.get();
    match unsent.waiting {
        0 => say::all_sent().to_owned(),
        waiting => say::unsent(waiting, unsent.refused),
    }
}
