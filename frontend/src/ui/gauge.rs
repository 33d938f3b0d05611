//! How full a shelf is.

use leptos::prelude::*;
use shared::stock::{StockLevel, Urgency};

/// A bar as long as a share in percent. The figure stands beside it, so it is hidden from readers.
pub fn gauge(percent: impl Fn() -> u8 + Send + Sync + 'static) -> AnyView {
    let width = move || format!("{}%", percent());
    view! { <span class="gauge" aria-hidden="true"><i style:width=width></i></span> }.into_any()
}

/// The class that gives a level its colour and shape.
pub fn state_class(level: &StockLevel) -> &'static str {
    match level.urgency() {
        Urgency::Out => "out",
        Urgency::Low => "low",
        Urgency::Fine => "",
    }
}
