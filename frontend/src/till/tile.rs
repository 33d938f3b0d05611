//! One place on the shelf: the name and price of the product that stands there, and what is left of it, live.

use super::context::Till;
use super::shelf::{Shown, hue};
use crate::format;
use crate::i18n::{common, language, till::words};
use crate::ui::{gauge, state_class};
use leptos::prelude::*;
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use shared::stock::StockLevel;
use std::sync::Arc;
use web_sys::MouseEvent;

/// What stands in a place.
type Standing = Memo<Option<Arc<Product>>>;

/// A tile outlives what it shows: each letter of a search changes the texts of those that are there, which takes a fraction
/// of what making them anew would.
pub(super) fn tile(till: Till, place: usize, shown: Shown, no_text: Memo<bool>) -> AnyView {
    let is_empty = Memo::new(move |_| shown.with(|products| products.len() <= place));
    // What is hidden keeps its texts: it is often the next frame that shows it again.
    let product: Standing = Memo::new(move |before: Option<&Option<Arc<Product>>>| {
        shown.with(|products| products.get(place).or_else(|| before?.as_ref()).cloned())
    });
    let level = Memo::new(move |_| product.with(|product| till.level(&product.as_ref()?.sku)));
    let rung_up = Memo::new(move |_| {
        let quantity = |product: &Arc<Product>| till.sale.with(|sale| sale.quantity_of(&product.sku));
        product.with(|product| product.as_ref().map(quantity)).filter(|quantity| *quantity > Quantity::ZERO)
    });
    let is_weighed =
        Memo::new(move |_| product.with(|product| product.as_ref().is_some_and(|it| it.unit == Unit::Kilogram)));
    let unit = move || if is_weighed.get() { Unit::Kilogram } else { Unit::Piece };
    let is_unknown = Memo::new(move |_| level.with(Option::is_none));
    let per = move || is_weighed.get().then(|| common::words().per_kilogram);
    let percent = move || level.get().map_or(0, |level| level.percent_left());
    let class = move || format!("tile {}", level.get().map_or("", |level| state_class(&level)));
    // By itself: a colour that the whole tile had would have all of it styled anew.
    let edge = move || {
        let shelf = product.with(|product| {
            let product = product.as_ref()?;
            Some(till.catalogue.with_untracked(|catalogue| catalogue.shelf_of(product)))
        });
        format!("edge {}", shelf.map(hue).unwrap_or_default())
    };
    let name = move || product.with(|product| product.as_ref().map(|product| product.name.clone()));
    let picked = move || (!no_text.get() && till.pick.get() == place).then_some("true");
    // The product that took the place of another one under the finger is not what was meant; keys press no place, so that
    // nothing is kept of a finger that slid away.
    let touched = StoredValue::new(None::<Arc<Product>>);
    let take: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        let touched = touched.get_value().filter(|_| event.detail() > 0);
        let Some(product) = product.get_untracked() else { return };
        if touched.is_none_or(|touched| touched.sku == product.sku) {
            till.ring_up(&product, till.multiplier());
        }
    });
    view! {
        <button class=class hidden=is_empty aria-current=picked
            on:pointerdown=move |_| touched.set_value(product.get_untracked()) on:click=take>
            <i class=edge></i>
            <b>{name}</b>
            {move || rung_up.get().map(|quantity| badge(quantity, unit()))}
            <span class="price">{move || price(till, product)}" "<small>{per}</small></span>
            <span class="left" hidden=is_unknown><span>{move || left(level.get(), unit())}</span>{gauge(percent)}</span>
        </button>
    }
    .into_any()
}

fn price(till: Till, product: Standing) -> Option<String> {
    let currency = till.place().store.currency;
    product.with(|product| product.as_ref().map(|product| format::money(language(), product.price, currency)))
}

fn badge(quantity: Quantity, unit: Unit) -> AnyView {
    let text = format::level(language(), quantity, unit);
    let label = (words().in_ticket)(&text);
    view! { <span class="in" role="img" aria-label=label>{text}</span> }.into_any()
}

/// What there is of it, in words.
fn left(level: Option<StockLevel>, unit: Unit) -> Option<String> {
    let on_hand = level?.on_hand;
    let figure = format::level(language(), on_hand, unit);
    Some(if on_hand > Quantity::ZERO { (words().in_stock)(&figure) } else { (words().out_of_stock)(&figure) })
}
