//! What is filled in, and what pressing *set up* does with it.

use super::draft::{Draft, Field};
use super::fields;
use crate::api;
use crate::browser::time_zone;
use crate::i18n::desk::setup as say;
use crate::manager::explain;
use crate::ui;
use leptos::prelude::*;
use shared::api::sessions::Session;
use web_sys::SubmitEvent;

/// Why the form does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// This field cannot be taken.
    Field(Field),
    /// The server said so.
    Refused(String),
}

/// The form's state.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) draft: RwSignal<Draft>,
    pub(super) fault: RwSignal<Option<Fault>>,
    pub(super) busy: RwSignal<bool>,
    on_done: Callback<Session>,
}

/// The form; the code may come with the address, where no server and no log sees it.
pub(super) fn form(on_done: Callback<Session>) -> AnyView {
    let code = window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned();
    ui::focus_soon(fields::id(if code.is_empty() { Field::Code } else { Field::Name }));
    let draft = Draft { code, time_zone: time_zone::own().unwrap_or_default(), ..Draft::default() };
    let form = Form { draft: RwSignal::new(draft), fault: RwSignal::default(), busy: RwSignal::default(), on_done };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    view! { <form class="panel setup" on:submit=submit novalidate>{fields::fields(form)}</form> }.into_any()
}

impl Form {
    fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        match self.draft.with_untracked(Draft::ask) {
            Err(field) => {
                self.fault.set(Some(Fault::Field(field)));
                ui::focus(fields::id(field));
            }
            Ok(ask) => {
                self.busy.set(true);
                self.fault.set(None);
                leptos::task::spawn_local(async move {
                    match api::set_up(&ask).await {
                        Ok(session) => self.on_done.run(session),
                        Err(error) => {
                            self.fault.set(Some(Fault::Refused(explain(&error))));
                            self.busy.set(false);
                        }
                    }
                });
            }
        }
    }

    /// What is wrong with what is filled in.
    pub(super) fn fault(self) -> Option<String> {
        self.fault.get().map(|fault| match fault {
            Fault::Field(field) => say::wrong(field_word(field)).to_owned(),
            Fault::Refused(why) => why,
        })
    }

    /// Whether a field is the one that cannot be taken.
    pub(super) fn is_wrong(self, field: Field) -> bool {
        self.fault.with(|fault| *fault == Some(Fault::Field(field)))
    }
}

const fn field_word(field: Field) -> say::Wrong {
    match field {
        Field::Code => say::Wrong::Code,
        Field::Siret => say::Wrong::Siret,
        Field::Pin => say::Wrong::Pin,
        Field::Again => say::Wrong::Again,
        Field::Name | Field::City | Field::TimeZone | Field::Manager => say::Wrong::Empty,
    }
}
