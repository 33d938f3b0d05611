//! Asking how much: of a product that is weighed, of the chosen line, or of what comes next. In place of the line's tools.

use super::context::{HowMuch, Pane, Till};
use super::message::Message;
use crate::format;
use crate::i18n::{common, language, reducing, refunding, till::words};
use crate::ui::{self, Fetched, keypad, press};
use leptos::prelude::*;
use shared::basket::BasketLine;
use shared::quantity::Unit;
use std::sync::Arc;

/// Weighed goods mostly come with a scale's label, or a weight typed before the name; other quantities by the keys.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn how_much(till: Till, what: HowMuch) -> Fetched {
    let entry = RwSignal::new(String::new());
    let what = Arc::new(what);
    let id = match *what {
        HowMuch::Product(_) => "weight",
        HowMuch::Line => "how-many",
        HowMuch::Next => "multiplier",
    };
    ui::focus_soon(id);
    let asked = Arc::clone(&what);
    let title = move || match &*asked {
        HowMuch::Product(product) => (words().weight_of)(&product.name),
        HowMuch::Line => of_line(till, |line| refunding::quantity_of(&line.name)).unwrap_or_default(),
        HowMuch::Next => words().multiplier.to_owned(),
    };
    let unit = match &*what {
        HowMuch::Product(product) => Some(product.unit),
        HowMuch::Line => of_line(till, |line| line.unit),
        HowMuch::Next => None,
    };
    let is_weighed = matches!(*what, HowMuch::Product(_));
    let (is_line, is_next) = (*what == HowMuch::Line, *what == HowMuch::Next);
    let label = move || if is_weighed { words().weight } else { words().quantity };
    let act = move || if is_weighed { words().add } else { reducing::apply() };
    let so_far = move || {
        let line = of_line(till, |line| format::plain_quantity(language(), line.quantity, line.unit));
        line.filter(|_| is_line)
    };
    // What is scanned next finds the multiplier there, whether or not somebody has said that it is all.
    let type_in = move |event| {
        entry.set(event_target_value(&event));
        if is_next {
            entry.with_untracked(|text| till.multiply(text));
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        entry.with_untracked(|text| take(till, &what, text));
    };
    Ok(view! {
        <form class="sheet weigh" on:submit=submit novalidate>
            <label class="field"><span class="label">{title}</span>
                <span class="input-group"><input class="input" id=id inputmode="decimal" autocomplete="off" maxlength="8"
                    placeholder=so_far aria-label=label prop:value=move || entry.get() on:input=type_in/>
                    {(unit == Some(Unit::Kilogram)).then(|| view! { <span class="unit">"kg"</span> })}</span></label>
            {keypad(true)}
            <footer class="actions">
                <button type="button" class="btn" on:click=press(move || till.put_away())>{move || common::words().cancel}" "<kbd>{move || common::words().escape_key}</kbd></button>
                <button class="btn primary">{act}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </form>
    }
    .into_any())
}

fn of_line<T>(till: Till, read: impl Fn(&BasketLine) -> T) -> Option<T> {
    till.sale.with(|sale| sale.current().map(read))
}

fn take(till: Till, what: &HowMuch, text: &str) {
    let quantity = format::parse_quantity(text);
    match (what, quantity) {
        (HowMuch::Product(product), Some(weight)) => till.add(product, weight),
        (HowMuch::Line, Some(quantity))
            if untrack(|| of_line(till, |line| quantity.fits_line(line.unit))) == Some(true) =>
        {
            till.asked.set(None);
            till.set_quantity(text);
        }
        (HowMuch::Next, _) => {
            till.multiply(text);
            if till.multiplier().is_none() {
                return till.refuse(Message::Quantity);
            }
            till.asked.set(None);
            till.pane.set(Pane::Shelf);
        }
        _ => till.refuse(Message::Quantity),
    }
}
