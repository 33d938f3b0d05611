//! The page "Stocks": what a store has, and goods that move.

mod list;
mod row;
mod shelf;

use super::context::Desk;
use super::picker::picker;
use crate::i18n::desk::stocks as say;
use crate::ui::{self, icon};
use leptos::prelude::*;
use list::Sort;

const SEARCH: &str = "stock-search";

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let (store, select) = picker(desk);
    let (query, sort) = (RwSignal::new(String::new()), RwSignal::new(Sort::Urgency));
    focus_by_key();
    view! {
        <div class="view">
            <div class="toolbar" role="toolbar" aria-label=say::search>
                {select}
                <label class="search">{icon("search")}
                    <input type="search" id=SEARCH aria-label=say::search placeholder=say::search autocomplete="off" maxlength="80"
                        prop:value=query on:input=move |event| query.set(event_target_value(&event))/>
                    <kbd>"F2"</kbd></label>
                {sorting(sort)}
            </div>
            {move || store.get().map(|store| shelf::card(desk, store, query, sort))}
        </div>
    }
    .into_any()
}

fn sorting(sort: RwSignal<Sort>) -> AnyView {
    let choice = move |by: Sort, name: fn() -> &'static str| {
        let pressed = move || (sort.get() == by).to_string();
        view! { <button type="button" aria-pressed=pressed on:click=move |_| sort.set(by)>{name}</button> }
    };
    view! {
        <div class="segmented" role="group" aria-label=say::order>
            {choice(Sort::Urgency, say::by_urgency)}{choice(Sort::Name, say::by_name)}
        </div>
    }
    .into_any()
}

/// F2 leads to the search, as on the till.
fn focus_by_key() {
    let listener = window_event_listener(leptos::ev::keydown, |event| {
        if event.key() == "F2" {
            event.prevent_default();
            ui::focus(SEARCH);
        }
    });
    on_cleanup(move || listener.remove());
}
