//! The tiles of what is found, each in its place, more of them as somebody scrolls.

use super::context::Till;
use super::extent::{Extent, PAGE};
use super::shelf::Shown;
use super::tile::tile;
use crate::i18n::till::words;
use crate::ui::{Empty, empty};
use leptos::html::Div;
use leptos::prelude::*;
use shared::product::Product;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How many tiles are kept for the next search, however few the last one needed.
const KEPT: usize = 3 * PAGE;

pub(super) fn tiles(till: Till, shown: Shown, extent: Extent, no_text: Memo<bool>) -> AnyView {
    let list = NodeRef::<Div>::new();
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
    keep_focus_honest(list, shown);
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
            <For each=move || 0..places.get() key=|place| *place children=move |place| tile(till, place, shown, no_text)/>
            {move || nothing()}
        </div>
    }
    .into_any()
}

/// Takes the focus from a tile that shows another product than somebody has moved to: the next key must not ring it up.
fn keep_focus_honest(list: NodeRef<Div>, shown: Shown) {
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
}

fn nothing(till: Till) -> AnyView {
    let no_products = till.catalogue.with(|catalogue| catalogue.len() == 0);
    let title =
        Signal::derive(move || if no_products { words().no_products } else { words().nothing_found }.to_owned());
    let hint = Signal::derive(move || if no_products { "" } else { words().nothing_found_hint }.to_owned());
    empty(Empty { icon: "search", bad: false, title, hint }, ().into_any())
}
