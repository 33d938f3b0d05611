//! The drawer and the session of the register, in place of the ticket.

mod closing;
mod count;
mod entry;
mod last;
mod menu;
mod paper;
mod slip;

use super::context::Till;
use crate::i18n::registers as say;
use crate::ui::{Fetched, icon, press};
use leptos::prelude::*;
use shared::journal::Act;

/// What the pane shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Page {
    /// What can be done.
    Menu,
    /// Asking for the float.
    Float,
    /// Asking for an amount that comes or goes, and why.
    Cash(Way),
    /// Counting the drawer.
    Count,
    /// Closing the day.
    Closing,
    /// A slip: so far, or as it was closed.
    Slip(Box<paper::Paper>),
}

/// Which way cash goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
}

/// The pane.
#[derive(Clone, Copy)]
struct Pane {
    till: Till,
    page: RwSignal<Page>,
    /// What was done last, or why it was not.
    said: RwSignal<Option<fn() -> &'static str>>,
    fault: RwSignal<Option<String>>,
    /// Whether something is being written down, or looked for: a second press is for the same.
    notes: RwSignal<bool>,
}

/// Few sales need it.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn register(till: Till) -> Fetched {
    let pane = Pane {
        till,
        page: RwSignal::new(Page::Menu),
        said: RwSignal::default(),
        fault: RwSignal::default(),
        notes: RwSignal::default(),
    };
    let body = move || match pane.page.get() {
        Page::Menu => menu::menu(pane),
        Page::Float => entry::float(pane),
        Page::Cash(way) => entry::cash(pane, way),
        Page::Count => count::count(pane),
        Page::Closing => closing::ask(pane),
        Page::Slip(slip) => paper::page(pane, &slip),
    };
    let said = move || pane.said.get().map(|said| view! { <p class="hint">{said}</p> });
    let fault = move || pane.fault.get().map(|fault| view! { <p class="error">{fault}</p> });
    Ok(view! {
        <header class="head"><h2>{say::title}</h2>
            <button type="button" class="btn small quiet push" on:click=press(move || till.asked.set(None))>{icon("close")}<span>{say::close_pane}</span></button></header>
        <div class="register" role="region" aria-label=say::title aria-busy=move || pane.notes.get().to_string()>
            <div role="status">{move || said()}</div><div role="alert">{move || fault()}</div>
            {body}
        </div>
    }
    .into_any())
}

impl Pane {
    /// Shows a page.
    fn show(self, page: Page) {
        self.fault.set(None);
        self.said.set(None);
        self.page.set(page);
    }

    /// Notes an act; once it is written down, opens the drawer where that is what it takes, shows a page and says something;
    /// where it cannot be, why.
    fn note(self, act: Act, then: Page, said: Option<fn() -> &'static str>) {
        if self.notes.get_untracked() {
            return;
        }
        self.notes.set(true);
        let is_at_drawer = matches!(act, Act::CashIn { .. } | Act::CashOut { .. } | Act::DrawerOpened);
        let noted = self.till.noted(act, None);
        leptos::task::spawn_local(async move {
            let Ok(written) = noted.await else { return };
            // The pane may have been put away meanwhile.
            let _ = self.notes.try_set(false);
            if is_at_drawer && written.is_ok() {
                self.till.open_drawer();
            }
            match written {
                Ok(()) if self.page.try_set(then).is_none() => {
                    self.fault.set(None);
                    self.said.set(said);
                }
                Ok(()) => {}
                Err(reason) => drop(self.fault.try_set(Some(say::not_noted(&reason)))),
            }
        });
    }
}
