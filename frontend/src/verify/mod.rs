//! The page that verifies an export of receipts: in this browser alone, with no server and no network.

mod known;
mod lines;
mod reading;
mod verdict;

use crate::browser::file::{self, Chosen};
use crate::i18n::{common, verify as say};
use crate::ui::{icon, menu};
use leptos::prelude::*;
use reading::Outcome;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, HtmlInputElement};

/// The element that takes a file.
const CHOICE: &str = "export";

/// How far it is.
#[derive(Clone)]
enum Stage {
    /// Nothing is chosen.
    Waiting,
    /// A file of this name and so many bytes is being read.
    Reading(String, f64),
    /// A file of this name has been read.
    Read(String, Outcome),
}

/// The page.
pub fn page() -> AnyView {
    let (stage, progress) = (RwSignal::new(Stage::Waiting), RwSignal::new(0));
    let known = RwSignal::new(String::new());
    let take = Callback::new(move |chosen: Chosen| start(stage, progress, known.get_untracked(), chosen));
    let said = move || match stage.get() {
        Stage::Waiting => ().into_any(),
        Stage::Reading(name, size) => reading_view(name, size, progress),
        Stage::Read(name, outcome) => verdict::verdict(name, outcome),
    };
    view! {
        <main class="sign-in verify">
            <div class="corner">{menu(view! { <span>"FR · EN"</span> }.into_any(), || ().into_any())}</div>
            <header class="welcome"><a class="brand" href="/">"Comptoir"</a><h1>{say::title}</h1><p>{say::hint}</p></header>
            {known_keys(known)}
            {choice(stage, take)}
            <div class="said" role="status" aria-live="polite">{said}</div>
        </main>
    }
    .into_any()
}

/// Where keys are named that are known from elsewhere.
fn known_keys(known: RwSignal<String>) -> AnyView {
    view! {
        <label class="field"><span class="label">{say::known}</span>
            <textarea class="input" id="known" rows="2" spellcheck="false" autocomplete="off"
                on:input=move |event| known.set(event_target_value(&event))></textarea>
            <small>{say::known_hint}</small></label>
    }
    .into_any()
}

/// Where a file is chosen, or let fall.
fn choice(stage: RwSignal<Stage>, take: Callback<Chosen>) -> AnyView {
    let (over, busy) = (RwSignal::new(false), move || matches!(stage.get_untracked(), Stage::Reading(..)));
    let chosen = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            input.files().as_ref().and_then(file::first).into_iter().for_each(|file| take.run(file));
            // The same file chosen again is read again.
            input.set_value("");
        }
    };
    let drag = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let fall = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if busy() {
            return;
        }
        let files = event.data_transfer().and_then(|data| data.files());
        files.as_ref().and_then(file::first).into_iter().for_each(|file| take.run(file));
    };
    view! {
        <label class="drop" class:over=move || over.get() for=CHOICE on:dragover=drag on:dragleave=move |_| over.set(false) on:drop=fall>
            {icon("receipt")}<b>{say::choose}</b><small>{say::choose_hint}</small>
            <input id=CHOICE type="file" accept=".jsonl,.json,.txt" disabled=move || matches!(stage.get(), Stage::Reading(..)) on:change=chosen/>
        </label>
    }
    .into_any()
}

fn start(stage: RwSignal<Stage>, progress: RwSignal<usize>, known: String, chosen: Chosen) {
    let name = chosen.name();
    progress.set(0);
    stage.set(Stage::Reading(name.clone(), chosen.size()));
    leptos::task::spawn_local(async move {
        let outcome = reading::verify(&chosen, &known, |read| progress.set(read)).await;
        stage.set(Stage::Read(name, outcome));
    });
}

fn reading_view(name: String, size: f64, progress: RwSignal<usize>) -> AnyView {
    view! {
        <div class="card"><p>{move || common::words().loading}" "<b>{name}</b></p>
            <progress max=size.to_string() value=move || progress.get().to_string() aria-label=say::title></progress></div>
    }
    .into_any()
}
