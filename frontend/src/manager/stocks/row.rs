//! One product of a store, and the form below it when goods move.

use crate::format;
use crate::i18n::desk::stocks as say;
use crate::i18n::language;
use crate::live::Live;
use crate::manager::context::Desk;
use crate::manager::movement::{self, Act, Order};
use crate::ui::{self, gauge, state_class};
use leptos::prelude::*;
use shared::ids::{Sku, StoreNo};
use shared::quantity::Quantity;
use shared::stock::{StockLevel, Urgency};

/// The product whose goods move; one at a time.
pub type Moving = RwSignal<Option<Sku>>;

pub fn row(desk: Desk, live: Live, store: StoreNo, moving: Moving, sku: Sku) -> AnyView {
    let level = {
        let sku = sku.clone();
        Memo::new(move |_| live.pictures.with(|pictures| pictures.get(&store)?.level(&sku).copied()))
    };
    let product = {
        let sku = sku.clone();
        Memo::new(move |_| desk.product(&sku))
    };
    let unit = move || product.with(|product| product.as_ref().map(|product| product.unit).unwrap_or_default());
    let name = {
        let sku = sku.clone();
        Memo::new(move |_| desk.product_name(&sku))
    };
    let category = move || product.with(|product| product.as_ref().map(|product| product.category.clone()));
    let quantity = move |pick: fn(&StockLevel) -> Quantity| {
        move || level.get().map_or_else(|| "–".to_owned(), |level| format::level(language(), pick(&level), unit()))
    };
    let class = move || level.get().map_or("", |level| state_class(&level));
    let id = format!("move-{sku}");
    let is_open = {
        let sku = sku.clone();
        Memo::new(move |_| moving.with(|moving| moving.as_ref() == Some(&sku)))
    };
    let toggle = {
        let sku = sku.clone();
        move |_| moving.set((!is_open.get_untracked()).then(|| sku.clone()))
    };
    let on_close = {
        let id = id.clone();
        Callback::new(move |()| {
            moving.set(None);
            let id = id.clone();
            request_animation_frame(move || ui::focus(&id));
        })
    };
    let form = move || {
        is_open.get().then(|| {
            let product = product.get_untracked();
            let order = Order { act: Act::Deliver, store, sku: sku.clone(), product, level: level.into(), on_close };
            view! { <tr class="opened"><td colspan="6">{moves(desk, order)}</td></tr> }
        })
    };
    view! {
        <tr class=class>
            <td class="cut">{name}" "<small>{category}</small></td>
            <td class="num level">{quantity(|level| level.on_hand)}</td>
            <td class="num desktop-only">{quantity(|level| level.par)}</td>
            <td class="desktop-only">{gauge(move || level.get().map_or(0, |level| level.percent_left()))}</td>
            <td class="desktop-only">{state(level)}</td>
            <td class="num"><button type="button" class="link" id=id aria-expanded=move || is_open.get().to_string()
                aria-label=move || say::act_on(say::moves(), &name.get()) on:click=toggle>{say::moves}</button></td>
        </tr>
        {form}
    }
    .into_any()
}

fn state(level: Memo<Option<StockLevel>>) -> AnyView {
    let urgency = Memo::new(move |_| level.get().map(|level| level.urgency()));
    let class = move || match urgency.get() {
        Some(Urgency::Out) => "mark bad",
        Some(Urgency::Low) => "mark wait",
        _ => "mark ok",
    };
    let word = move || match urgency.get() {
        Some(Urgency::Out) => say::out(),
        Some(Urgency::Low) => say::low(),
        Some(Urgency::Fine) => say::fine(),
        None => say::never(),
    };
    view! { <span class=class><span>{word}</span></span> }.into_any()
}

/// What can be done with the goods, and the form of the chosen act.
fn moves(desk: Desk, order: Order) -> AnyView {
    let act = RwSignal::new(order.act);
    let choice = move |which: Act, name: fn() -> &'static str| {
        let pressed = move || (act.get() == which).to_string();
        view! { <button type="button" aria-pressed=pressed on:click=move |_| act.set(which)>{name}</button> }
    };
    view! {
        <div class="moves">
            <div class="segmented" role="group" aria-label=say::acts>
                {choice(Act::Deliver, say::receive)}{choice(Act::Count, say::count)}{choice(Act::Transfer, say::transfer)}
            </div>
            {move || movement::form(desk, Order { act: act.get(), ..order.clone() })}
        </div>
    }
    .into_any()
}
