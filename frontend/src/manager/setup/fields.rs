//! The fields, in the order in which one thinks of them.

use super::draft::Field;
use super::form::Form;
use crate::i18n::desk::setup as say;
use leptos::prelude::*;

/// Where what is wrong is said.
const FAULT: &str = "setup-fault";

/// What a field is, besides its name.
#[derive(Clone, Copy)]
struct Kind {
    input: &'static str,
    mode: &'static str,
    complete: &'static str,
    longest: &'static str,
}

const TEXT: Kind = Kind { input: "text", mode: "text", complete: "off", longest: "80" };
const PIN: Kind = Kind { input: "password", mode: "numeric", complete: "new-password", longest: "12" };

/// The name of a field's element.
pub(super) const fn id(field: Field) -> &'static str {
    match field {
        Field::Code => "setup-code",
        Field::Name => "setup-name",
        Field::City => "setup-city",
        Field::Siret => "setup-siret",
        Field::TimeZone => "setup-time-zone",
        Field::Manager => "setup-manager",
        Field::Pin => "setup-pin",
        Field::Again => "setup-again",
    }
}

pub(super) fn fields(form: Form) -> AnyView {
    let fault = move || form.fault().map(|text| view! { <p class="error" id=FAULT role="alert">{text}</p> }.into_any());
    view! {
        <fieldset class="person"><legend>{say::store}</legend>
            {field(form, Field::Name, say::name, TEXT)}
            {field(form, Field::City, say::city, TEXT)}
            {field(form, Field::Siret, say::siret, Kind { mode: "numeric", longest: "20", ..TEXT })}
            {field(form, Field::TimeZone, say::time_zone, TEXT)}
            {training(form)}
        </fieldset>
        <fieldset class="person"><legend>{say::manager}</legend>
            {field(form, Field::Manager, say::manager_name, Kind { complete: "name", longest: "40", ..TEXT })}
            {field(form, Field::Pin, say::pin, PIN)}
            {field(form, Field::Again, say::again, PIN)}
            {field(form, Field::Code, say::code, Kind { longest: "30", ..TEXT })}
            <small class="hint">{say::code_hint}</small>
            {fault}
            <button class="btn primary large" aria-busy=move || form.busy.get().to_string()>{say::set_up}</button>
        </fieldset>
    }
    .into_any()
}

fn field(form: Form, field: Field, label: fn() -> &'static str, kind: Kind) -> AnyView {
    let wrong = move || form.is_wrong(field).then_some("true");
    let described = move || form.is_wrong(field).then_some(FAULT);
    let value = move || form.draft.with(|draft| field.text(&mut draft.clone()).clone());
    let typed = move |event| {
        form.fault.set(None);
        form.draft.update(|draft| *field.text(draft) = event_target_value(&event));
    };
    view! {
        <label class="field"><span class="label">{label}</span>
            <input class="input" id=id(field) type=kind.input inputmode=kind.mode autocomplete=kind.complete maxlength=kind.longest
                aria-invalid=wrong aria-describedby=described prop:value=value on:input=typed/></label>
    }
    .into_any()
}

fn training(form: Form) -> AnyView {
    let on = move || form.draft.with(|draft| draft.training).to_string();
    let toggle = move |_| form.draft.update(|draft| draft.training = !draft.training);
    view! {
        <button type="button" class="switch" role="switch" aria-checked=on on:click=toggle><span>{say::training}</span></button>
        <small class="hint">{say::training_hint}</small>
    }
    .into_any()
}
