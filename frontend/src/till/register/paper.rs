//! A slip on the screen, with the way to paper.

use super::closing::{Day, SoFar};
use super::slip::Slip;
use super::{Page, Pane};
use crate::i18n::{Language, common, language, language_now, registers as say};
use crate::printing;
use crate::till::context::Till;
use crate::till::message::Message;
use crate::ui::{self, Report, icon, press};
use leptos::prelude::*;

/// What a slip is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Paper {
    /// A session.
    Session(Slip),
    /// A day that was closed.
    Day(Day),
    /// A period that is open.
    SoFar(Box<SoFar>),
}

impl Paper {
    fn report(&self, till: Till, language: Language) -> Report {
        match self {
            Self::Session(slip) => slip.report(till, language),
            Self::Day(day) => day.report(till, language),
            Self::SoFar(figures) => figures.report(till, language),
        }
    }
}

pub(super) fn page(pane: Pane, paper: &Paper) -> AnyView {
    let till = pane.till;
    let (shown, printed) = (paper.clone(), paper.clone());
    let report = move || ui::report(shown.report(till, language()), language());
    let print = move || print(till, &printed);
    view! {
        <div class="preview" tabindex="0" role="group" aria-label=say::slip>{report}</div>
        <footer class="actions">
            <button type="button" class="btn" on:click=press(print)>{icon("print")}{move || common::words().print}</button>
            <button type="button" class="btn primary" on:click=press(move || pane.show(Page::Menu))>{say::title}</button>
        </footer>
    }
    .into_any()
}

fn print(till: Till, paper: &Paper) {
    if !printing::is_direct() {
        ui::print();
        return;
    }
    let report = paper.report(till, language_now());
    leptos::task::spawn_local(async move {
        match printing::print_report(&report).await {
            Ok(()) => till.message.set(None),
            Err(reason) => till.refuse(Message::NotPrinted(reason)),
        }
    });
}
