//! What the customer sees, from across the counter.

use super::fullscreen;
use super::shown::{Act, Shown};
use crate::format;
use crate::i18n::{common, display, language};
use leptos::html::Ol;
use leptos::prelude::*;
use shared::basket::{Basket, BasketLine};
use shared::discount::Discount;
use shared::ids::LineNo;
use shared::money::{Currency, Money};

/// The page: what the till told, and whether it was opened without saying for which register.
pub(super) fn view(told: RwSignal<Option<Shown>>, is_for_none: bool) -> AnyView {
    let store = move || told.with(|told| told.as_ref().map(|shown| shown.store.clone()));
    let sim = move || {
        let training = told.with(|told| told.as_ref().is_some_and(|shown| shown.training));
        training.then(|| view! { <span class="sim">{move || common::words().simulation}</span> })
    };
    let act = move || match told.get() {
        Some(Shown { act, currency, .. }) => shown(act, Purse(currency)),
        None if is_for_none => closed(display::open_from_till),
        None => closed(display::no_till),
    };
    view! {
        <main class="display">
            <header class="bar"><span class="brand">"Comptoir"</span><b>{move || store()}</b>{move || sim()}
                <span class="push">{fullscreen::button()}</span></header>
            {move || act()}
        </main>
    }
    .into_any()
}

/// How a store writes its figures in the page's language.
#[derive(Clone, Copy)]
struct Purse(Currency);

impl Purse {
    fn money(self, amount: Money) -> String {
        format::money(language(), amount, self.0)
    }
}

fn shown(act: Act, purse: Purse) -> AnyView {
    match act {
        Act::Closed => closed(|| ""),
        Act::Welcome => view! { <section class="word"><h1>{display::welcome}</h1></section> }.into_any(),
        Act::Selling { basket, due } => selling(&basket, due, purse),
        Act::Paid { total, change } => paid(total, change, purse),
    }
}

fn closed(hint: fn() -> &'static str) -> AnyView {
    view! { <section class="word"><h1>{display::closed}</h1><p>{hint}</p></section> }.into_any()
}

fn selling(basket: &Basket, due: Option<Money>, purse: Purse) -> AnyView {
    let list = NodeRef::<Ol>::new();
    // The product that was rung up last stands at the end.
    list.on_load(|list| request_animation_frame(move || list.set_scroll_top(list.scroll_height())));
    let discounts = basket.discounts().unwrap_or_default();
    let of = |place: Option<LineNo>| discounts.iter().filter(move |discount| discount.line == place);
    let places = std::iter::successors(Some(LineNo::FIRST), |place| place.next());
    let lines = basket.lines().iter().zip(places);
    let lines = lines.map(|(bought, place)| line(bought, of(Some(place)), purse)).collect_view();
    let whole = of(None).map(|discount| row("off", discount_name(discount), purse.money(discount.amount)));
    let total = basket.total().unwrap_or_default();
    let due = due.filter(|due| *due != total).map(|due| row("due", display::due().to_owned(), purse.money(due)));
    view! {
        <section class="bought">
            <ol class="lines" aria-label=display::products node_ref=list tabindex="0">{lines}</ol>
            <dl class="figures" aria-live="polite">
                {whole.collect_view()}
                {row("grand", common::words().total.to_owned(), purse.money(total))}
                {due}
            </dl>
        </section>
    }
    .into_any()
}

fn line<'a>(bought: &BasketLine, discounts: impl Iterator<Item = &'a Discount>, purse: Purse) -> AnyView {
    let quantity = format::quantity(language(), bought.quantity, bought.unit);
    let off = discounts.map(|discount| {
        view! { <small class="off"><span>{discount_name(discount)}</span><span>{purse.money(discount.amount)}</span></small> }
    });
    view! {
        <li><span class="name">{bought.name.clone()}</span><span class="amount">{purse.money(bought.total)}</span>
            <small>{quantity}" × "{purse.money(bought.price)}</small>{off.collect_view()}</li>
    }
    .into_any()
}

fn paid(total: Money, change: Money, purse: Purse) -> AnyView {
    let (name, amount) = if total < Money::ZERO {
        (display::refunded(), Money::ZERO.minus(total).unwrap_or_default())
    } else {
        (display::paid(), total)
    };
    let change = (change > Money::ZERO).then(|| row("due", display::change().to_owned(), purse.money(change)));
    view! {
        <section class="word"><h1>{display::thanks}</h1>
            <dl class="figures" aria-live="polite">{row("grand", name.to_owned(), purse.money(amount))}{change}</dl></section>
    }
    .into_any()
}

fn discount_name(discount: &Discount) -> String {
    format!("{}{}", common::words().discount, format::of_percent(language(), discount.percent))
}

fn row(class: &'static str, name: String, amount: String) -> AnyView {
    view! { <div class=class><dt>{name}</dt><dd>{amount}</dd></div> }.into_any()
}
