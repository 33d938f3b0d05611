//! The receipts that meet all criteria, page by page.

use super::criteria::Criteria;
use crate::api::{self, ApiError};
use crate::format;
use crate::i18n::desk::{direct, receipts as say};
use crate::i18n::{common, language};
use crate::manager::context::Desk;
use crate::manager::failed;
use crate::manager::route::Route;
use crate::ui::{Empty, empty};
use leptos::prelude::*;
use shared::api::Page;
use shared::api::receipts::StoredReceipt;
use shared::ids::ReceiptId;

type Answer = Result<Page<StoredReceipt>, ApiError>;

pub fn card(desk: Desk, criteria: RwSignal<Criteria>, open: Memo<Option<ReceiptId>>) -> AnyView {
    // The cursors of the pages that were turned; the last one is that of the page shown.
    let cursors = RwSignal::new(Vec::<String>::new());
    Effect::new(move || {
        criteria.track();
        cursors.update(Vec::clear);
    });
    let answer = LocalResource::new(move || {
        let query = criteria.with(Criteria::query);
        let cursor = cursors.with(|cursors| cursors.last().cloned());
        async move {
            match query {
                Ok(query) => api::find_receipts(&shared::api::receipts::ReceiptQuery { cursor, ..query }).await,
                Err(_) => Ok(Page { items: Vec::new(), next: None }),
            }
        }
    });
    let again = Callback::new(move |()| answer.refetch());
    let body = move || {
        match answer.get() {
        None => view! { <div class="empty" aria-busy="true"><span class="spinner" role="status"><span class="visually-hidden">{common::words().loading}</span></span></div> }.into_any(),
        Some(Err(error)) => failed("offline", &error, again),
        Some(Ok(page)) if page.items.is_empty() => nothing(),
        Some(Ok(page)) => table(desk, page.items, open),
    }
    };
    view! {
        <section class="card fill">
            <header class="head"><h2>{move || say::page(cursors.with(Vec::len) + 1)}</h2>{pages(cursors, answer, again)}</header>
            {body}
        </section>
    }
    .into_any()
}

fn pages(cursors: RwSignal<Vec<String>>, answer: LocalResource<Answer>, again: Callback<()>) -> AnyView {
    let next = move || answer.get().and_then(Result::ok).and_then(|page| page.next);
    let first = move || cursors.with(Vec::is_empty);
    let newer = move |_| cursors.update(|cursors| drop(cursors.pop()));
    let older = move |_| {
        if let Some(next) = untrack(next) {
            cursors.update(|cursors| cursors.push(next));
        }
    };
    view! {
        <button type="button" class="btn small quiet push" on:click=move |_| again.run(())>{say::refresh}</button>
        <button type="button" class="btn small" disabled=first on:click=newer>{say::newer}</button>
        <button type="button" class="btn small" disabled=move || next().is_none() on:click=older>{say::older}</button>
    }
    .into_any()
}

fn nothing() -> AnyView {
    let title = Signal::derive(|| say::none().to_owned());
    let hint = Signal::derive(|| say::none_hint().to_owned());
    empty(Empty { icon: "receipt", bad: false, title, hint }, ().into_any())
}

fn table(desk: Desk, items: Vec<StoredReceipt>, open: Memo<Option<ReceiptId>>) -> AnyView {
    let rows = items.into_iter().map(|stored| row(desk, &stored, open)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::paper>
            <table class="table dense">
                <thead><tr><th scope="col">{say::number}</th><th scope="col" class="desktop-only">{say::issued}</th>
                    <th scope="col" class="cut">{say::origin}</th><th scope="col" class="num">{say::total}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(desk: Desk, stored: &StoredReceipt, open: Memo<Option<ReceiptId>>) -> AnyView {
    let body = &stored.sealed.body;
    let (id, store, register, seller) = (body.id, body.store, body.register, body.seller);
    let (number, total, currency, issued) = (body.number.get(), body.total, body.currency, body.issued_at);
    let place = move || {
        desk.directory
            .with(|directory| direct::place(&directory.name(store), register, &directory.seller(store, seller)))
    };
    view! {
        <tr aria-selected=move || (open.get() == Some(id)).to_string()>
            <td><a href=Route::Receipts(Some(id)).href()>{move || direct::receipt_number(&format::number(language(), number))}</a></td>
            <td class="desktop-only"><small>{move || format::moment(language(), issued)}</small></td>
            <td class="cut">{place}</td>
            <td class="num">{move || format::money(language(), total, currency)}</td>
        </tr>
    }
    .into_any()
}
