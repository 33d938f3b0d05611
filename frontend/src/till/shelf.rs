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
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How many tiles come in one frame: more than a common screen shows at once, and as many again until a larger one is full, or
/// when somebody scrolls. What nobody sees would make whoever types wait.
const PAGE: usize = 24;

/// How many tiles are kept for the next search, however few the last one needed.
const KEPT: usize = 3 * PAGE;

pub(super) fn shelf(till: Till) -> AnyView {
    let sought = Memo::new(move |_| (till.search_text(), till.shelf.get()));
    let extent = Extent { screen: RwSignal::new(PAGE), more: RwSignal::new(0), of: StoredValue::default(), sought };
    Effect::new(move |_| {
        sought.track();
        till.pick.set(0);
        // Who comes back to a search begins at its top.
        extent.of.set_value(Search::default());
        if extent.more.get_untracked() > 0 {
            extent.more.set(0);
        }
    });
    let shown = Memo::new(move |_| {
        let limit = extent.limit();
        sought.with(|(text, shelf)| till.catalogue.with(|all| all.find(text, *shelf, limit)))
    });
    provide_context(shown);
    let count = Signal::derive(move || counted(till, shown.with(Vec::len), extent.limit()));
    view! {
        <section class="shelf" aria-label=move || words().products>
            {search(till, shown)}
            {chips(till)}
            {slot(count)}
            {tiles(till, shown, extent)}
        </section>
    }
    .into_any()
}

/// What is shown on the shelf, for whoever takes from it.
pub(super) type Shown = Memo<Vec<Arc<Product>>>;

/// What is searched for: words, and the shelf.
type Search = (String, Option<usize>);

/// How much of what a search finds is shown.
#[derive(Clone, Copy)]
struct Extent {
    /// How many tiles it takes to fill the screen.
    screen: RwSignal<usize>,
    /// How many more of the search that they were asked for.
    more: RwSignal<usize>,
    of: StoredValue<Search>,
    sought: Memo<Search>,
}

impl Extent {
    fn limit(self) -> usize {
        let more = self.more.get();
        let is_same = self.sought.with(|sought| self.of.with_value(|of| of == sought));
        self.screen.get() + if is_same { more } else { 0 }
    }

    /// Shows a page more; of every search, where the screen is not full.
    fn extend(self, is_full: bool) {
        if is_full {
            let more = untrack(|| self.limit()) - self.screen.get_untracked();
            self.of.set_value(self.sought.get_untracked());
            self.more.set(more + PAGE);
        } else {
            self.screen.update(|screen| *screen += PAGE);
        }
    }
}

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

fn tiles(till: Till, shown: Shown, extent: Extent) -> AnyView {
    let list = NodeRef::<leptos::html::Div>::new();
    let more = move |is_scrolled: bool| {
        // The till may be locked, and its list gone, before the next frame.
        let Some(list) = list.try_get_untracked().flatten().filter(|list| list.client_height() > 0) else { return };
        // Somewhat more than the screen shows: a last row in sight would look like the end.
        let is_full = 4 * list.scroll_height() > 5 * list.client_height();
        let is_near_end = list.scroll_top() + 2 * list.client_height() >= list.scroll_height();
        let is_last_picked = till.pick.get_untracked() + 1 >= shown.with_untracked(Vec::len);
        let is_wanted = !is_full || is_last_picked || (is_scrolled && is_near_end);
        if is_wanted && shown.with_untracked(Vec::len) >= untrack(|| extent.limit()) {
            extent.extend(is_full);
        }
    };
    // A list that is not full does not scroll, so that nobody could ask for more: a large screen takes more pages.
    let fill = move || request_animation_frame(move || more(false));
    Effect::new(move |_| {
        shown.track();
        till.pick.track();
        fill();
    });
    let resized = window_event_listener_untyped("resize", move |_| fill());
    on_cleanup(move || resized.remove());
    // A tile that shows another product is not the one that somebody has moved to: the next key must not ring it up.
    Effect::new(move |before: Option<Vec<Arc<Product>>>| {
        let after = shown.get();
        // Whoever types is in the search, and waits for nothing here.
        let focused = document().active_element().and_then(|focused| focused.dyn_into::<HtmlElement>().ok());
        let inside = list.get_untracked().zip(focused).filter(|(list, focused)| list.contains(Some(focused)));
        if let (Some((list, focused)), Some(before)) = (inside, before) {
            let children = list.children();
            let is_focused = |place: &usize| {
                u32::try_from(*place).ok().and_then(|place| children.item(place)).as_ref() == Some(&focused)
            };
            let sku = |products: &[Arc<Product>], place: usize| products.get(place).map(|product| product.sku.clone());
            if (0..after.len()).find(is_focused).is_some_and(|place| sku(&before, place) != sku(&after, place)) {
                let _ = focused.blur();
            }
        }
        after
    });
    let places = Memo::new(move |before: Option<&usize>| {
        let kept = before.map_or(0, |before| (*before).min(KEPT));
        shown.with(Vec::len).max(kept)
    });
    let skeletons = move || {
        (!till.ready.get())
            .then(|| (0..12).map(|_| view! { <span class="tile skeleton"></span> }).collect_view().into_any())
    };
    let nothing = move || (till.ready.get() && shown.read().is_empty()).then(|| nothing(till));
    view! {
        <div class="tiles" id="tiles" node_ref=list aria-busy=move || (!till.ready.get()).to_string() on:scroll=move |_| more(true)>
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
