//! The browser's own services, one file each, behind types of ours.

pub mod camera;
pub mod channel;
pub mod clock;
mod device;
pub mod file;
pub mod keys;
pub mod locks;
pub mod pause;
pub mod pins;
pub mod random;
pub mod serial;
pub mod sound;
pub mod storage;
pub mod time_zone;
pub mod touched;
pub mod usb;
pub mod worker;

use wasm_bindgen::JsValue;

/// What went wrong in the browser, in its own words.
pub fn message(error: &JsValue) -> String {
    let text = js_sys::Reflect::get(error, &JsValue::from_str("message")).ok().and_then(|text| text.as_string());
    text.unwrap_or_else(|| format!("{error:?}"))
}

/// Loads the page anew: the one way to leave a register that lets go of its lock, its socket and all that is in memory.
pub fn reload() {
    // A browser that refuses to reload leaves the page as it is, which is safe.
    let _ = leptos::prelude::window().location().reload();
}
