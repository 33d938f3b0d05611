//! When somebody last touched any page of this server in this browser: all of them share one session.

use super::{clock, storage};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Where it is remembered, in milliseconds since 1970 by the machine's clock.
const NAME: &str = "touched";

/// Remembers from now on when a key or a pointer is pressed.
pub fn watch() {
    let touch = || storage::set(NAME, &clock::now_millis().to_string());
    touch();
    let touched = Closure::<dyn FnMut()>::new(touch);
    for event in ["keydown", "pointerdown"] {
        // The window takes any listener, and this one stays for the life of the page.
        let _ = window().add_event_listener_with_callback_and_bool(event, touched.as_ref().unchecked_ref(), true);
    }
    touched.forget();
}

/// For how long nobody has, in milliseconds; nothing where the browser remembers nothing.
pub fn alone_millis() -> i64 {
    let last = storage::get(NAME).and_then(|text| text.parse::<i64>().ok());
    last.map_or(0, |last| clock::now_millis() - last)
}
