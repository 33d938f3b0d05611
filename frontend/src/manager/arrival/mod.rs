//! The page "Intégrité": whether everything that was issued has arrived, and what is wrong.

mod alarms;
mod holder;
mod letters;
mod refusals;
mod seen;
mod series;

pub use seen::{badge, unseen};

use super::context::Desk;
use leptos::prelude::*;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    view! { <div class="view split">{series::card(desk)}<div class="side">{refusals::card(desk)}{letters::card(desk)}{alarms::card(desk)}</div></div> }.into_any()
}
