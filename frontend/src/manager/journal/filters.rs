//! The criteria, as choices over the list: each takes effect at once.

use super::criteria::{Criteria, act_named};
use crate::i18n::desk::journal as say;
use crate::i18n::desk::receipts as words;
use crate::i18n::desk::registers;
use crate::manager::context::Desk;
use crate::manager::filters::{Hidden, filters};
use leptos::prelude::*;
use shared::ids::RegisterNo;
use shared::journal::ActKind;

/// Name and value of an option.
type Choice = (String, String);

pub(super) fn form(desk: Desk, criteria: RwSignal<Criteria>) -> AnyView {
    let stores = move || {
        let scope = desk.scope.get();
        desk.directory.with(|directory| {
            let shown = directory.stores().filter(|store| scope.contains(&store.no));
            shown.map(|store| (store.name.clone(), store.no.to_string())).collect::<Vec<_>>()
        })
    };
    let choices = move || {
        let store = criteria.with(|criteria| criteria.store);
        let detail = desk.directory.with(|directory| directory.get(store?).cloned());
        let numbers = detail.map(|detail| detail.registers).unwrap_or_default();
        let tills = numbers.into_iter().map(|register| register.no);
        let all = tills.chain([RegisterNo::OFFICE]);
        Some(all.map(|no| (registers::name(no), no.to_string())).collect::<Vec<_>>())
    };
    let acts = || ActKind::ALL.iter().map(|act| (say::title(*act).to_owned(), act.as_str().to_owned())).collect();
    let chosen =
        move |read: fn(&Criteria) -> Option<String>| Signal::derive(move || criteria.with(read).unwrap_or_default());
    let store = chosen(|criteria| Some(criteria.store?.to_string()));
    let register = chosen(|criteria| Some(criteria.register?.to_string()));
    let act = chosen(|criteria| Some(criteria.act?.as_str().to_owned()));
    let set = move |change: fn(&mut Criteria, &str)| {
        Callback::new(move |text: String| criteria.update(|criteria| change(criteria, &text)))
    };
    let others = view! {
        {select(words::register, Signal::derive(move || choices().unwrap_or_default()), Some(words::all_stores), register, set(|criteria, text| criteria.register = text.parse().ok()))}
        {select(say::act, Signal::derive(acts), Some(words::all_stores), act, set(|criteria, text| criteria.act = act_named(text)))}
        {day(words::from, set(|criteria, text| criteria.from = text.parse().ok()))}
        {day(words::to, set(|criteria, text| criteria.to = text.parse().ok()))}
    };
    let hidden = move || if criteria.with(|criteria| criteria.is_narrow()) { Hidden::Set } else { Hidden::Unset };
    let store = select(words::store, Signal::derive(stores), None, store, set(choose_store));
    // Each takes effect at once.
    filters(store, others.into_any(), Signal::derive(hidden), || ())
}

/// Another store has other registers.
fn choose_store(criteria: &mut Criteria, text: &str) {
    criteria.store = text.parse().ok();
    criteria.register = None;
}

fn select(
    label: fn() -> &'static str,
    choices: Signal<Vec<Choice>>,
    all: Option<fn() -> &'static str>,
    chosen: Signal<String>,
    choose: Callback<String>,
) -> AnyView {
    let option = move |(name, value): Choice| {
        let own = value.clone();
        view! { <option value=value selected=move || chosen.with(|chosen| *chosen == own)>{name}</option> }
    };
    let every = all.map(|all| view! { <option value="" selected=move || chosen.with(String::is_empty)>{all}</option> });
    view! {
        <label class="field"><span class="label">{label}</span>
            <select class="select" on:change=move |event| choose.run(event_target_value(&event))>
                {every}{move || choices.get().into_iter().map(option).collect_view()}
            </select></label>
    }
    .into_any()
}

fn day(label: fn() -> &'static str, choose: Callback<String>) -> AnyView {
    view! {
        <label class="field"><span class="label">{label}</span>
            <input class="input" type="date" on:change=move |event| choose.run(event_target_value(&event))/></label>
    }
    .into_any()
}
