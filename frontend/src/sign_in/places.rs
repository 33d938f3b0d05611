//! Where: the stores with their registers.

use super::form::Form;
use crate::i18n::{common, signing_in};
use crate::ui::press;
use leptos::prelude::*;
use shared::api::stores::StoreDetail;
use shared::ids::StoreNo;
use shared::store::{Register, RegisterUse};

pub(super) fn places(form: Form) -> AnyView {
    let stores = form.stores.get_value();
    let places = stores.iter().map(|detail| place(form, detail)).collect_view();
    view! { <fieldset class="places"><legend>{signing_in::places}</legend>{places}</fieldset> }.into_any()
}

fn place(form: Form, detail: &StoreDetail) -> AnyView {
    let store = &detail.store;
    let simulated = store.training.then(|| view! { <span class="sim">{move || common::words().simulation}</span> });
    let registers = detail.registers.iter().map(|register| choice(form, store.no, register)).collect_view();
    view! {
        <article class="place">
            <header><b>{store.name.clone()}</b><small>{store.city.clone()}</small>{simulated}</header>
            <div class="registers">{registers}</div>
        </article>
    }
    .into_any()
}

fn choice(form: Form, store: StoreNo, register: &Register) -> AnyView {
    let (no, kind) = (register.no, register.used_as);
    let chosen = move || (form.store.get() == Some(store) && form.register.get() == Some(no)).to_string();
    let choose = press(move || form.choose(store, no));
    let note = move || match kind {
        RegisterUse::SelfService => signing_in::self_service(),
        RegisterUse::Free => signing_in::free(),
        RegisterUse::Till => "",
    };
    view! {
        <button type="button" class="btn" aria-pressed=chosen disabled=kind == RegisterUse::SelfService on:click=choose>
            <span class="title">{move || (common::words().register)(no)}</span><small>{move || note()}</small>
        </button>
    }
    .into_any()
}
