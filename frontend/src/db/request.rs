//! IndexedDB's requests and transactions as futures.

use super::DbError;
use crate::browser::message;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbRequest, IdbTransaction};

/// The result of a request.
pub async fn done(request: &IdbRequest) -> Result<JsValue, DbError> {
    let answered = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(resolve.unchecked_ref()));
        request.set_onerror(Some(reject.unchecked_ref()));
    });
    match JsFuture::from(answered).await {
        Ok(_event) => Ok(request.result()?),
        Err(_event) => Err(DbError(request.error().ok().flatten().map_or_else(String::new, |error| error.message()))),
    }
}

/// Waits until a transaction is on disk, as durably as it was asked for.
pub async fn finished(transaction: &IdbTransaction) -> Result<(), DbError> {
    let ended = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(resolve.unchecked_ref()));
        transaction.set_onabort(Some(reject.unchecked_ref()));
    });
    match JsFuture::from(ended).await {
        Ok(_event) => Ok(()),
        Err(_event) => Err(DbError(transaction.error().map_or_else(|| "aborted".to_owned(), |error| message(&error)))),
    }
}
