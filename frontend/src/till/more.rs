//! What the till's menu holds, once somebody opens it.

use super::context::Till;
use super::handover::{hand_over, sign_out};
use super::printer::printer;
use super::safekeeping::safekeeping;
use crate::display;
use crate::i18n::{common, display as showing, keeping, registers};
use crate::ui::{Fetched, press};
use leptos::prelude::*;
use shared::api::problem::Problem;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What a till has in its menu beside language and theme.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn more(till: Till) -> Fetched {
    let on = move || till.sound.on.get().to_string();
    Ok(view! {
        {move || till.outbox.refusal().map(|(number, problem)| refusal(common::words().receipt, number.get(), &problem))}
        {move || till.outbox.displaced().map(|number| displaced(number.get()))}
        {move || till.journal.unsent.with(|unsent| unsent.refusal.as_ref().map(|(number, problem)| refusal(keeping::entry(), number.get(), problem)))}
        {move || till.journal.unsent.with(|unsent| (unsent.unreadable > 0).then(|| view! { <p class="error">{keeping::damaged()}</p> }))}
        {safekeeping(till)}
        <button class="switch" role="switch" aria-checked=on on:click=press(move || till.sound.switch(!till.sound.on.get_untracked()))>
            <span>{move || common::words().sound}</span></button>
        {printer(till)}
        <a class="btn" href=display::address(till.place().store.no, till.place().register) target="display">{showing::open}</a>
        <button class="btn" id="register" on:click=press(move || to_register(till))>{registers::title}" "<kbd>"F1"</kbd></button>
        <button class="btn" on:click=press(move || hand_over(till))>{keeping::hand_over}" "<kbd>"⇧ F1"</kbd></button>
        <button class="btn" on:click=press(move || sign_out(till))>{move || common::words().sign_out}</button>
    }
    .into_any())
}

/// The alarm of what the server has refused; it leads to the reason and to the way to carry it off.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn refused(till: Till) -> Fetched {
    let text = move || keeping::look_at_refused(till.refused());
    Ok(view! { <button class="mark bad alarm" id="refused" on:click=press(open_menu)><span>{text}</span></button> }
        .into_any())
}

fn open_menu() {
    if let Ok(Some(menu)) = document().query_selector(".bar .menu") {
        // What does not open can be opened by hand.
        let _ = menu.set_attribute("open", "");
        let summary = menu.first_element_child().and_then(|first| first.dyn_into::<HtmlElement>().ok());
        let _ = summary.map(|summary| summary.focus());
    }
}

/// Shows the drawer's pane, which the menu would lie over.
fn to_register(till: Till) {
    if let Ok(Some(menu)) = document().query_selector(".menu[open]") {
        // What stays open can be closed by hand.
        let _ = menu.remove_attribute("open");
    }
    till.ask_register();
}

/// A receipt whose id the store has with other content.
fn displaced(number: u64) -> AnyView {
    view! { <p class="error">{move || keeping::displaced(number)}</p> }.into_any()
}

/// Why the server does not take something: somebody has to look, and nothing but this till has it.
fn refusal(what: &str, number: u64, problem: &Problem) -> AnyView {
    let number = (common::words().receipt_no)(number);
    let text = format!("{what} {number}{}{} {}", common::colon(), problem.detail, problem.remedy);
    view! { <p class="error">{text}</p> }.into_any()
}
