//! Correcting one record, and publishing it again.

use crate::api::{self, ApiError};
use crate::i18n::common;
use crate::i18n::desk::letters as say;
use crate::manager::context::Desk;
use crate::manager::explain;
use crate::ui::{self, waiting};
use leptos::prelude::*;
use shared::api::dead_letters::{Letter, MendedLetter};
use shared::event::EventKind;
use shared::ids::StoreNo;

/// The content's field; one record is mended at a time.
const CONTENT: &str = "letter-content";
const MESSAGE: &str = "letter-message";

/// What is filled in.
#[derive(Clone, Copy)]
struct Form {
    desk: Desk,
    letter: StoredValue<Letter>,
    kind: RwSignal<String>,
    store: RwSignal<Option<StoreNo>>,
    text: RwSignal<String>,
    fault: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// The form, once the whole record is there.
pub(super) fn form(desk: Desk, id: String, mending: RwSignal<Option<String>>, again: Callback<()>) -> AnyView {
    let answer = LocalResource::new(move || {
        let id = id.clone();
        async move { api::letter(&id).await }
    });
    let close = Callback::new(move |()| mending.set(None));
    (move || match answer.get() {
        None => waiting(),
        Some(Err(error)) => view! { <small class="error" role="alert">{explain(&error)}</small> }.into_any(),
        Some(Ok(letter)) => Form::of(desk, letter).fields(close, again),
    })
    .into_any()
}

impl Form {
    fn of(desk: Desk, letter: Letter) -> Self {
        Self {
            desk,
            kind: RwSignal::new(letter.kind.clone()),
            store: RwSignal::new(letter.store),
            text: RwSignal::new(letter.text.clone()),
            letter: StoredValue::new(letter),
            fault: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn fields(self, close: Callback<()>, again: Callback<()>) -> AnyView {
        ui::focus_soon(CONTENT);
        let submit = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            self.submit(close, again);
        };
        let names_none = self.letter.with_value(|letter| letter.store.is_none());
        let fault = move || self.fault.get().map(|text| view! { <small class="error" role="alert">{text}</small> });
        view! {
            <form class="mend" on:submit=submit novalidate>
                {self.kinds()}
                {names_none.then(|| self.stores())}
                <label class="field"><span class="label">{say::content}</span>
                    <textarea class="input code" id=CONTENT rows="8" spellcheck="false" autocomplete="off" aria-describedby=MESSAGE
                        prop:value=self.text on:input=move |event| self.text.set(event_target_value(&event))></textarea>
                    <small class="hint">{say::content_hint}</small></label>
                <div id=MESSAGE>{fault}</div>
                <div class="toolbar">
                    <button type="button" class="btn small push" on:click=move |_| close.run(())>{move || common::words().cancel}</button>
                    <button class="btn small primary" aria-busy=move || self.busy.get().to_string()>{say::publish}</button>
                </div>
            </form>
        }
        .into_any()
    }

    fn kinds(self) -> AnyView {
        let own = self.letter.with_value(|letter| letter.kind.clone());
        let known = EventKind::ALL.map(|kind| kind.as_str().to_owned());
        let strange = (!known.contains(&own)).then_some(own);
        let option = move |kind: String| {
            let (value, name) = (kind.clone(), kind.clone());
            let selected = move || self.kind.with(|chosen| *chosen == kind);
            view! { <option value=value selected=selected>{move || say::kind_name(&name)}</option> }
        };
        let options = strange.into_iter().chain(known).map(option).collect_view();
        view! {
            <label class="field"><span class="label">{say::kind}</span>
                <select class="select" on:change=move |event| self.kind.set(event_target_value(&event))>{options}</select></label>
        }
        .into_any()
    }

    /// A record that names no store is given one.
    fn stores(self) -> AnyView {
        let stores = self.desk.directory.with_untracked(|directory| {
            directory.stores().map(|store| (store.no, store.name.clone())).collect::<Vec<_>>()
        });
        let option = move |(no, name): (StoreNo, String)| {
            let selected = move || self.store.get() == Some(no);
            view! { <option value=no.to_string() selected=selected>{name}</option> }
        };
        view! {
            <label class="field"><span class="label">{say::store}</span>
                <select class="select" on:change=move |event| self.store.set(event_target_value(&event).parse().ok())>
                    <option value="" selected=move || self.store.get().is_none()>"…"</option>
                    {stores.into_iter().map(option).collect_view()}
                </select></label>
        }
        .into_any()
    }

    fn submit(self, close: Callback<()>, again: Callback<()>) {
        if self.busy.get_untracked() {
            return;
        }
        let mended = match self.mended() {
            Ok(mended) => mended,
            Err(fault) => {
                self.fault.set(Some(fault));
                return ui::focus(CONTENT);
            }
        };
        self.fault.set(None);
        self.busy.set(true);
        let id = self.letter.with_value(|letter| letter.id.clone());
        leptos::task::spawn_local(async move {
            let answer = api::publish_letter(&id, &mended).await;
            if answer.is_ok() {
                self.desk.said.set(say::published().to_owned());
            }
            // Somebody else may have mended it meanwhile, and the form gone with it.
            if !self.busy.is_disposed() {
                self.busy.set(false);
                match &answer {
                    Ok(_) => close.run(()),
                    Err(error) => self.fault.set(Some(fault(error))),
                }
            }
            // Also where it is not known whether it was published: the list tells.
            again.run(());
        });
    }

    /// What differs from the letter. What was not touched is published as it is: an upgrade may have made it readable.
    fn mended(self) -> Result<MendedLetter, String> {
        let (kind, text) = (self.kind.get_untracked(), self.text.get_untracked());
        let store = self.store.get_untracked();
        self.letter.with_value(|letter| {
            let payload = if text == letter.text { None } else { Some(serde_json::from_str(&text)) };
            let payload = payload.transpose().map_err(|error| say::no_json(error.line(), error.column()))?;
            let (kind, store) = ((kind != letter.kind).then_some(kind), store.filter(|_| letter.store.is_none()));
            Ok(MendedLetter { kind, payload, store })
        })
    }
}

/// The page's words, and the server's own about what exactly cannot be read.
fn fault(error: &ApiError) -> String {
    match error {
        ApiError::Problem { problem, .. } if problem.status < 500 => {
            let words = explain(error);
            if words.contains(&problem.detail) { words } else { format!("{words} ({})", problem.detail) }
        }
        ApiError::Problem { .. } => explain(error),
        ApiError::Unreachable | ApiError::Unreadable => format!("{} {}", explain(error), say::uncertain()),
    }
}
