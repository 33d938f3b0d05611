//! Setting up an installation that has nothing yet: the first store, its register and its manager.

mod done;
mod draft;
mod fields;
mod form;

use super::explain;
use crate::api::{self, ApiError};
use crate::i18n::desk::setup as say;
use crate::i18n::{common, signing_in};
use crate::ui::{Empty, empty, menu, waiting};
use leptos::prelude::*;
use shared::api::sessions::Session;

/// The path of this page; its fragment may hold the code.
const PATH: &str = "/setup";

/// How far it is.
#[derive(Clone)]
enum Stage {
    /// The server is being asked whether there is anything to do.
    Asking,
    /// The server cannot be asked.
    Unheard(ApiError),
    /// To be filled in.
    Needed,
    /// There is a manager already.
    Already,
    /// Made, and its manager is signed in.
    Done(Box<Session>),
}

/// Whether the address is this page's.
pub fn is_here() -> bool {
    window().location().pathname().is_ok_and(|path| path == PATH)
}

/// The page.
pub fn page() -> AnyView {
    let stage = RwSignal::new(Stage::Asking);
    ask(stage);
    let body = move || match stage.get() {
        Stage::Asking => waiting(),
        Stage::Unheard(error) => unheard(stage, &error),
        Stage::Needed => form::form(Callback::new(move |session| stage.set(Stage::Done(Box::new(session))))),
        Stage::Already => already(),
        Stage::Done(session) => done::done(&session),
    };
    view! {
        <main class="sign-in">
            <div class="corner">{menu(view! { <span>"FR · EN"</span> }.into_any(), || ().into_any())}</div>
            <header class="welcome"><span class="brand">"Comptoir"</span><h1>{say::title}</h1><p>{say::hint}</p></header>
            {body}
        </main>
    }
    .into_any()
}

fn ask(stage: RwSignal<Stage>) {
    stage.set(Stage::Asking);
    leptos::task::spawn_local(async move {
        stage.set(match api::is_set_up().await {
            Ok(false) => Stage::Needed,
            Ok(true) => Stage::Already,
            Err(error) => Stage::Unheard(error),
        });
    });
}

fn unheard(stage: RwSignal<Stage>, error: &ApiError) -> AnyView {
    let retry =
        view! { <button class="btn primary" on:click=move |_| ask(stage)>{move || common::words().retry}</button> };
    let title = Signal::derive(|| say::unheard().to_owned());
    empty(Empty { icon: "offline", bad: true, title, hint: Signal::stored(explain(error)) }, retry.into_any())
}

fn already() -> AnyView {
    let title = Signal::derive(|| say::already().to_owned());
    let hint = Signal::derive(|| say::already_hint().to_owned());
    let go = view! { <a class="btn primary" href="/manager">{signing_in::open_desk}</a> };
    empty(Empty { icon: "check", bad: false, title, hint }, go.into_any())
}
