//! The shelf: search, categories, and the tiles.

use super::camera::camera_button;
use super::catalogue::split_multiplier;
use super::context::Till;
use super::slot::slot;
use super::tile::tile;
use crate::i18n::till::words;
use crate::ui::{Empty, empty, icon, press};
use leptos::prelude::*;
use shared::product::Product;
use std::sync::Arc;

/// How many tiles are shown at first, and how many more when somebody scrolls to their end. A search that needs more
/// than these to find its product wants another word.
const PAGE: usize = 60;

pub(super) fn shelf(till: Till) -> AnyView {
    let limit = RwSignal::new(PAGE);
    let text = Memo::new(move |_| till.search_text());
    Effect::new(move |_| {
        text.track();
        till.shelf.track();
        limit.set(PAGE);
        till.pick.set(0);
    });
    let shown = Memo::new(move |_| till.catalogue.with(|all| all.find(&text.read(), till.shelf.get(), limit.get())));
    provide_context(shown);
    let count = Signal::derive(move || counted(till, shown.with(Vec::len), limit.get()));
    view! {
        <section class="shelf" aria-label=move || words().products>
            {search(till, shown)}
            {chips(till)}
            {slot(count)}
            {tiles(till, shown, limit)}
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
    let take = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            till.take_search(&shown.get_untracked());
        }
    };
    let type_in = move |event| till.query.set(event_target_value(&event));
    let clear = move || {
        (!till.query.read().is_empty()).then(|| {
            view! { <button class="btn quiet icon-only" aria-label=move || words().clear_search
            on:click=press(move || till.clear_search())>{icon("close")}</button> }
            .into_any()
        })
    };
    view! {
        <label class="search">
            {icon("search")}
            <input type="search" id="search" autocomplete="off" spellcheck="false" enterkeyhint="done"
                aria-label=move || words().search placeholder=move || words().search_hint
                prop:value=move || till.query.get() on:input=type_in on:keydown=take/>
            {move || clear()}
            {camera_button(till)}
            <kbd>"F2"</kbd>
        </label>
    }
    .into_any()
}

fn chips(till: Till) -> AnyView {
    let shelves = move || {
        let catalogue = till.catalogue.get();
        let chips = catalogue.shelves().iter().enumerate();
        chips.map(|(place, shelf)| chip(till, Some(place), shelf.name.clone(), shelf.count)).collect_view()
    };
    let all = move || chip(till, None, words().all_shelves.to_owned(), till.catalogue.with(|all| all.len()));
    view! { <div class="chips" role="group" aria-label=move || words().shelves>{move || all()}{move || shelves()}</div> }.into_any()
}

fn chip(till: Till, shelf: Option<usize>, name: String, count: usize) -> AnyView {
    let pressed = move || (till.shelf.get() == shelf && till.query.read().is_empty()).to_string();
    let class = shelf.map_or_else(|| "chip".to_owned(), |place| format!("chip {}", hue(place)));
    let choose = press(move || {
        till.clear_search();
        till.shelf.set(shelf);
    });
    view! { <button class=class aria-pressed=pressed on:click=choose>{name}" "<small>{count}</small></button> }
        .into_any()
}

/// The class that gives a shelf its quiet colour; there are twelve.
pub(super) fn hue(place: usize) -> String {
    format!("hue-{}", place % 12 + 1)
}

fn tiles(till: Till, shown: Shown, limit: RwSignal<usize>) -> AnyView {
    let list = NodeRef::<leptos::html::Div>::new();
    let more = move || {
        // The till may be locked, and its list gone, before the next frame.
        let is_near_end = list.try_get_untracked().flatten().is_some_and(|list| {
            list.client_height() > 0 && list.scroll_top() + 2 * list.client_height() >= list.scroll_height()
        });
        if is_near_end && shown.with_untracked(Vec::len) >= limit.get_untracked() {
            limit.update(|limit| *limit += PAGE);
        }
    };
    // A list that is not full does not scroll, so that nobody could ask for more: a large screen takes more pages.
    Effect::new(move |_| {
        shown.track();
        limit.track();
        request_animation_frame(more);
    });
    // As many as were needed at once, but for those that scrolling has added: who types a word back needs them again.
    let places = Memo::new(move |before: Option<&usize>| {
        let kept = before.map_or(0, |before| (*before).min(PAGE));
        shown.with(Vec::len).max(kept)
    });
    let skeletons = move || {
        (!till.ready.get())
            .then(|| (0..12).map(|_| view! { <span class="tile skeleton"></span> }).collect_view().into_any())
    };
    let nothing = move || (till.ready.get() && shown.read().is_empty()).then(|| nothing(till));
    view! {
        <div class="tiles" id="tiles" node_ref=list aria-busy=move || (!till.ready.get()).to_string() on:scroll=move |_| more()>
            {move || skeletons()}
            <For each=move || 0..places.get() key=|place| *place children=move |place| tile(till, place, shown)/>
            {move || nothing()}
        </div>
    }
    .into_any()
}

fn nothing(till: Till) -> AnyView {
    let no_products = till.catalogue.with(|catalogue| catalogue.len() == 0);
    let title =
        Signal::derive(move || if no_products { words().no_products } else { words().nothing_found }.to_owned());
    let hint = Signal::derive(move || if no_products { "" } else { words().nothing_found_hint }.to_owned());
    empty(Empty { icon: "search", bad: false, title, hint }, ().into_any())
}
