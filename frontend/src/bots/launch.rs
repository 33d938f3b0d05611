//! The form that starts a simulation.

use super::plan::{Draft, Field};
use super::runs::Runs;
use crate::api;
use crate::format;
use crate::i18n::desk::bots as say;
use crate::i18n::{common, language};
use crate::manager::explain;
use crate::ui::icon;
use leptos::prelude::*;
use web_sys::SubmitEvent;

type Word = fn() -> &'static str;

/// The form's state.
#[derive(Clone, Copy)]
struct Form {
    draft: RwSignal<Draft>,
    wrong: RwSignal<Option<Field>>,
    refused: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    runs: Runs,
}

/// The form.
pub fn form(runs: Runs) -> AnyView {
    let form = Form {
        draft: RwSignal::default(),
        wrong: RwSignal::new(None),
        refused: RwSignal::new(None),
        busy: RwSignal::new(false),
        runs,
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    let error = move || form.refused.get().map(|text| view! { <p class="error" role="alert">{text}</p> });
    view! {
        <form class="card launch" on:submit=submit novalidate>
            <header class="head"><h2>{say::launch}</h2><span class="sim push">{move || common::words().simulation}</span></header>
            <p><small>{say::launch_hint}</small></p>
            <div class="grid">
                {form.field(Field::Stores, say::stores, || "")}
                {form.field(Field::Registers, say::registers, || "")}
                {form.field(Field::Sellers, say::sellers, || "")}
                {form.field(Field::Minutes, say::duration, say::minutes)}
                {form.field(Field::Rate, say::rate, say::rate_unit)}
                {form.field(Field::Seed, say::seed, || "")}
                {form.restock()}
            </div>
            <small>{say::seed_hint}</small>
            {error}
            <footer class="actions"><button class="btn primary" aria-busy=move || form.busy.get().to_string()>{icon("play")}<span>{say::start}</span></button></footer>
        </form>
    }
    .into_any()
}

impl Form {
    fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        match self.draft.with_untracked(Draft::plan) {
            Err(field) => self.wrong.set(Some(field)),
            Ok(plan) => {
                self.wrong.set(None);
                self.busy.set(true);
                leptos::task::spawn_local(async move {
                    let answer = api::start_simulation(&plan).await;
                    if !self.busy.is_disposed() {
                        self.refused.set(answer.err().map(|error| explain(&error)));
                        self.busy.set(false);
                        self.runs.ask();
                    }
                });
            }
        }
    }

    fn field(self, field: Field, label: Word, unit: Word) -> AnyView {
        let value = move || self.draft.with(|draft| field.text(&mut draft.clone()).clone());
        let is_wrong = move || self.wrong.get() == Some(field);
        let id = format!("bots-{field:?}");
        let error = {
            let id = id.clone();
            move || is_wrong().then(|| view! { <small class="error" role="alert" id=id.clone()>{range(field)}</small> })
        };
        view! {
            <label class="field"><span class="label">{label}</span>
                <span class="input-group"><input class="input" inputmode="numeric" autocomplete="off" maxlength="16" prop:value=value
                    aria-invalid=move || is_wrong().then_some("true") aria-describedby=id
                    on:input=move |event| self.draft.update(|draft| *field.text(draft) = event_target_value(&event))/>
                    <span class="unit">{unit}</span></span>
                {error}</label>
        }
        .into_any()
    }

    fn restock(self) -> AnyView {
        let on = move || self.draft.with(|draft| draft.restock);
        let turn = move |_| self.draft.update(|draft| draft.restock = !draft.restock);
        view! {
            <button type="button" class="switch span" role="switch" aria-checked=move || on().to_string() on:click=turn>
                <span>{say::restock}</span></button>
        }
        .into_any()
    }
}

fn range(field: Field) -> String {
    let (least, most) = field.range().into_inner();
    let number = |value| format::number(language(), value);
    say::range(&number(least), &number(most))
}
