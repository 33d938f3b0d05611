//! The page "Magasins": what a store's tills go by, and who works there.

mod draft;
mod person;
mod policies;
mod staff;

use super::context::Desk;
use super::picker::picker;
use crate::i18n::desk::stores as say;
use leptos::prelude::*;
use shared::ids::StoreNo;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let (store, select) = picker(desk);
    view! {
        <div class="view">
            <div class="toolbar" role="toolbar" aria-label=say::stores>{select}</div>
            {move || store.get().map(|store| cards(desk, store))}
        </div>
    }
    .into_any()
}

fn cards(desk: Desk, store: StoreNo) -> AnyView {
    view! { <div class="side">{policies::card(desk, store)}{staff::card(desk, store)}</div> }.into_any()
}
