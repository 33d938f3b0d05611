//! Giving way to what waits: keys, scans, the next frame (WICG, *Prioritized Task Scheduling*).

use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Lets the browser do what waits, and goes on after it.
pub async fn pause() {
    match given_way() {
        // It does not fail: nobody can abort it.
        Some(over) => drop(JsFuture::from(over).await),
        None => TimeoutFuture::new(0).await,
    }
}

/// `web-sys` does not have it, and not every browser.
fn given_way() -> Option<Promise> {
    let of = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok();
    let scheduler = of(&leptos::prelude::window(), "scheduler")?;
    let give_way: Function = of(&scheduler, "yield")?.dyn_into().ok()?;
    give_way.call0(&scheduler).ok()?.dyn_into().ok()
}
