//! The number pad, for fingers: it types where the focus is, as a keyboard does.

use super::tell_input;
use crate::i18n::{common, language, language_now};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement, MouseEvent, SelectionMode};

/// A key of the number pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Press {
    /// A digit.
    Digit(char),
    /// The decimal point, as the language writes it.
    Point,
    /// Takes the last character back.
    Erase,
}

/// A number pad for the fields of the form that it stands in; with a decimal point where `decimal`. It leaves the focus
/// where it is, so that pad and keyboard can be mixed; where no field has it, the form's first one gets it.
pub fn keypad(decimal: bool) -> AnyView {
    let left = if decimal {
        view! { <button type="button" on:mousedown=keep_focus on:click=typing(Press::Point)>{move || point(language())}</button> }.into_any()
    } else {
        view! { <span></span> }.into_any()
    };
    view! {
        <div class="keypad" role="group" aria-label=move || common::words().keypad>
            {"789456123".chars().map(digit).collect_view()}
            {left}
            {digit('0')}
            <button type="button" class="act" aria-label=move || common::words().erase
                on:mousedown=keep_focus on:click=typing(Press::Erase)>"⌫"</button>
        </div>
    }
    .into_any()
}

fn digit(c: char) -> AnyView {
    view! { <button type="button" on:mousedown=keep_focus on:click=typing(Press::Digit(c))>{c.to_string()}</button> }
        .into_any()
}

fn point(language: crate::i18n::Language) -> &'static str {
    language.pick(",", ".")
}

/// For buttons beside a field that is being filled: pressed by a finger or the mouse, they leave the focus there.
#[expect(clippy::needless_pass_by_value, reason = "an event handler's form")]
pub fn keep_focus(event: MouseEvent) {
    event.prevent_default();
}

fn typing(press: Press) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |event| {
        if let Some(field) = field_of(&event_target(&event)) {
            // A field for something else than text takes no keys of a pad.
            let _ = type_into(&field, press);
        }
    })
}

/// The field of a key's form that has the focus, or else the first one.
fn field_of(key: &Element) -> Option<HtmlInputElement> {
    let form = key.closest("form").ok().flatten()?;
    let focused = document().active_element().filter(|element| form.contains(Some(element)));
    let focused = focused.and_then(|element| element.dyn_into().ok());
    focused.or_else(|| form.query_selector("input:enabled").ok().flatten()?.dyn_into().ok())
}

/// Types at the caret, in place of what is selected.
fn type_into(field: &HtmlInputElement, press: Press) -> Result<(), JsValue> {
    let (Some(start), Some(end)) = (field.selection_start()?, field.selection_end()?) else { return Ok(()) };
    let mut text = [0; 4];
    let (text, start) = match press {
        Press::Digit(c) => (&*c.encode_utf8(&mut text), start),
        Press::Point if field.get_attribute("inputmode").as_deref() == Some("numeric") => return Ok(()),
        Press::Point => (point(language_now()), start),
        Press::Erase if start == end => ("", start.saturating_sub(1)),
        Press::Erase => ("", start),
    };
    // The limit binds what is typed, not what a page sets; it is below zero where there is none.
    let is_full = usize::try_from(field.max_length()).is_ok_and(|most| field.value().chars().count() >= most);
    if is_full && start == end {
        return Ok(());
    }
    field.set_range_text_with_start_and_end_and_selection_mode(text, start, end, SelectionMode::End)?;
    field.focus()?;
    tell_input(field);
    Ok(())
}
