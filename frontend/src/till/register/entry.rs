//! Asking for an amount: the float, or what comes and goes.

use super::{Page, Pane, Way};
use crate::format;
use crate::i18n::{common, registers as say};
use crate::ui::{self, keypad, press};
use leptos::prelude::*;
use shared::journal::{Act, MAX_REASON};
use shared::money::Money;

pub(super) fn float(pane: Pane) -> AnyView {
    let amount = RwSignal::new(String::new());
    let send = move || match read(amount) {
        Some(float) => pane.note(Act::SessionOpened { float }, Page::Menu, Some(say::opened)),
        None => pane.fault.set(Some(say::no_amount().to_owned())),
    };
    form(pane, say::open, money(pane, say::float, amount), send)
}

pub(super) fn cash(pane: Pane, way: Way) -> AnyView {
    let (amount, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let title = match way {
        Way::In => say::cash_in,
        Way::Out => say::cash_out,
    };
    let send = move || {
        let reason = reason.with_untracked(|text| text.trim().to_owned());
        match read(amount).filter(|amount| *amount > Money::ZERO) {
            None => pane.fault.set(Some(say::no_amount().to_owned())),
            Some(_) if reason.is_empty() => pane.fault.set(Some(say::no_reason().to_owned())),
            Some(amount) => {
                let act = match way {
                    Way::In => Act::CashIn { amount, reason },
                    Way::Out => Act::CashOut { amount, reason },
                };
                pane.note(act, Page::Menu, Some(say::moved));
            }
        }
    };
    let why = view! {
        <label class="field"><span class="label">{say::reason}</span>
            <input class="input" id="reason" autocomplete="off" placeholder=" " maxlength=MAX_REASON.to_string()
                prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event))/></label>
    };
    form(pane, title, view! { {money(pane, say::amount, amount)}{why} }.into_any(), send)
}

/// An amount that is not below zero.
fn read(amount: RwSignal<String>) -> Option<Money> {
    amount.with_untracked(|text| format::parse_amount(text))
}

fn money(pane: Pane, label: fn() -> &'static str, amount: RwSignal<String>) -> AnyView {
    ui::focus_soon("cash-amount");
    view! {
        <label class="field"><span class="label">{label}</span>
            <span class="input-group"><input class="input" id="cash-amount" inputmode="decimal" autocomplete="off" maxlength="10" placeholder=" "
                prop:value=move || amount.get() on:input=move |event| amount.set(event_target_value(&event))/>
                <span class="unit">{format::sign(pane.till.place().store.currency)}</span></span></label>
    }
    .into_any()
}

fn form(pane: Pane, title: fn() -> &'static str, fields: AnyView, send: impl Fn() + 'static) -> AnyView {
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send();
    };
    view! {
        <form on:submit=submit novalidate aria-labelledby="cash-title">
            <h3 class="label" id="cash-title">{title}</h3>
            {fields}
            {keypad(true)}
            <footer class="actions">
                <button type="button" class="btn" on:click=press(move || pane.show(Page::Menu))>{move || common::words().cancel}</button>
                <button class="btn primary">{say::note}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </form>
    }
    .into_any()
}
