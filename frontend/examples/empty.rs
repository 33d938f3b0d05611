//! A page that does next to nothing: what any program of Leptos takes to start and to answer a key, which the till is
//! measured beside (`cargo xtask bench --only till`).

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    mount_to_body(page);
}

/// What the till shows at the least, under the till's names: a search, a product, a total.
fn page() -> impl IntoView {
    let (typed, scanned) = (RwSignal::new(String::new()), RwSignal::new(0_u32));
    let enter = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" {
            scanned.update(|scanned| *scanned += 1);
        }
    };
    let listener = window_event_listener(leptos::ev::keydown, enter);
    on_cleanup(move || listener.remove());
    view! {
        <input type="search" id="search" aria-label="search" on:input=move |event| typed.set(event_target_value(&event))/>
        <div id="tiles"><button class="tile">{move || typed.get()}</button></div>
        <output id="total">{move || scanned.get()}</output>
    }
}
