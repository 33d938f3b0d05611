//! Finding the receipt: by the code on it, or by what somebody remembers of it.

use super::{Pane, brought, reason};
use crate::api;
use crate::format;
use crate::i18n::{common, language, refunding as say};
use crate::till::context::Till;
use crate::ui::{self, keypad, press};
use leptos::prelude::*;
use shared::api::Page;
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::money::Money;
use shared::receipt_code::Reference;
use std::str::FromStr;

/// As many as somebody looks through.
const MOST: u16 = 20;

/// A field cannot be read.
struct Unreadable;

/// What is typed.
#[derive(Clone, Copy)]
struct Form {
    number: RwSignal<String>,
    amount: RwSignal<String>,
    day: RwSignal<String>,
}

pub(super) fn search(pane: Pane) -> AnyView {
    let form = Form { number: RwSignal::default(), amount: RwSignal::default(), day: RwSignal::default() };
    let found = RwSignal::new(None::<Page<StoredReceipt>>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match form.query(pane.till) {
            Ok(query) => pane.wait_for(find(query), move |page| found.set(Some(page))),
            Err(Unreadable) => pane.fault.set(Some(say::unreadable().to_owned())),
        }
    };
    brought::refuse(pane);
    ui::focus_soon("refund-number");
    view! {
        <form on:submit=submit novalidate aria-label=say::find>
            <p class="hint">{say::how}</p>
            <div class="criteria">
                {field(say::number, "refund-number", "text", form.number)}
                {field(say::amount, "refund-amount", "text", form.amount)}
                {field(say::day, "refund-day", "date", form.day)}
            </div>
            {keypad(true)}
            <footer class="actions"><button class="btn primary" aria-busy=move || pane.waits.get().to_string()>
                {say::find}" "<kbd>{move || common::words().enter_key}</kbd></button></footer>
        </form>
        {move || found.get().map(|page| results(pane, page))}
    }
    .into_any()
}

fn field(label: fn() -> &'static str, id: &'static str, kind: &'static str, text: RwSignal<String>) -> AnyView {
    view! {
        <label class="field"><span class="label">{label}</span>
            <input class="input" id=id type=kind inputmode="decimal" autocomplete="off" maxlength="16"
                prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))/></label>
    }
    .into_any()
}

impl Form {
    /// The receipts of this store that are asked for.
    fn query(self, till: Till) -> Result<ReceiptQuery, Unreadable> {
        let amount = self.amount.get_untracked();
        let amount = match amount.trim() {
            "" => None,
            amount => Some(format::parse_amount(amount).ok_or(Unreadable)?),
        };
        let day = read(self.day)?;
        Ok(ReceiptQuery {
            store: Some(till.place().store.no),
            number: read(self.number)?,
            amount,
            from: day,
            to: day,
            limit: Some(MOST),
            ..ReceiptQuery::default()
        })
    }
}

/// What stands in a field, if anything does.
fn read<T: FromStr>(text: RwSignal<String>) -> Result<Option<T>, Unreadable> {
    text.with_untracked(|text| match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Unreadable),
    })
}

async fn find(query: ReceiptQuery) -> Result<Page<StoredReceipt>, String> {
    let mut page = api::find_receipts(&query).await.map_err(|error| reason(&error))?;
    page.items.retain(|found| found.sealed.body.refunds.is_none());
    Ok(page)
}

fn results(pane: Pane, Page { items, next }: Page<StoredReceipt>) -> AnyView {
    let said = match (next, items.is_empty()) {
        (Some(_), _) => Some(say::found_more()),
        (None, true) => Some(say::none()),
        (None, false) => None,
    };
    let list = (!items.is_empty()).then(|| {
        let rows = items.into_iter().map(|found| row(pane, found)).collect_view();
        view! { <ul class="found" aria-label=say::found>{rows}</ul> }
    });
    view! { {said.map(|said| view! { <p role="status">{said}</p> })}{list} }.into_any()
}

fn row(pane: Pane, found: StoredReceipt) -> AnyView {
    let body = &found.sealed.body;
    let number = (common::words().receipt_no)(body.number.get());
    let place = format!("{} · {}", (common::words().register)(body.register), (common::words().series)(&body.series));
    let at = format::moment(language(), body.issued_at);
    let total = money(body.total, pane.till);
    view! {
        <li><button type="button" class="btn" on:click=press(move || pane.open(found.clone(), None))>
            <span><b>{number}</b>" · "{place}<small>{at}</small></span><strong>{total}</strong></button></li>
    }
    .into_any()
}

fn money(amount: Money, till: Till) -> String {
    format::money(language(), amount, till.place().store.currency)
}

/// Opens the receipt that a scanned code names.
pub(super) fn scanned(pane: Pane, code: &str) {
    match Reference::read(code) {
        None => pane.fault.set(Some(say::unreadable_code().to_owned())),
        Some(named) if named.store != pane.till.place().store.no => {
            pane.fault.set(Some(say::other_store().to_owned()));
        }
        Some(named) => pane.wait_for(find_named(named), move |found| pane.open(found, None)),
    }
}

async fn find_named(named: Reference) -> Result<StoredReceipt, String> {
    let query = ReceiptQuery {
        store: Some(named.store),
        register: Some(named.register),
        series: Some(named.series),
        number: Some(named.number),
        ..ReceiptQuery::default()
    };
    let found = api::find_receipts(&query).await.map_err(|error| reason(&error))?.items;
    if found.is_empty() {
        return Err(say::none().to_owned());
    }
    let proven = found.into_iter().find(|found| found.sealed.hash == named.hash);
    proven.ok_or_else(|| say::altered().to_owned())
}
