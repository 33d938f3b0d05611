//! The page "Robots": simulations, started and stopped from here.

mod launch;
mod plan;
mod run;
mod runs;

use crate::manager::Desk;
use leptos::prelude::*;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let runs = runs::follow();
    view! { <div class="view bots">{launch::form(runs)}{runs::list(desk, runs)}</div> }.into_any()
}
