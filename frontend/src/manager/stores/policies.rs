//! What the tills of a store go by, as switches that take effect at once, and what stands at the head of its receipts.

use crate::api;
use crate::i18n::desk::stores as say;
use crate::manager::context::Desk;
use crate::manager::explain;
use leptos::prelude::*;
use shared::api::stores::StoreChange;
use shared::ids::StoreNo;
use shared::store::Store;
use std::sync::Arc;
use web_sys::SubmitEvent;

/// Where what is wrong is said.
const FAULT: &str = "store-fault";

type Word = fn() -> &'static str;

/// A rule that is on or off.
struct Policy {
    name: Word,
    hint: Word,
    is_on: fn(&Store) -> bool,
    set: fn(bool) -> StoreChange,
}

const POLICIES: [Policy; 2] = [
    Policy {
        name: say::refuse,
        hint: say::refuse_hint,
        is_on: |store| store.refuse_below_zero,
        set: |on| StoreChange { refuse_below_zero: Some(on), ..StoreChange::default() },
    },
    Policy {
        name: say::void,
        hint: say::void_hint,
        is_on: |store| store.void_needs_manager,
        set: |on| StoreChange { void_needs_manager: Some(on), ..StoreChange::default() },
    },
];

/// A text that stands at the head of receipts.
struct Text {
    name: Word,
    act: Word,
    longest: &'static str,
    read: fn(&Store) -> String,
    set: fn(&str) -> Result<StoreChange, &'static str>,
}

const TEXTS: [Text; 2] = [
    Text {
        name: say::name,
        act: say::rename,
        longest: "80",
        read: |store| store.name.clone(),
        set: |name| Ok(StoreChange { name: Some(name.to_owned()), ..StoreChange::default() }),
    },
    Text {
        name: say::siret,
        act: say::set_siret,
        longest: "20",
        read: |store| store.siret.as_ref().map(ToString::to_string).unwrap_or_default(),
        set: |digits| match digits.replace(char::is_whitespace, "").parse() {
            Ok(siret) => Ok(StoreChange { siret: Some(siret), ..StoreChange::default() }),
            Err(_) => Err(say::wrong_siret()),
        },
    },
];

/// The card's state.
#[derive(Clone, Copy)]
struct Rules {
    desk: Desk,
    store: StoreNo,
    busy: RwSignal<bool>,
    fault: RwSignal<Option<String>>,
}

/// The rules of a store.
pub(super) fn card(desk: Desk, store: StoreNo) -> AnyView {
    let rules = Rules { desk, store, busy: RwSignal::default(), fault: RwSignal::default() };
    let fault = move || rules.fault.get().map(|why| view! { <p class="error" id=FAULT role="alert">{why}</p> });
    view! {
        <section class="card rules" aria-labelledby="rules">
            <header class="head"><h2 id="rules">{say::rules}</h2></header>
            {TEXTS.map(|text| rules.text(text)).collect_view()}
            {POLICIES.map(|policy| rules.switch(policy)).collect_view()}
            <p><small class="hint">{say::applied}</small></p>
            {fault}
        </section>
    }
    .into_any()
}

impl Rules {
    fn read<T: Default>(self, read: impl Fn(&Store) -> T) -> T {
        let known = self.desk.directory.get();
        known.get(self.store).map(|detail| read(&detail.store)).unwrap_or_default()
    }

    fn switch(self, Policy { name, hint, is_on, set }: Policy) -> AnyView {
        let on = Memo::new(move |_| self.read(is_on));
        let turn = move |_| self.change(set(!on.get_untracked()));
        view! {
            <div class="rule">
                <button type="button" class="switch" role="switch" aria-checked=move || on.get().to_string() aria-busy=move || self.busy.get().to_string()
                    on:click=turn><span>{name}</span></button>
                <small class="hint">{hint}</small>
            </div>
        }
        .into_any()
    }

    fn text(self, Text { name, act, longest, read, set }: Text) -> AnyView {
        let (known, text) = (Memo::new(move |_| self.read(read)), RwSignal::new(String::new()));
        Effect::new(move || text.set(known.get()));
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            match set(text.get_untracked().trim()) {
                Ok(change) => self.change(change),
                Err(why) => self.fault.set(Some(why.to_owned())),
            }
        };
        view! {
            <form class="rename" on:submit=submit novalidate>
                <label class="field"><span class="label">{name}</span>
                    <input class="input" autocomplete="off" maxlength=longest prop:value=text aria-describedby=FAULT
                        on:input=move |event| text.set(event_target_value(&event))/></label>
                <button class="btn" aria-busy=move || self.busy.get().to_string()>{act}</button>
            </form>
        }
        .into_any()
    }

    fn change(self, change: StoreChange) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = api::change_store(self.store, &change).await;
            // Another store may be shown by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(store) => {
                    self.fault.set(None);
                    self.desk.directory.update(|directory| Arc::make_mut(directory).put(store));
                    self.desk.said.set(say::saved().to_owned());
                }
                Err(error) => self.fault.set(Some(explain(&error))),
            }
        });
    }
}
