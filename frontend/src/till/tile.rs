//! One product on the shelf: name, price, and what is left of it, live.

use super::context::Till;
use super::shelf::hue;
use crate::format;
use crate::i18n::{common, language, till::words};
use crate::ui::{gauge, press, state_class};
use leptos::prelude::*;
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use std::sync::Arc;

pub(super) fn tile(till: Till, place: usize, product: Arc<Product>) -> AnyView {
    let sku = product.sku.clone();
    let level = Memo::new(move |_| till.level(&sku));
    let sku = product.sku.clone();
    let rung_up = Memo::new(move |_| till.sale.with(|sale| sale.quantity_of(&sku)));
    let hue = hue(till.catalogue.with_untracked(|catalogue| catalogue.shelf_of(&product)));
    let class = move || format!("tile {hue} {}", level.get().map_or("", |level| state_class(&level)));
    let picked = move || (!till.query.read().is_empty() && till.pick.get() == place).then_some("true");
    let currency = till.place().store.currency;
    let price = format::money(language(), product.price, currency);
    let per = (product.unit == Unit::Kilogram).then(|| view! { <small>{common::words().per_kilogram}</small> });
    let (name, unit) = (product.name.clone(), product.unit);
    let take = press(move || till.ring_up(&product, till.typed_quantity()));
    view! {
        <button class=class aria-current=picked on:click=take>
            <b>{name}</b>
            {move || (rung_up.get() > Quantity::ZERO).then(|| badge(rung_up.get(), unit))}
            <span class="price">{price}" "{per}</span>
            {move || level.with(Option::is_some).then(|| left(level, unit))}
        </button>
    }
    .into_any()
}

fn badge(quantity: Quantity, unit: Unit) -> AnyView {
    let text = format::level(language(), quantity, unit);
    let label = (words().in_ticket)(&text);
    view! { <span class="in" role="img" aria-label=label>{text}</span> }.into_any()
}

fn left(level: Memo<Option<shared::stock::StockLevel>>, unit: Unit) -> AnyView {
    let text = move || {
        level.get().map(|level| {
            let figure = format::level(language(), level.on_hand, unit);
            if level.on_hand > Quantity::ZERO { (words().in_stock)(&figure) } else { (words().out_of_stock)(&figure) }
        })
    };
    let percent = move || level.get().map_or(0, |level| level.percent_left());
    view! { <span class="left"><span>{move || text()}</span>{gauge(percent)}</span> }.into_any()
}
