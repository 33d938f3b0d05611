//! Asking how much: of a product that is weighed, or of the chosen line. In place of the line's tools.

use super::context::Till;
use super::message::Message;
use crate::format;
use crate::i18n::{common, language, reducing, refunding, till::words};
use crate::ui::{self, Fetched, keypad, press};
use leptos::prelude::*;
use shared::basket::BasketLine;
use shared::product::Product;
use shared::quantity::Unit;
use std::sync::Arc;

/// Weighed goods mostly come with a scale's label, or a weight typed before the name; other quantities by the keys.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn how_much(till: Till, weighed: Option<Arc<Product>>) -> Fetched {
    let entry = RwSignal::new(String::new());
    let is_weighed = weighed.is_some();
    let unit = weighed.as_ref().map(|product| product.unit).or_else(|| of_line(till, |line| line.unit));
    let id = if is_weighed { "weight" } else { "how-many" };
    ui::focus_soon(id);
    let name = weighed.as_ref().map(|product| product.name.clone());
    let title = move || match &name {
        Some(name) => (words().weight_of)(name),
        None => of_line(till, |line| refunding::quantity_of(&line.name)).unwrap_or_default(),
    };
    let label = move || if is_weighed { words().weight } else { words().quantity };
    let act = move || if is_weighed { words().add } else { reducing::apply() };
    let so_far = move || {
        let line = of_line(till, |line| format::plain_quantity(language(), line.quantity, line.unit));
        line.filter(|_| !is_weighed)
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        entry.with_untracked(|text| take(till, weighed.as_deref(), text));
    };
    Ok(view! {
        <form class="sheet weigh" on:submit=submit novalidate>
            <label class="field"><span class="label">{title}</span>
                <span class="input-group"><input class="input" id=id inputmode="decimal" autocomplete="off" maxlength="8"
                    placeholder=so_far aria-label=label prop:value=move || entry.get() on:input=move |event| entry.set(event_target_value(&event))/>
                    {(unit == Some(Unit::Kilogram)).then(|| view! { <span class="unit">"kg"</span> })}</span></label>
            {keypad(true)}
            <footer class="actions">
                <button type="button" class="btn" on:click=press(move || till.asked.set(None))>{move || common::words().cancel}" "<kbd>{move || common::words().escape_key}</kbd></button>
                <button class="btn primary">{act}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </form>
    }
    .into_any())
}

fn of_line<T>(till: Till, read: impl Fn(&BasketLine) -> T) -> Option<T> {
    till.sale.with(|sale| sale.current().map(read))
}

fn take(till: Till, weighed: Option<&Product>, text: &str) {
    let quantity = format::parse_quantity(text);
    match (weighed, quantity) {
        (Some(product), Some(weight)) => till.add(product, weight),
        (None, Some(quantity)) if untrack(|| of_line(till, |line| quantity.fits_line(line.unit))) == Some(true) => {
            till.asked.set(None);
            till.set_quantity(text);
        }
        _ => till.refuse(Message::Quantity),
    }
}
