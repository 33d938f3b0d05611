//! Signing in: where, then who.

mod form;
mod person;
mod places;
mod reception;

pub use reception::{Online, Reception, Refusal};

use crate::i18n::{common, signing_in};
use crate::ui::{Empty, empty, menu, press, waiting};
use form::Form;
use leptos::prelude::*;
use shared::api::sessions::Session;
use shared::api::stores::StoreDetail;
use shared::ids::RegisterNo;
use std::rc::Rc;

/// Which page is signed in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The till: a register is chosen too.
    Till,
    /// The manager's desk.
    Desk,
}

/// Who signed in, and at which register where the page asks for one.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who and where.
    pub session: Session,
    /// At which register.
    pub register: Option<RegisterNo>,
}

/// The sign-in page.
pub fn sign_in(door: Door, reception: Rc<dyn Reception>, on_done: Callback<SignedIn>) -> AnyView {
    let reception = StoredValue::new_local(reception);
    let stores = RwSignal::new(None);
    let again = Callback::new(move |()| {
        stores.set(None);
        let asked = reception.with_value(|reception| reception.stores());
        leptos::task::spawn_local(async move { stores.set(Some(asked.await)) });
    });
    again.run(());
    let body = move || match stores.get() {
        None => waiting(),
        Some(Err(error)) => failed(Signal::derive(move || error.text()), again),
        Some(Ok(found)) if found.is_empty() => failed(Signal::derive(|| signing_in::no_stores().to_owned()), again),
        Some(Ok(found)) => panel(door, found, reception, on_done),
    };
    let on_the_way = move || Some(reception.with_value(|reception| reception.on_the_way())).filter(|count| *count > 0);
    let (title, hint): (Word, Word) = match door {
        Door::Till => (signing_in::welcome_till, signing_in::welcome_till_hint),
        Door::Desk => (signing_in::welcome_desk, signing_in::welcome_desk_hint),
    };
    view! {
        <main class="sign-in">
            <div class="corner">{menu(view! { <span>"FR · EN"</span> }.into_any(), || ().into_any())}</div>
            <header class="welcome"><span class="brand">"Comptoir"</span><h1>{move || title()}</h1><p>{move || hint()}</p></header>
            {move || body()}
            <p class="on-the-way" role="status">{move || on_the_way().map(signing_in::on_the_way)}</p>
        </main>
    }
    .into_any()
}

type AtReception = StoredValue<Rc<dyn Reception>, LocalStorage>;

/// A word in the language that is chosen when it is shown.
type Word = fn() -> &'static str;

fn failed(hint: Signal<String>, again: Callback<()>) -> AnyView {
    let title = Signal::derive(|| signing_in::sign_in().to_owned());
    let retry = view! { <button class="btn primary" on:click=press(move || again.run(()))>{move || common::words().retry}</button> };
    empty(Empty { icon: "offline", bad: true, title, hint }, retry.into_any())
}

fn panel(door: Door, stores: Vec<StoreDetail>, reception: AtReception, on_done: Callback<SignedIn>) -> AnyView {
    let training = stores.iter().any(|detail| detail.store.training);
    let form = Form::remembered(door, stores, reception, on_done);
    let hint = training.then(|| view! { <aside class="demo">{signing_in::training_hint}</aside> });
    match door {
        Door::Till => {
            view! { <section class="panel">{places::places(form)}{person::person(form)}</section>{hint} }.into_any()
        }
        Door::Desk => view! { <section class="panel narrow">{person::person(form)}</section>{hint} }.into_any(),
    }
}

/// The register that this browser was last signed in at, if it is in that store.
pub fn remembered_register(session: &Session) -> Option<RegisterNo> {
    form::remembered_place().filter(|(store, _)| *store == session.store.no).map(|(_, register)| register)
}
