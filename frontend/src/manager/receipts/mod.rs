//! The page "Tickets": what is saved, and one receipt in full.

mod criteria;
mod detail;
mod filters;
mod list;

use super::context::Desk;
use super::route::Route;
use criteria::Criteria;
use leptos::prelude::*;

/// The page.
pub fn page(desk: Desk, route: RwSignal<Route>) -> AnyView {
    let criteria = RwSignal::new(Criteria::default());
    let open = Memo::new(move |_| match route.get() {
        Route::Receipts(id) => id,
        _ => None,
    });
    // Phones show the list or the receipt.
    let pane = move || if open.get().is_some() { "detail" } else { "list" };
    view! {
        <div class="view split" data-pane=pane>
            {filters::form(desk, criteria)}
            {list::card(desk, criteria, open)}
            {move || detail::pane(desk, open.get())}
        </div>
    }
    .into_any()
}
