//! The one transaction that makes a sale a fact.

use super::outbox::outbox_key;
use super::request::finished;
use super::series::encode;
use super::{COUNTERS, Db, DbError, OUTBOX, SERIES, SeriesRecord, register_key};
use crate::till::counter::Counter;
use js_sys::{Array, Object, Reflect};
use shared::chain::Sealed;
use shared::receipt::Receipt;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbRequest, IdbTransaction};

#[wasm_bindgen]
extern "C" {
    /// A database as `web-sys` knows it only under a compiler flag: with options for the transaction.
    #[wasm_bindgen(extends = Object)]
    type StrictDatabase;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn strict_transaction(
        this: &StrictDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Why a sale did not happen. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// The series or the basket is no longer what was signed.
    #[error("the series or the basket has changed since the receipt was signed")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<JsValue> for CommitError {
    fn from(error: JsValue) -> Self {
        Self::Db(error.into())
    }
}

/// Writes a receipt into the outbox, the series' end behind it, and the counter without the sale, if `before` is still
/// where the series ends and `still_so` holds; returns once all are on disk. In one transaction, or a crash could bring the
/// sale back that was paid.
///
/// The transaction asks for strict durability, and between its begin and its end waits for nothing but the database, or
/// the browser would end it half-way.
pub async fn commit(
    db: &Db,
    before: &SeriesRecord,
    receipt: &Sealed<Receipt>,
    left: &Counter,
    still_so: impl Fn() -> bool + 'static,
) -> Result<(), CommitError> {
    let after = SeriesRecord { head: receipt.head(), ..before.clone() };
    let write = Write {
        transaction: begin(&db.0)?,
        expected: encode(before)?,
        series: encode(&after)?.into(),
        receipt: encode(receipt)?.into(),
        counter: encode(left)?.into(),
        series_key: register_key(before.series.store, before.series.register),
        receipt_key: outbox_key(&receipt.body),
    };
    let transaction = write.transaction.clone();
    let held = transaction.object_store(SERIES)?.get(&write.series_key)?;
    let changed = Rc::new(Cell::new(false));
    let seen = Rc::clone(&changed);
    let checked = Closure::once_into_js(move |event: web_sys::Event| {
        let unchanged = write.is_expected(&event) && still_so();
        seen.set(!unchanged);
        if !unchanged || write.put().is_err() {
            let _ = write.transaction.abort();
        }
    });
    held.set_onsuccess(Some(checked.unchecked_ref()));
    finished(&transaction).await.map_err(|error| if changed.get() { CommitError::Changed } else { error.into() })
}

fn begin(db: &IdbDatabase) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let stores = Array::of3(&SERIES.into(), &OUTBOX.into(), &COUNTERS.into());
    db.unchecked_ref::<StrictDatabase>().strict_transaction(&stores, "readwrite", &options)
}

struct Write {
    transaction: IdbTransaction,
    expected: String,
    series: JsValue,
    receipt: JsValue,
    counter: JsValue,
    series_key: JsValue,
    receipt_key: JsValue,
}

impl Write {
    fn is_expected(&self, event: &web_sys::Event) -> bool {
        let request = event.target().and_then(|target| target.dyn_into::<IdbRequest>().ok());
        let held = request.and_then(|request| request.result().ok()).and_then(|held| held.as_string());
        held.as_deref() == Some(self.expected.as_str())
    }

    /// `add` rather than `put` for the receipt: a number that is there already aborts the transaction.
    fn put(&self) -> Result<(), JsValue> {
        self.transaction.object_store(OUTBOX)?.add_with_key(&self.receipt, &self.receipt_key)?;
        self.transaction.object_store(SERIES)?.put_with_key(&self.series, &self.series_key)?;
        self.transaction.object_store(COUNTERS)?.put_with_key(&self.counter, &self.series_key)?;
        Ok(())
    }
}
