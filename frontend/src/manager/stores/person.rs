//! The form of somebody who begins, or who is changed or dismissed.

use super::draft::{Draft, Field};
use super::staff::Staff;
use crate::api::{self, ApiError};
use crate::i18n::common;
use crate::i18n::desk::{setup, stores as say};
use crate::manager::explain;
use crate::ui;
use leptos::prelude::*;
use shared::store::{Role, Seller};
use std::pin::Pin;
use web_sys::{KeyboardEvent, SubmitEvent};

/// Where what is wrong is said.
const FAULT: &str = "person-fault";

/// The form's state.
#[derive(Clone, Copy)]
struct Form {
    staff: Staff,
    /// Whom it changes; nobody where somebody begins.
    before: StoredValue<Option<Seller>>,
    draft: RwSignal<Draft>,
    wrong: RwSignal<Option<Field>>,
    fault: RwSignal<Option<String>>,
    /// Whether dismissing waits for a second press.
    is_sure: RwSignal<bool>,
}

type Answer = Pin<Box<dyn Future<Output = Result<(), ApiError>>>>;

pub(super) fn form(staff: Staff, before: Option<Seller>) -> AnyView {
    let form = Form {
        staff,
        draft: RwSignal::new(Draft::of(before.as_ref())),
        before: StoredValue::new(before),
        wrong: RwSignal::default(),
        fault: RwSignal::default(),
        is_sure: RwSignal::default(),
    };
    ui::focus_soon(Field::Name.id());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            staff.close();
        }
    };
    let fault = move || form.said().map(|text| view! { <p class="error" id=FAULT role="alert">{text}</p> });
    view! {
        <form class="person-form" on:submit=submit on:keydown=escape novalidate>
            {form.field(Field::Name, setup::manager_name, "text")}
            {form.role()}
            {form.field(Field::Pin, setup::pin, "password")}
            {form.field(Field::Again, setup::again, "password")}
            {form.before.with_value(Option::is_some).then(|| view! { <small class="hint">{say::pin_hint}</small> })}
            {fault}
            {move || form.acts()}
        </form>
    }
    .into_any()
}

impl Form {
    fn submit(self) {
        let (draft, store) = (self.draft.get_untracked(), self.staff.store);
        let asked: Result<Answer, Field> = match self.before.get_value() {
            None => draft.hire().map(|new| Box::pin(async move { api::hire(store, &new).await.map(|_| ()) }) as Answer),
            Some(seller) => draft.change(&seller).map(|change| {
                Box::pin(async move { api::change_seller(store, seller.no, &change).await.map(|_| ()) }) as Answer
            }),
        };
        match asked {
            Ok(answer) => self.send(answer),
            Err(field) => {
                self.wrong.set(Some(field));
                ui::focus(field.id());
            }
        }
    }

    fn dismiss(self) {
        let Some(seller) = self.before.get_value() else { return };
        let store = self.staff.store;
        self.send(Box::pin(async move { api::dismiss(store, seller.no).await }));
    }

    fn send(self, answer: Answer) {
        let busy = self.staff.busy;
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        self.wrong.set(None);
        self.fault.set(None);
        leptos::task::spawn_local(async move {
            let answer = answer.await;
            // Another store may be shown by now; otherwise its staff is asked for again.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.staff.desk.said.set(say::saved().to_owned());
                    self.staff.close();
                }
                Err(error) => {
                    self.is_sure.set(false);
                    self.fault.set(Some(explain(&error)));
                }
            }
        });
    }

    fn said(self) -> Option<String> {
        let wrong = self.wrong.get().map(|field| setup::wrong(field.wrong()).to_owned());
        wrong.or_else(|| self.fault.get())
    }

    fn field(self, field: Field, label: fn() -> &'static str, kind: &'static str) -> AnyView {
        let is_pin = kind == "password";
        let (mode, longest) = if is_pin { ("numeric", "12") } else { ("text", "40") };
        let is_wrong = move || self.wrong.get() == Some(field);
        let value = move || self.draft.with(|draft| field.text(&mut draft.clone()).clone());
        let typed = move |event| {
            self.wrong.set(None);
            self.draft.update(|draft| *field.text(draft) = event_target_value(&event));
        };
        view! {
            <label class="field"><span class="label">{label}</span>
                <input class="input" id=field.id() type=kind inputmode=mode autocomplete=if is_pin { "new-password" } else { "off" } maxlength=longest
                    aria-invalid=move || is_wrong().then_some("true") aria-describedby=move || is_wrong().then_some(FAULT)
                    prop:value=value on:input=typed/></label>
        }
        .into_any()
    }

    fn role(self) -> AnyView {
        let option = move |role: Role, value: &'static str, name: fn() -> &'static str| {
            let selected = move || self.draft.with(|draft| draft.role == role);
            view! { <option value=value selected=selected>{name}</option> }
        };
        let choose = move |event| {
            let role = if event_target_value(&event) == "manager" { Role::Manager } else { Role::Seller };
            self.draft.update(|draft| draft.role = role);
        };
        view! {
            <label class="field"><span class="label">{say::role}</span>
                <select class="select" on:change=choose>{option(Role::Seller, "seller", say::seller)}{option(Role::Manager, "manager", say::manager)}</select></label>
        }
        .into_any()
    }

    fn acts(self) -> AnyView {
        let busy = move || self.staff.busy.get().to_string();
        if self.is_sure.get() {
            return view! {
                <p class="hint" role="alert">{say::sure}</p>
                <footer class="actions">
                    <button type="button" class="btn" on:click=move |_| self.is_sure.set(false)>{move || common::words().cancel}</button>
                    <button type="button" class="btn danger" aria-busy=busy on:click=move |_| self.dismiss()>{say::dismiss}</button>
                </footer>
            }
            .into_any();
        }
        let is_member = self.before.with_value(Option::is_some);
        let dismiss = is_member.then(|| {
            view! { <button type="button" class="btn danger" on:click=move |_| self.is_sure.set(true)>{say::dismiss}</button> }
        });
        let save = if is_member { say::save } else { say::add };
        view! {
            <footer class="actions">
                <button type="button" class="btn" on:click=move |_| self.staff.close()>{move || common::words().cancel}</button>
                {dismiss}
                <button class="btn primary" aria-busy=busy>{save}</button>
            </footer>
        }
        .into_any()
    }
}
