//! A till that nobody touches locks itself: whoever comes next signs in. What lies on the counter stays there.

use super::bar;
use super::context::Till;
use crate::browser::clock;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// How long a till may be left alone: longer than a customer looks for a purse, shorter than a break.
const ALONE_MS: i64 = 10 * 60 * 1000;

/// Between two looks at whether it was.
const LOOK_MS: u32 = 5_000;

/// Signs out once nobody has touched the till for [`ALONE_MS`], unless a sale is just being written down or the bot sells.
pub(super) fn follow(till: Till) {
    let touched = StoredValue::new(clock::now_millis());
    let touch = Closure::<dyn FnMut()>::new(move || touched.set_value(clock::now_millis()));
    for event in ["keydown", "pointerdown"] {
        // The window takes any listener, and this one stays for the life of the page.
        let _ = window().add_event_listener_with_callback_and_bool(event, touch.as_ref().unchecked_ref(), true);
    }
    touch.forget();
    leptos::task::spawn_local(async move {
        loop {
            TimeoutFuture::new(LOOK_MS).await;
            let is_alone = clock::now_millis() - touched.get_value() > ALONE_MS;
            if is_alone && !till.busy.get_untracked() && !till.auto.get_untracked() {
                return bar::sign_out();
            }
        }
    });
}
