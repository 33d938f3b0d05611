//! Giving back what was paid, in place of the ticket: the receipt is found, its lines chosen and reserved with the
//! server, and a receipt of the refund is issued.

mod brought;
mod choice;
mod chosen;
mod issue;
mod lines;
mod past;
mod release;
mod search;

use super::context::{Asked, Scanned, Till};
use crate::api::{self, ApiError};
use crate::i18n::refunding as say;
use crate::ui::{Fetched, icon, press};
use chosen::Chosen;
use leptos::prelude::*;
use shared::api::receipts::StoredReceipt;
use shared::ids::ReceiptId;
use std::sync::Arc;

/// What the pane shows.
#[derive(Debug, Clone)]
enum Page {
    /// Looking for the receipt.
    Search,
    /// Choosing what comes back of it.
    Lines(Arc<Chosen>),
}

/// The pane.
#[derive(Clone, Copy)]
struct Pane {
    till: Till,
    page: RwSignal<Page>,
    fault: RwSignal<Option<String>>,
    /// Whether an answer is awaited.
    waits: RwSignal<bool>,
}

impl Till {
    /// Asks what to refund; of the receipt that a scanned code names, where there is one.
    pub(super) fn ask_refund(self, code: Option<Scanned>) {
        if self.may_ask() {
            self.brought_back.set(Vec::new());
            self.ask(Asked::Refund(code));
            self.clear_search();
        }
    }
}

/// Few customers bring something back.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn refund(till: Till, code: Option<Scanned>) -> Fetched {
    let pane = Pane { till, page: RwSignal::new(Page::Search), fault: RwSignal::default(), waits: RwSignal::default() };
    on_cleanup(move || till.brought_back.set(Vec::new()));
    if let Some(Scanned(code)) = code {
        search::scanned(pane, &code);
    }
    let body = move || match pane.page.get() {
        Page::Search => search::search(pane),
        Page::Lines(chosen) => lines::lines(pane, &chosen),
    };
    let fault = move || pane.fault.get().map(|fault| view! { <p class="error">{fault}</p> });
    let close = move || {
        if !till.busy.get_untracked() {
            till.asked.set(None);
        }
    };
    Ok(view! {
        <header class="head"><h2>{say::title}</h2>
            <button type="button" class="btn small quiet push" on:click=press(close)>{icon("close")}<span>{crate::i18n::registers::close_pane}</span></button></header>
        <div class="register refund" role="region" aria-label=say::title aria-busy=move || pane.waits.get().to_string()>
            <div role="alert">{move || fault()}</div>
            {body}
        </div>
    }
    .into_any())
}

impl Pane {
    /// Shows a page.
    fn show(self, page: Page) {
        self.fault.set(None);
        self.page.set(page);
    }

    /// Waits for an answer, one at a time, and does something with it unless the pane was put away meanwhile.
    fn wait_for<T: 'static>(
        self,
        answer: impl Future<Output = Result<T, String>> + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        if self.waits.get_untracked() {
            return;
        }
        self.waits.set(true);
        self.fault.set(None);
        leptos::task::spawn_local(async move {
            let answer = answer.await;
            if self.waits.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => then(answer),
                Err(reason) => self.fault.set(Some(reason)),
            }
        });
    }

    /// Opens a receipt that was found; `said` is what there is to say of that.
    fn open(self, found: StoredReceipt, said: Option<String>) {
        let read = async move {
            let refundable = api::refundable(found.sealed.body.id).await?;
            let past = past::of(self.till, &refundable.reserved).await?;
            Ok(Chosen { receipt: found.sealed.body, left: refundable.left, past })
        };
        let read = async move { read.await.map_err(|error| reason(&error)) };
        self.wait_for(read, move |chosen| {
            self.show(Page::Lines(Arc::new(chosen)));
            self.fault.set(said);
        });
    }

    /// Opens a receipt anew that is open already.
    fn open_again(self, receipt: ReceiptId, said: Option<String>) {
        let read = async move { api::receipt(receipt).await.map_err(|error| reason(&error)) };
        self.wait_for(read, move |found| self.open(found, said));
    }
}

/// The name of the problem by which the server says that somebody else was faster.
const MORE_THAN_LEFT: &str = "more-than-left";

/// Why something was not done: without a server nothing is refunded.
fn reason(error: &ApiError) -> String {
    let known = match error {
        ApiError::Problem { problem, .. } if problem.is_called(MORE_THAN_LEFT) => Some(say::meanwhile()),
        ApiError::Problem { problem, .. } if problem.is_called("unknown-receipt") => Some(say::none()),
        ApiError::Problem { problem, .. } if problem.is_called("not-refundable") => Some(say::not_here()),
        ApiError::Problem { problem, .. } if problem.is_called("refund-issued") => Some(say::issued()),
        error => error.is_away().then(say::online),
    };
    known.map_or_else(|| error.text(), str::to_owned)
}
