//! One receipt as on paper, with what proves that it is unchanged.

use crate::api;
use crate::browser::clock;
use crate::format;
use crate::i18n::desk::{direct, receipts as say};
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::route::{self, Route};
use crate::manager::{explain, failed};
use crate::ui::{self, Empty, ReceiptHead, empty, icon, receipt, waiting_view};
use leptos::prelude::*;
use shared::api::receipts::StoredReceipt;
use shared::ids::ReceiptId;
use std::sync::Arc;

type Word = fn() -> &'static str;

pub fn pane(desk: Desk, open: Option<ReceiptId>) -> AnyView {
    let body = match open {
        None => nothing(),
        Some(id) => opened(desk, id),
    };
    view! { <aside class="card detail" aria-label=say::paper>{body}</aside> }.into_any()
}

fn nothing() -> AnyView {
    let title = Signal::derive(|| say::choose().to_owned());
    let hint = Signal::derive(|| say::choose_hint().to_owned());
    empty(Empty { icon: "receipt", bad: false, title, hint }, ().into_any())
}

fn opened(desk: Desk, id: ReceiptId) -> AnyView {
    let answer = LocalResource::new(move || async move { api::receipt(id).await });
    let again = Callback::new(move |()| answer.refetch());
    let body = move || match answer.get() {
        None => waiting_view(),
        Some(Err(error)) => failed("alert", &error, again),
        Some(Ok(stored)) => found(desk, stored),
    };
    let copies = Copies { id, busy: RwSignal::default(), fault: RwSignal::default() };
    let fault = move || copies.fault.get().map(|why| view! { <p class="error" role="alert">{why}</p> });
    view! {
        <header class="head">
            <button type="button" class="btn small quiet" on:click=move |_| route::go(Route::Receipts(None))>{icon("back")}<span>{say::back}</span></button>
            <button type="button" class="btn small push" aria-busy=move || copies.busy.get().to_string() on:click=move |_| copies.print()>
                {icon("print")}<span>{say::print}</span></button>
        </header>
        {fault}
        {body}
    }
    .into_any()
}

/// Printing copies of a receipt, each of which is noted before the paper comes out.
#[derive(Clone, Copy)]
struct Copies {
    id: ReceiptId,
    busy: RwSignal<bool>,
    fault: RwSignal<Option<String>>,
}

impl Copies {
    fn print(self) {
        if self.busy.get_untracked() || !ui::has_paper() {
            return;
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let noted = api::note_reprint(self.id).await;
            // Another receipt may be shown by then: what was noted is not what would be printed.
            if self.busy.try_set(false).is_some() {
                return;
            }
            self.fault.set(noted.as_ref().err().map(explain));
            if noted.is_ok() {
                ui::print();
            }
        });
    }
}

fn found(desk: Desk, stored: StoredReceipt) -> AnyView {
    let body = &stored.sealed.body;
    let (store, seller) = (body.store, body.seller);
    // The till printed the first one, or the customer did not want it.
    let is_duplicate = Signal::stored(true);
    let head = desk.directory.with_untracked(|directory| {
        let name = directory.seller(store, seller);
        match directory.get(store) {
            Some(detail) => ReceiptHead::of(&detail.store, name, is_duplicate),
            None => ReceiptHead { store: direct::store(store), city: String::new(), seller: name, is_duplicate },
        }
    });
    let proof = proof(&stored);
    view! {
        <div class="preview" tabindex="0" role="region" aria-label=say::paper>{receipt(Arc::new(stored.sealed), head)}</div>
        {proof}
    }
    .into_any()
}

/// What proves that it is unchanged. The hash is computed here, from the content as it came.
fn proof(stored: &StoredReceipt) -> AnyView {
    let sealed = &stored.sealed;
    let (class, verdict): (_, fn() -> &'static str) =
        if sealed.is_intact() { ("verdict ok", say::intact) } else { ("verdict bad", say::altered) };
    let (accepted, issued) = (stored.accepted_at, sealed.body.issued_at.unix_millis());
    let wait = u64::try_from(accepted.as_millisecond() - issued).unwrap_or(0);
    let accepted = move || format!("{} (+{})", format::clock(clock::wall(accepted)), format::delay(language(), wait));
    let facts: [(Word, String); 5] = [
        (say::position, stored.position.to_string()),
        (say::hash, sealed.hash.to_string()),
        (say::prev, sealed.body.prev.to_string()),
        (say::signature, sealed.signature.to_string()),
        (say::id, sealed.body.id.to_string()),
    ];
    let fact = |(name, value): (Word, String)| view! { <div><dt>{name}</dt><dd><code>{value}</code></dd></div> };
    view! {
        <section aria-label=say::proof>
            <p class=class>{verdict}</p>
            <dl class="facts proof"><div><dt>{say::accepted}</dt><dd>{accepted}</dd></div>{facts.map(fact).collect_view()}</dl>
        </section>
    }
    .into_any()
}
