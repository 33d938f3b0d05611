//! Asking for the weight of a product, in place of the line's tools.

use super::context::Till;
use crate::format;
use crate::i18n::{common, till::words};
use crate::ui::{self, Fetched, Press, keypad, press};
use leptos::prelude::*;
use shared::product::Product;
use std::sync::Arc;

/// Weighed goods mostly come with a scale's label, or a weight typed before the name.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn weigh(till: Till, product: Arc<Product>) -> Fetched {
    let entry = RwSignal::new(String::new());
    ui::focus_soon("weight");
    let name = product.name.clone();
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match entry.with_untracked(|text| format::parse_quantity(text)) {
            Some(weight) => till.add(&product, weight),
            None => till.refuse(super::message::Message::Quantity),
        }
    };
    let on_press = Callback::new(move |press: Press| entry.update(|text| press.apply(text)));
    Ok(view! {
        <form class="sheet weigh" on:submit=add novalidate>
            <label class="field"><span class="label">{move || (words().weight_of)(&name)}</span>
                <span class="input-group"><input class="input" id="weight" inputmode="decimal" autocomplete="off" maxlength="8"
                    aria-label=move || words().weight prop:value=move || entry.get() on:input=move |event| entry.set(event_target_value(&event))/>
                    <span class="unit">"kg"</span></span></label>
            {keypad(true, on_press)}
            <footer class="actions">
                <button type="button" class="btn" on:click=press(move || till.asked.set(None))>{move || common::words().cancel}" "<kbd>{move || common::words().escape_key}</kbd></button>
                <button class="btn primary">{move || words().add}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </form>
    }
    .into_any())
}
