//! The page "Magasins": what a store's tills go by, and who works there.

mod policies;

use super::context::Desk;
use super::picker::picker;
use crate::i18n::desk::stores as say;
use leptos::prelude::*;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let (store, select) = picker(desk);
    view! {
        <div class="view">
            <div class="toolbar" role="toolbar" aria-label=say::stores>{select}</div>
            <div class="side">{move || store.get().map(|store| policies::card(desk, store))}</div>
        </div>
    }
    .into_any()
}
