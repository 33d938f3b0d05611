//! The shelf: search, categories, and under them the tiles.

use super::camera::camera_button;
use super::context::Till;
use super::extent::Extent;
use super::multiplier::split_multiplier;
use super::slot::slot;
use super::tiles::tiles;
use crate::i18n::till::words;
use crate::ui::{icon, press};
use leptos::prelude::*;
use shared::product::Product;
use std::sync::Arc;

pub(super) fn shelf(till: Till) -> AnyView {
    let sought = Memo::new(move |_| (till.search_text(), till.shelf.get()));
    let extent = Extent::new(sought);
    Effect::new(move |_| {
        sought.track();
        till.pick_first();
        extent.begin();
    });
    let shown = Memo::new(move |_| {
        let limit = extent.limit();
        sought.with(|(text, shelf)| till.catalogue.with(|all| all.find(text, *shelf, limit)))
    });
    provide_context(shown);
    let no_text = Memo::new(move |_| sought.with(|(text, _)| text.is_empty()));
    let count = Signal::derive(move || counted(till, shown.with(Vec::len), extent.limit()));
    view! {
        <section class="shelf" aria-label=move || words().products>
            {search(till, shown)}
            {chips(till, no_text)}
            {slot(count)}
            {tiles(till, shown, extent, no_text)}
        </section>
    }
    .into_any()
}

/// What is shown on the shelf, for whoever takes from it.
pub(super) type Shown = Memo<Vec<Arc<Product>>>;

/// How many products there are, or of a search with too many hits that there are more.
fn counted(till: Till, shown: usize, limit: usize) -> String {
    let searching = till.query.with(|query| !split_multiplier(query).1.is_empty());
    let all = till.catalogue.with(|all| {
        till.shelf.get().map_or(all.len(), |place| all.shelves().get(place).map_or(0, |shelf| shelf.count))
    });
    match (searching, shown < limit) {
        (false, _) => (words().counted)(all),
        (true, true) => (words().counted)(shown),
        (true, false) => (words().counted_more)(shown),
    }
}

fn search(till: Till, shown: Shown) -> AnyView {
    let no_query = Memo::new(move |_| till.query.read().is_empty());
    let take = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            till.take_search(&shown.get_untracked());
        }
    };
    let type_in = move |event| till.query.set(event_target_value(&event));
    view! {
        <label class="search">
            {icon("search")}
            <input type="search" id="search" autocomplete="off" spellcheck="false" enterkeyhint="done"
                aria-label=move || words().search placeholder=move || words().search_hint
                prop:value=move || till.query.get() on:input=type_in on:keydown=take/>
            // Hidden rather than made with the first letter: an icon made anew is a document read anew.
            <button class="btn quiet icon-only" hidden=no_query aria-label=move || words().clear_search
                on:click=press(move || till.clear_search())>{icon("close")}</button>
            <button type="button" class="btn quiet icon-only" id="times" aria-label=move || format!("n ×, {}", words().multiplier)
                on:click=press(move || till.ask_multiplier())>"n ×"</button>
            {camera_button(till)}
            <kbd>"F2"</kbd>
        </label>
    }
    .into_any()
}

fn chips(till: Till, no_text: Memo<bool>) -> AnyView {
    let shelves = move || {
        let catalogue = till.catalogue.get();
        let chips = catalogue.shelves().iter().enumerate();
        chips.map(|(place, shelf)| chip(till, no_text, Some(place), shelf.name.clone(), shelf.count)).collect_view()
    };
    let all = move || chip(till, no_text, None, words().all_shelves.to_owned(), till.catalogue.with(|all| all.len()));
    view! { <div class="chips" role="group" aria-label=move || words().shelves>{move || all()}{move || shelves()}</div> }.into_any()
}

fn chip(till: Till, no_text: Memo<bool>, shelf: Option<usize>, name: String, count: usize) -> AnyView {
    let pressed = move || (till.shelf.get() == shelf && no_text.get()).to_string();
    let class = shelf.map_or_else(|| "chip".to_owned(), |place| format!("chip {}", hue(place)));
    let choose = press(move || {
        till.clear_search_text();
        till.shelf.set(shelf);
    });
    view! { <button class=class aria-pressed=pressed on:click=choose>{name}" "<small>{count}</small></button> }
        .into_any()
}

/// The class that gives a shelf its quiet colour; there are twelve.
pub(super) fn hue(place: usize) -> String {
    format!("hue-{}", place % 12 + 1)
}
