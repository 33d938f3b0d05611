//! The entries that meet all criteria, page by page.

use super::criteria::Criteria;
use crate::api;
use crate::format;
use crate::i18n::desk::journal as say;
use crate::i18n::desk::receipts as words;
use crate::i18n::desk::registers;
use crate::i18n::{common, language};
use crate::manager::context::Desk;
use crate::manager::pager::{Cursors, pager};
use crate::manager::route::Route;
use crate::ui::{Empty, empty};
use leptos::prelude::*;
use shared::api::Page;
use shared::api::journal::StoredEntry;
use shared::journal::{Act, JournalEntry};

pub(super) fn card(desk: Desk, criteria: RwSignal<Criteria>) -> AnyView {
    let cursors = Cursors::new(move || criteria.track());
    let answer = LocalResource::new(move || {
        let query = criteria.get().query(cursors.last());
        async move {
            match query {
                Some(query) => api::find_entries(&query).await,
                None => Ok(Page { items: Vec::new(), next: None }),
            }
        }
    });
    pager(cursors, answer, move |items| table(desk, items), nothing)
}

fn nothing() -> AnyView {
    let title = Signal::derive(|| say::none().to_owned());
    let hint = Signal::derive(|| say::none_hint().to_owned());
    empty(Empty { icon: "receipt", bad: false, title, hint }, ().into_any())
}

fn table(desk: Desk, items: Vec<StoredEntry>) -> AnyView {
    let rows = items.into_iter().map(|stored| row(desk, stored.sealed.body)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::journal>
            <table class="table dense stacked" role="table">
                <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{say::when}</th><th role="columnheader" scope="col">{say::act}</th><th role="columnheader" scope="col" class="cut">{say::detail}</th>
                    <th role="columnheader" scope="col">{words::register}</th><th role="columnheader" scope="col">{say::who}</th></tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(desk: Desk, entry: JournalEntry) -> AnyView {
    let (at, store, kind) = (entry.at, entry.store, entry.entry.kind());
    let (register, series, number) = (entry.register, entry.series, entry.number);
    let place = move || format!("{} · {number}", registers::place(register, &series));
    let person = move |no| desk.directory.with(|directory| directory.seller(store, no));
    let (by, manager) = (entry.by, entry.manager);
    let who = move || {
        let allowed = manager.map(|manager| say::allowed_by(&person(manager))).unwrap_or_default();
        format!("{}{allowed}", desk.directory.with(|directory| directory.author(store, by)))
    };
    let act = entry.entry;
    view! {
        <tr role="row" data-act=kind.as_str()>
            <td role="cell" class="trail"><small>{move || format::moment(language(), at)}</small></td>
            <td role="cell" class="lead">{move || say::title(kind)}</td>
            <td role="cell" class="cut whole">{detail(desk, store, act)}</td>
            <td role="cell"><small>{place}</small></td>
            <td role="cell"><small>{who}</small></td>
        </tr>
    }
    .into_any()
}

fn detail(desk: Desk, store: shared::ids::StoreNo, act: Act) -> AnyView {
    if let Act::Refunded { number, receipt, .. } | Act::Reprinted { number, receipt } = act {
        let name = move || (common::words().receipt_no)(number.get());
        return view! { <a href=Route::Receipts(Some(receipt)).href()>{name}</a> }.into_any();
    }
    let currency = move || desk.directory.with(|directory| directory.currency(store));
    (move || say::particulars(&act, currency())).into_any()
}
