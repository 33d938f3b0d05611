//! The closings of a store, whether each is complete, and each as on paper.

mod list;
mod slip;

use super::context::Desk;
use super::route::Route;
use crate::i18n::closings as say;
use crate::ui::icon;
use leptos::prelude::*;
use shared::api::closings::StoredClosing;
use shared::closing::Closing;
use shared::ids::StoreNo;
use shared::journal::Act;

/// The page.
pub fn page(desk: Desk, store: StoreNo) -> AnyView {
    let shown = RwSignal::new(None::<StoredClosing>);
    let body = move || match shown.get() {
        None => list::card(desk, store, shown),
        Some(closing) => slip::card(desk, &closing, shown),
    };
    view! {
        <div class="view report">
            <header class="toolbar">
                <a class="btn small quiet" href=Route::Direct.href()>{icon("back")}<span>{say::back}</span></a>
                <h2>{say::list}" "{move || desk.store_name(store)}</h2>
            </header>
            {body}
        </div>
    }
    .into_any()
}

/// What was closed.
fn closing_of(stored: &StoredClosing) -> Option<&Closing> {
    match &stored.entry.sealed.body.entry {
        Act::DayClosed(closing) => Some(closing),
        _ => None,
    }
}
