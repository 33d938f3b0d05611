//! The receipts that meet all criteria, page by page.

use super::criteria::Criteria;
use crate::api;
use crate::format;
use crate::i18n::desk::{direct, receipts as say};
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::pager::{Cursors, pager};
use crate::manager::route::Route;
use crate::ui::{Empty, empty};
use leptos::prelude::*;
use shared::api::Page;
use shared::api::receipts::StoredReceipt;
use shared::ids::ReceiptId;

pub fn card(desk: Desk, criteria: RwSignal<Criteria>, open: Memo<Option<ReceiptId>>) -> AnyView {
    let cursors = Cursors::new(move || criteria.track());
    let answer = LocalResource::new(move || {
        let (query, cursor) = (criteria.with(Criteria::query), cursors.last());
        async move {
            match query {
                Ok(query) => api::find_receipts(&shared::api::receipts::ReceiptQuery { cursor, ..query }).await,
                Err(_) => Ok(Page { items: Vec::new(), next: None }),
            }
        }
    });
    pager(cursors, answer, move |items| table(desk, items, open), nothing)
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
            <table class="table dense stacked" role="table">
                <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{say::number}</th><th role="columnheader" scope="col">{say::issued}</th>
                    <th role="columnheader" scope="col" class="cut">{say::origin}</th><th role="columnheader" scope="col" class="num">{say::total}</th></tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
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
        <tr role="row" aria-selected=move || (open.get() == Some(id)).to_string()>
            <td role="cell" class="lead"><a href=Route::Receipts(Some(id)).href()>{move || direct::receipt_number(&format::number(language(), number))}</a></td>
            <td role="cell"><small>{move || format::moment(language(), issued)}</small></td>
            <td role="cell" class="cut whole">{place}</td>
            <td role="cell" class="num trail">{move || format::money(language(), total, currency)}</td>
        </tr>
    }
    .into_any()
}
