//! Small things that the browser remembers: language, theme, the register chosen last. Losing them costs nothing.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What is remembered under a name.
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(&key(name)).ok().flatten()
}

/// Remembers something; a browser that forbids it forgets, which is fine.
pub fn set(name: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&key(name), value);
    }
}

/// Forgets something.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(name));
    }
}

fn key(name: &str) -> String {
    format!("comptoir.{name}")
}

/// Asks the browser not to evict what this page stores when the disk runs full; whether it promises that. Chromium decides
/// by itself: it does so for what is installed.
pub async fn persist() -> bool {
    let Ok(asked) = window().navigator().storage().persist() else { return false };
    JsFuture::from(asked).await.is_ok_and(|promised| promised.is_truthy())
}
