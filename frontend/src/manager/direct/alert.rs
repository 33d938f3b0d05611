//! One alert, with its cure in the card.

use super::alerts::{Alerts, Key};
use crate::format;
use crate::i18n::desk::alerts as say;
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::movement::{self, Act, Order};
use crate::ui::{self, gauge};
use leptos::prelude::*;
use shared::notice::Alert;
use shared::quantity::{Quantity, Unit};
use shared::stock::{StockLevel, Urgency};

pub fn card(desk: Desk, open: Alerts, receiving: RwSignal<Option<Key>>, key: Key) -> AnyView {
    let (store, sku, _) = key.clone();
    let alert = {
        let key = key.clone();
        Memo::new(move |_| open.with(|open| open.alerts.get(&key).cloned()))
    };
    let level = Memo::new(move |_| alert.with(|alert| alert.as_ref().map(level)));
    let urgency = Memo::new(move |_| alert.with(|alert| alert.as_ref().map(Alert::urgency)));
    let class = move || if urgency.get() == Some(Urgency::Out) { "alert out" } else { "alert low" };
    let name = {
        let sku = sku.clone();
        Memo::new(move |_| desk.product_name(&sku))
    };
    let unit = {
        let sku = sku.clone();
        Memo::new(move |_| desk.product(&sku).map(|product| product.unit).unwrap_or_default())
    };
    let since = move || {
        let age = alert
            .with(|alert| alert.as_ref().map(|alert| format::age(language(), desk.seconds_since(alert.raised_at))));
        say::since(&desk.store_name(store), &age.unwrap_or_default())
    };
    let is_open = {
        let key = key.clone();
        Memo::new(move |_| receiving.with(|receiving| receiving.as_ref() == Some(&key)))
    };
    let id = button_id(&key);
    let on_close = {
        let id = id.clone();
        Callback::new(move |()| {
            receiving.set(None);
            let id = id.clone();
            request_animation_frame(move || ui::focus(&id));
        })
    };
    let form = move || {
        is_open.get().then(|| {
            let product = untrack(|| desk.product(&sku));
            let order = Order { act: Act::Deliver, store, sku: sku.clone(), product, level: level.into(), on_close };
            movement::form(desk, order)
        })
    };
    let start = move |_| receiving.set(Some(key.clone()));
    let label = move || say::receive_what(&name.get(), &desk.store_name(store));
    let figure = move || level.get().map(|level| figure(&level, unit.get()));
    let spoken = move || level.get().map(|level| spoken(&level, unit.get()));
    view! {
        <article class=class>
            <header><b>{name}</b><span class="level"><span aria-hidden="true">{figure}</span><span class="visually-hidden">{spoken}</span></span></header>
            {gauge(move || level.get().map_or(0, |level| level.percent_left()))}
            <footer><span>{since}</span>
                <button type="button" class="btn small" id=id aria-label=label aria-expanded=move || is_open.get().to_string()
                    disabled=is_open on:click=start>{say::receive}</button></footer>
            {form}
        </article>
    }
    .into_any()
}

/// The id of the button that opens the delivery of an alert.
pub fn button_id((store, sku, _): &Key) -> String {
    format!("receive-{store}-{sku}")
}

fn level(alert: &Alert) -> StockLevel {
    StockLevel { on_hand: alert.on_hand, par: alert.par, ..StockLevel::default() }
}

/// What is left of par: `0 / 20`, `4,2 / 45 kg`. The unit is said once.
fn figure(level: &StockLevel, unit: Unit) -> String {
    let (left, par) = (shown(level.on_hand, unit), shown(level.par, unit));
    let left = left.strip_suffix("\u{a0}kg").unwrap_or(&left);
    format!("{left} / {par}")
}

fn spoken(level: &StockLevel, unit: Unit) -> String {
    say::left(&shown(level.on_hand, unit), &shown(level.par, unit))
}

fn shown(quantity: Quantity, unit: Unit) -> String {
    format::level(language(), quantity, unit)
}
