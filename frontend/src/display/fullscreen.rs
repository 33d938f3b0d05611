//! Filling the customer's screen.

use crate::i18n::display;
use crate::ui::press;
use leptos::prelude::*;

/// A button that fills the screen with the page, or gives it back.
pub(super) fn button() -> AnyView {
    view! { <button class="btn quiet" id="fullscreen" on:click=press(switch)>{display::fullscreen}</button> }.into_any()
}

fn switch() {
    match document().fullscreen_element() {
        Some(_) => document().exit_fullscreen(),
        None => {
            // A browser that does not let it leaves the window as it is.
            let _ = document().document_element().map(|page| page.request_fullscreen());
        }
    }
}
