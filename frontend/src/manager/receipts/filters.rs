//! The criteria, as a form over the list.

use super::criteria::{Criteria, Field};
use crate::i18n::desk::receipts as say;
use crate::manager::context::Desk;
use crate::manager::filters::{Hidden, filters};
use crate::ui::icon;
use leptos::prelude::*;

type Word = fn() -> &'static str;

/// The form; `criteria` changes when it is sent with fields that can all be read.
pub fn form(desk: Desk, criteria: RwSignal<Criteria>) -> AnyView {
    let draft = RwSignal::new(criteria.get_untracked());
    let fault = RwSignal::new(None::<Field>);
    let send = move || match draft.with_untracked(Criteria::query) {
        Ok(_) => {
            fault.set(None);
            criteria.set(draft.get_untracked());
        }
        Err(field) => fault.set(Some(field)),
    };
    let clear = move |_| {
        draft.set(Criteria::default());
        send();
    };
    let input = move |field, label, mode| input(draft, fault, field, label, mode);
    let others = view! {
        {input(Field::Number, say::number, "numeric")}
        {input(Field::Register, say::register, "numeric")}
        {input(Field::Seller, say::seller, "numeric")}
        {input(Field::Amount, say::amount, "decimal")}
        {input(Field::Product, say::product, "text")}
        {input(Field::From, say::from, "date")}
        {input(Field::To, say::to, "date")}
        <button class="btn primary">{icon("search")}<span>{say::find}</span></button>
        <button type="button" class="btn quiet" on:click=clear>{say::clear}</button>
    };
    let hidden = move || {
        if fault.get().is_some() {
            Hidden::Refused
        } else if criteria.with(Criteria::is_narrow) {
            Hidden::Set
        } else {
            Hidden::Unset
        }
    };
    let store = store(desk, draft, Callback::new(move |()| send()));
    filters(store, others.into_any(), Signal::derive(hidden), send)
}

fn store(desk: Desk, draft: RwSignal<Criteria>, send: Callback<()>) -> AnyView {
    let options = move || {
        let scope = desk.scope.get();
        desk.directory.with(|directory| {
            let shown = directory.stores().filter(|store| scope.contains(&store.no));
            shown.map(|store| (store.no.to_string(), store.name.clone())).map(option(draft)).collect_view()
        })
    };
    let choose = move |event| {
        draft.update(|draft| draft.store = event_target_value(&event));
        send.run(());
    };
    view! {
        <label class="field"><span class="label">{say::store}</span>
            <select class="select" on:change=choose>
                <option value="" selected=move || draft.with(|draft| draft.store.is_empty())>{say::all_stores}</option>
                {options}
            </select></label>
    }
    .into_any()
}

fn option(draft: RwSignal<Criteria>) -> impl Fn((String, String)) -> AnyView {
    move |(no, name)| {
        let value = no.clone();
        view! { <option value=value selected=move || draft.with(|draft| draft.store == no)>{name}</option> }.into_any()
    }
}

fn input(
    draft: RwSignal<Criteria>,
    fault: RwSignal<Option<Field>>,
    field: Field,
    label: Word,
    mode: &'static str,
) -> AnyView {
    let value = move || draft.with(|draft| text(draft, field).clone());
    let is_wrong = move || fault.get() == Some(field);
    let kind = if mode == "date" { "date" } else { "text" };
    let id = format!("filter-{field:?}");
    let error = {
        let id = id.clone();
        move || is_wrong().then(|| view! { <small class="error" role="alert" id=id.clone()>{rule(field)}</small> })
    };
    view! {
        <label class="field"><span class="label">{label}</span>
            <input class="input" type=kind inputmode=mode autocomplete="off" maxlength="32" prop:value=value
                aria-invalid=move || is_wrong().then_some("true") aria-describedby=id
                on:input=move |event| draft.update(|draft| *text_mut(draft, field) = event_target_value(&event))/>
            {error}</label>
    }
    .into_any()
}

fn rule(field: Field) -> &'static str {
    match field {
        Field::Store | Field::Register | Field::Seller | Field::Number => say::wrong_number(),
        Field::Product => say::wrong_product(),
        Field::Amount => say::wrong_amount(),
        Field::From | Field::To => say::wrong_day(),
    }
}

const fn text(criteria: &Criteria, field: Field) -> &String {
    match field {
        Field::Store => &criteria.store,
        Field::Register => &criteria.register,
        Field::Seller => &criteria.seller,
        Field::Number => &criteria.number,
        Field::Product => &criteria.product,
        Field::Amount => &criteria.amount,
        Field::From => &criteria.from,
        Field::To => &criteria.to,
    }
}

const fn text_mut(criteria: &mut Criteria, field: Field) -> &mut String {
    match field {
        Field::Store => &mut criteria.store,
        Field::Register => &mut criteria.register,
        Field::Seller => &mut criteria.seller,
        Field::Number => &mut criteria.number,
        Field::Product => &mut criteria.product,
        Field::Amount => &mut criteria.amount,
        Field::From => &mut criteria.from,
        Field::To => &mut criteria.to,
    }
}
