//! The fields of a movement, and what there is to say of it.

use super::form::{Form, Stage};
use super::quantity::Act;
use crate::i18n::common;
use crate::i18n::desk::alerts as say;
use crate::manager::directory::Kind;
use leptos::prelude::*;
use shared::ids::StoreNo;
use shared::quantity::Unit;

/// The quantity's field; one form is open at a time.
pub const QUANTITY: &str = "movement-quantity";
const MESSAGE: &str = "movement-message";

pub fn fields(form: Form) -> AnyView {
    let act = form.order.with_value(|order| order.act);
    let filling = move || matches!(form.stage.get(), Stage::Filling(_));
    let busy = move || form.stage.get() == Stage::Sending;
    let done = move || form.stage.get() == Stage::InLog;
    let word = move || if matches!(form.stage.get(), Stage::Uncertain(_)) { say::send_again() } else { say::send() };
    view! {
        {(act == Act::Transfer).then(|| targets(form))}
        {quantity(form, act)}
        {message(form)}
        <button type="button" class="btn small" disabled=busy on:click=move |_| form.close()>
            {move || if filling() { common::words().cancel } else { say::close() }}</button>
        <button class="btn small primary" aria-busy=move || busy().to_string() disabled=done>{word}</button>
    }
    .into_any()
}

fn quantity(form: Form, act: Act) -> AnyView {
    let label = match act {
        Act::Deliver => say::quantity_received,
        Act::Count => say::quantity_counted,
        Act::Transfer => say::quantity_sent,
    };
    let unit = form.order.with_value(super::form::Order::unit);
    let (sign, mode): (fn() -> &'static str, _) = match unit {
        Unit::Piece => (say::pieces, "numeric"),
        Unit::Kilogram => (say::kilograms, "decimal"),
    };
    // What may have been taken already must not change.
    let fixed = move || !matches!(form.stage.get(), Stage::Filling(_));
    let invalid = move || matches!(form.stage.get(), Stage::Filling(Some(_))).then_some("true");
    view! {
        <label class="field"><span class="label">{label}</span>
            <span class="input-group">
                <input class="input" id=QUANTITY inputmode=mode autocomplete="off" maxlength="12" readonly=fixed
                    aria-invalid=invalid aria-describedby=MESSAGE prop:value=form.text
                    on:input=move |event| form.text.set(event_target_value(&event))
                    on:focus=move |event| select_all(&event)/>
                <span class="unit">{sign}</span></span></label>
    }
    .into_any()
}

/// The proposal is replaced by the first key.
fn select_all(event: &web_sys::FocusEvent) {
    use wasm_bindgen::JsCast;
    if let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.select();
    }
}

fn message(form: Form) -> AnyView {
    let text = move || match form.stage.get() {
        Stage::Filling(Some(error)) => {
            view! { <small class="error" id=MESSAGE role="alert">{error}</small> }.into_any()
        }
        Stage::Uncertain(error) => {
            view! { <small class="error" id=MESSAGE role="alert">{error}" "{say::uncertain}</small> }.into_any()
        }
        Stage::InLog => view! { <small class="hint field" id=MESSAGE role="status">{say::in_log}</small> }.into_any(),
        Stage::Filling(None) | Stage::Sending => ().into_any(),
    };
    text.into_any()
}

/// Stores of the same kind: what is sold for training never reaches a real shelf.
fn targets(form: Form) -> AnyView {
    let from = form.order.with_value(|order| order.store);
    let stores = form.directory.with_untracked(|directory| {
        let kind = directory.get(from).map(|detail| Kind::of(&detail.store));
        let others = directory.stores().filter(|store| store.no != from && Some(Kind::of(store)) == kind);
        others.map(|store| (store.no, store.name.clone())).collect::<Vec<(StoreNo, String)>>()
    });
    if let [(only, _)] = stores.as_slice() {
        form.target.set(Some(*only));
    }
    if stores.is_empty() {
        return view! { <small class="error">{say::no_other_store}</small> }.into_any();
    }
    let option = |(no, name): (StoreNo, String)| {
        let selected = move || form.target.get() == Some(no);
        view! { <option value=no.to_string() selected=selected>{name}</option> }
    };
    view! {
        <label class="field"><span class="label">{say::to_store}</span>
            <select class="select" disabled=move || !matches!(form.stage.get(), Stage::Filling(_))
                on:change=move |event| form.target.set(event_target_value(&event).parse().ok())>
                <option value="" selected=move || form.target.get().is_none()>"…"</option>
                {stores.into_iter().map(option).collect_view()}
            </select></label>
    }
    .into_any()
}
