//! The receipt, and how far it has got.

use super::context::{Place, Stage, Till};
use super::message::Message;
use crate::format;
use crate::i18n::{common, language, refunding, till::words};
use crate::printing;
use crate::ui::{self, Fetched, ReceiptHead, icon, lazily, press, receipt};
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use shared::chain::Sealed;
use shared::journal::Act;
use shared::money::Money;
use shared::outbox::Progress;
use shared::receipt::Receipt;
use std::sync::Arc;

pub(super) fn paid(till: Till) -> AnyView {
    let Some(sealed) = till.paid.get_untracked() else { return ().into_any() };
    let place = till.place();
    let head = till.head_of(&sealed.body);
    let (total, change, id) = (sealed.body.paid(), sealed.body.change, sealed.body.id);
    let money = move |amount| format::money(language(), amount, place.store.currency);
    let progress = Memo::new(move |_| till.outbox.progress(id));
    ui::focus_soon("next-sale");
    // The second click of a double one on *take payment* lands here, and must not put the receipt away.
    let next = move |event: web_sys::MouseEvent| {
        if event.detail() < 2 {
            till.next_sale();
        }
    };
    let is_again = till.stage.get_untracked() == Stage::Reprinting;
    let go_on = move || if is_again { words().back_to_sale } else { words().next_sale };
    let is_refund = sealed.body.refunds.is_some();
    let done = move || {
        if is_refund {
            refunding::done(&money(Money::ZERO.minus(total).unwrap_or_default()))
        } else {
            (words().paid)(&money(total))
        }
    };
    // What is printed again was given back long ago.
    let is_due = change > Money::ZERO && !is_again;
    let to_give_back = is_due.then(|| {
        view! { <p class="change"><span>{move || words().to_give_back}</span><strong>{move || money(change)}</strong></p> }
    });
    let preview = lazily(move || Box::pin(paper(Arc::clone(&sealed), head.clone())));
    view! {
        <section class="paid" aria-labelledby="paid">
            <header class="done">{icon("check")}<h2 id="paid">{move || done()}</h2>{mark(progress)}</header>
            {to_give_back}
            <div class="preview" tabindex="0" role="group" aria-label=move || common::words().receipt>{preview}</div>
            <footer class="actions">
                <button class="btn" on:click=press(move || till.print())>{icon("print")}{move || common::words().print}" "<kbd>"F10"</kbd></button>
                <button class="btn primary" id="next-sale" on:click=next>
                    {go_on}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </section>
    }
    .into_any()
}

/// Whether it is paid does not wait for it.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn paper(sealed: Arc<Sealed<Receipt>>, head: ReceiptHead) -> Fetched {
    Ok(receipt(sealed, head))
}

impl Till {
    /// What a receipt of this till says beside its content. Whoever issued it may have gone: then their number has to do.
    fn head_of(self, receipt: &Receipt) -> ReceiptHead {
        let Place { store, seller, .. } = self.place();
        let name = if seller.no == receipt.seller { seller.name } else { String::new() };
        ReceiptHead::of(&store, name, self.printed.into())
    }

    /// Prints the receipt that is shown; the next print of it is a duplicate, and written down before.
    pub(super) fn print(self) {
        self.soon(print(self));
    }

    /// Opens the drawer, where the till has one that it can open.
    pub(super) fn open_drawer(self) {
        if printing::is_direct() {
            leptos::task::spawn_local(async move {
                if let Err(reason) = printing::open_drawer().await {
                    self.refuse(Message::NotPrinted(reason));
                }
            });
        }
    }
}

/// Few customers want paper.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn print(till: Till) -> Result<(), SplitLoaderError> {
    if !till.printed.get_untracked() {
        till.print_first();
    } else if let Some(sealed) = till.paid.get_untracked() {
        let (number, receipt) = (sealed.body.number, sealed.body.id);
        till.when_noted(Act::Reprinted { number, receipt }, None, move || till.print_again());
    }
    Ok(())
}

impl Till {
    fn print_first(self) {
        if printing::is_direct() {
            // A second press while the first still prints is for a second copy.
            self.printed.set(true);
            self.print_directly(false);
        } else {
            self.printed.set(ui::print());
        }
    }

    fn print_again(self) {
        if printing::is_direct() {
            self.print_directly(true);
        } else {
            ui::print();
        }
    }

    /// Sends the receipt that is shown to the printer. Where that does not take it, that is said; it was not printed then.
    fn print_directly(self, is_duplicate: bool) {
        let Some(sealed) = self.paid.get_untracked() else { return };
        let head = self.head_of(&sealed.body);
        leptos::task::spawn_local(async move {
            match printing::print(Arc::clone(&sealed), head, is_duplicate).await {
                Ok(()) => self.message.set(None),
                Err(reason) => {
                    self.refuse(Message::NotPrinted(reason));
                    if !is_duplicate && self.paid.get_untracked() == Some(sealed) {
                        self.printed.set(false);
                    }
                }
            }
        });
    }
}

fn mark(progress: Memo<Progress>) -> AnyView {
    let class = move || {
        progress.with(|progress| match progress {
            Progress::OnTill | Progress::InLog => "mark wait",
            Progress::Saved => "mark ok",
            Progress::Refused(_) => "mark bad",
        })
    };
    let text = move || {
        progress.with(|progress| match progress {
            Progress::OnTill => words().on_till,
            Progress::InLog => words().in_log,
            Progress::Saved => words().saved,
            Progress::Refused(_) => words().not_taken,
        })
    };
    view! { <span class=class role="status" id="progress"><span>{move || text()}</span></span> }.into_any()
}
