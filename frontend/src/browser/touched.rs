//! Whether somebody touches any page of this server in this browser: all of them share one session.

use super::{clock, storage};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Where the last touch is remembered, for all pages.
const NAME: &str = "touched";

/// How far apart touches are that are told apart, in milliseconds: a scanner presses a dozen keys at once, and each that is
/// remembered makes them wait.
const APART: u64 = 1000;

/// Remembers from now on when a key or a pointer is pressed.
pub fn watch() {
    let mut last = None;
    let mut touch = move || {
        let now = clock::now_millis();
        if last.is_none_or(|last| now.abs_diff(last) >= APART) {
            last = Some(now);
            storage::set(NAME, &now.to_string());
        }
    };
    touch();
    let touched = Closure::<dyn FnMut()>::new(touch);
    for event in ["keydown", "pointerdown"] {
        // The window takes any listener, and this one stays for the life of the page.
        let _ = window().add_event_listener_with_callback_and_bool(event, touched.as_ref().unchecked_ref(), true);
    }
    touched.forget();
}

/// The last touch: another one is another text. It is no time to reckon with, since clocks are set.
pub fn last() -> Option<String> {
    storage::get(NAME)
}
