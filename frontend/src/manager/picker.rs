//! Choosing one of the stores that are shown; the pages that ask for one remember the same.

use super::context::Desk;
use crate::browser::storage;
use crate::i18n::desk::stocks as say;
use leptos::prelude::*;
use shared::ids::StoreNo;
use shared::store::Store;

/// The store that was looked at last.
const STORE: &str = "stock-store";

/// A choice of stores, and what is chosen; nothing only while there is none.
pub fn picker(desk: Desk) -> (Memo<Option<StoreNo>>, AnyView) {
    let chosen = RwSignal::new(storage::get(STORE).and_then(|no| no.parse::<StoreNo>().ok()));
    let store = Memo::new(move |_| {
        let scope = desk.scope.get();
        chosen.get().filter(|store| scope.contains(store)).or_else(|| scope.first().copied())
    });
    let choose = move |event| {
        let no: Option<StoreNo> = event_target_value(&event).parse().ok();
        chosen.set(no);
        storage::set(STORE, &no.map(|no| no.to_string()).unwrap_or_default());
    };
    let option = move |entry: &Store| {
        let (no, name) = (entry.no, entry.name.clone());
        view! { <option value=no.to_string() selected=move || store.get() == Some(no)>{name}</option> }
    };
    let options = move || {
        let scope = desk.scope.get();
        desk.directory
            .with(|directory| directory.stores().filter(|store| scope.contains(&store.no)).map(option).collect_view())
    };
    let select = view! { <select class="select" aria-label=say::store on:change=choose>{options}</select> };
    (store, select.into_any())
}
