//! Who: number and PIN, by keyboard or by number pad.

use super::Door;
use super::form::{Field, Form};
use crate::i18n::{common, signing_in};
use crate::ui::{self, keypad};
use leptos::prelude::*;
use web_sys::SubmitEvent;

pub(super) fn person(form: Form) -> AnyView {
    ui::focus_soon("number");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        next_or_submit(form);
    };
    let fault =
        move || form.fault.get().map(|fault| view! { <p class="error" role="alert">{fault.text()}</p> }.into_any());
    let open = move || match form.door {
        Door::Till => signing_in::open_till(),
        Door::Desk => signing_in::open_desk(),
    };
    view! {
        <form class="person" on:submit=submit novalidate>
            <h2>{signing_in::person}</h2>
            {(form.door == Door::Desk).then(|| store_choice(form))}
            {number(form)}
            {pin(form)}
            {keypad(false)}
            {move || fault()}
            <button class="btn primary large" aria-busy=move || form.busy.get().to_string()>
                {move || open()} <kbd>{move || common::words().enter_key}</kbd>
            </button>
        </form>
    }
    .into_any()
}

/// Enter goes from the number to the PIN, and from there on.
fn next_or_submit(form: Form) {
    let at_number = form.field.get_untracked() == Field::Number && form.pin.with_untracked(String::is_empty);
    if at_number && !form.number.with_untracked(String::is_empty) {
        ui::focus("pin");
    } else {
        form.submit();
    }
}

fn number(form: Form) -> AnyView {
    view! {
        <label class="field"><span class="label">{signing_in::number} <output>{move || form.name()}</output></span>
            <input class="input" id="number" inputmode="numeric" autocomplete="username" maxlength="5"
                prop:value=move || form.number.get()
                on:input=move |event| form.number.set(event_target_value(&event))
                on:focus=move |_| form.field.set(Field::Number)/></label>
    }
    .into_any()
}

fn pin(form: Form) -> AnyView {
    view! {
        <label class="field"><span class="label">{signing_in::pin}</span>
            <input class="input pin" id="pin" type="password" inputmode="numeric" autocomplete="current-password" maxlength="12"
                prop:value=move || form.pin.get()
                on:input=move |event| form.pin.set(event_target_value(&event))
                on:focus=move |_| form.field.set(Field::Pin)/></label>
    }
    .into_any()
}

fn store_choice(form: Form) -> AnyView {
    let stores = form.stores.get_value();
    let options = stores.iter().map(|detail| {
        let no = detail.store.no;
        let selected = move || form.store.get() == Some(no);
        view! { <option value=no.to_string() selected=selected>{detail.store.name.clone()}</option> }
    });
    let choose = move |event| form.store.set(event_target_value(&event).parse().ok());
    view! {
        <label class="field"><span class="label">{signing_in::store}</span>
            <select class="select" on:change=choose>{options.collect_view()}</select></label>
    }
    .into_any()
}
