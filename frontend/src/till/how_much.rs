//! Asking how much: of a product that is weighed, of the chosen line, or of what comes next. In place of the line's tools.

use super::context::{HowMuch, Pane, Till};
use super::message::Message;
use crate::format;
use crate::i18n::{common, language, reducing, refunding, till::words};
use crate::ui::{self, Fetched, keypad, press};
use leptos::prelude::*;
use shared::basket::BasketLine;
use shared::quantity::{Quantity, Unit};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

/// Weighed goods mostly come with a scale's label, or a weight typed before the name; other quantities by the keys.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn how_much(till: Till, what: HowMuch) -> Fetched {
    let what = Arc::new(what);
    let is_weighed = matches!(*what, HowMuch::Product(_));
    let (is_line, is_next) = (*what == HowMuch::Line, *what == HowMuch::Next);
    let entry = RwSignal::new(if is_next { till.multiplier_figure() } else { String::new() });
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
    // Whatever else takes the pad's place, nobody has said that the multiplier is one.
    let is_applied = Arc::new(AtomicBool::new(!is_next));
    let applied = Arc::clone(&is_applied);
    on_cleanup(move || {
        if !applied.load(Relaxed) {
            till.multiply("");
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        is_applied.fetch_or(entry.with_untracked(|text| take(till, &what, text)), Relaxed);
    };
    Ok(view! {
        <form class="sheet weigh" on:submit=submit novalidate>
            <label class="field"><span class="label">{title}</span>
                <span class="input-group"><input class="input" id=id inputmode="decimal" autocomplete="off" maxlength="8"
                    placeholder=so_far aria-label=label prop:value=move || entry.get() on:input=type_in/>
                    {(unit == Some(Unit::Kilogram)).then(|| view! { <span class="unit">"kg"</span> })}</span></label>
            {move || not_possible(till)}
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

/// Why it was refused, where the screen has no room for what says so elsewhere.
fn not_possible(till: Till) -> Option<impl IntoView> {
    let message = till.message.get().filter(|message| *message == Message::Quantity)?;
    Some(view! { <p class="error phone-only" role="alert">{move || message.text()}</p> })
}

/// Takes what was typed; whether it could be.
fn take(till: Till, what: &HowMuch, text: &str) -> bool {
    let quantity = format::parse_quantity(text);
    let fits = |quantity: Quantity| untrack(|| of_line(till, |line| quantity.fits_line(line.unit))) == Some(true);
    match (what, quantity) {
        (HowMuch::Product(product), Some(weight)) => till.add(product, weight),
        (HowMuch::Line, Some(quantity)) if fits(quantity) => {
            till.asked.set(None);
            till.set_quantity(text);
        }
        (HowMuch::Next, Some(quantity)) if quantity > Quantity::ZERO => {
            till.multiply(text);
            till.message.set(None);
            till.asked.set(None);
            till.pane.set(Pane::Shelf);
        }
        _ => {
            till.refuse(Message::Quantity);
            return false;
        }
    }
    true
}
