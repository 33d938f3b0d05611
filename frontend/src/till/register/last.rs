//! The receipt that this register has issued last, also once the page was loaded anew since.

use crate::api;
use crate::db::{self, Name};
use crate::i18n::registers as say;
use crate::till::context::Till;
use leptos::prelude::*;
use shared::api::receipts::ReceiptQuery;
use shared::chain::{Hash, Sealed};
use shared::receipt::Receipt;
use std::sync::Arc;

/// How many of the receipts that the server has saved last to look through: those of a series that another browser has left
/// may have come later.
const MOST: u16 = 20;

/// Whether this register has issued any.
pub(super) fn is_any(till: Till) -> bool {
    head(till) != Hash::GENESIS
}

/// Finds it: in this page, on the browser's disk, or with the server.
///
/// # Errors
///
/// Why it is not there.
pub(super) async fn find(till: Till) -> Result<Arc<Sealed<Receipt>>, String> {
    if let Some(shown) = till.paid.get_untracked() {
        return Ok(shown);
    }
    let last = match kept(till).await {
        Some(kept) => kept,
        None => saved(till).await?,
    };
    // Whether it was printed nobody remembers: a paper too many says that it is one.
    till.printed.set(true);
    let last = Arc::new(last);
    till.paid.set(Some(Arc::clone(&last)));
    Ok(last)
}

fn head(till: Till) -> Hash {
    till.claim.with_value(|claim| claim.record.head.hash)
}

/// What this browser has kept, unless another one has issued receipts on this register since.
pub(super) async fn kept(till: Till) -> Option<Sealed<Receipt>> {
    let place = till.place();
    let text = db::kept(&till.db(), Name::Last(place.store.no, place.register)).await.ok()??;
    serde_json::from_str(&text).ok().filter(|last: &Sealed<Receipt>| last.hash == head(till))
}

async fn saved(till: Till) -> Result<Sealed<Receipt>, String> {
    let place = till.place();
    let query = ReceiptQuery {
        store: Some(place.store.no),
        register: Some(place.register),
        limit: Some(MOST),
        ..ReceiptQuery::default()
    };
    let items = api::find_receipts(&query).await.map_err(|error| error.text())?.items;
    let last = items.into_iter().map(|found| found.sealed).find(|sealed| sealed.hash == head(till));
    last.ok_or_else(|| say::no_last().to_owned())
}
