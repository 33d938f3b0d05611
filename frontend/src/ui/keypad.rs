//! The number pad, for fingers.

use super::press;
use crate::i18n::{common, language};
use leptos::prelude::*;

/// A key of the number pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A digit, or the decimal point as the language writes it.
    Char(char),
    /// Takes the last character back.
    Erase,
}

impl Press {
    /// Changes a text as the key would.
    pub fn apply(self, text: &mut String) {
        match self {
            Self::Char(c) => text.push(c),
            Self::Erase => drop(text.pop()),
        }
    }
}

/// A number pad; with a decimal point where `decimal`. It leaves the focus where it is.
pub fn keypad(decimal: bool, on_press: Callback<Press>) -> AnyView {
    let digit = move |c: char| key(c.to_string(), on_press, Press::Char(c));
    let point = move || language().pick(',', '.');
    let left = if decimal {
        view! { <button type="button" on:mousedown=keep_focus on:click=press(move || on_press.run(Press::Char(untrack(point))))>{move || point().to_string()}</button> }
            .into_any()
    } else {
        view! { <span></span> }.into_any()
    };
    view! {
        <div class="keypad" role="group" aria-label=move || common::words().keypad>
            {"789456123".chars().map(digit).collect_view()}
            {left}
            {digit('0')}
            <button type="button" class="act" aria-label=move || common::words().erase
                on:mousedown=keep_focus on:click=press(move || on_press.run(Press::Erase))>"⌫"</button>
        </div>
    }
    .into_any()
}

fn key(label: String, on_press: Callback<Press>, which: Press) -> AnyView {
    view! { <button type="button" on:mousedown=keep_focus on:click=press(move || on_press.run(which))>{label}</button> }
        .into_any()
}

/// The field that is being filled keeps the focus, so that pad and keyboard can be mixed.
#[expect(clippy::needless_pass_by_value, reason = "an event handler's form")]
fn keep_focus(event: web_sys::MouseEvent) {
    event.prevent_default();
}
