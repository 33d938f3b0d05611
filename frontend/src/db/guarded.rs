//! A transaction that writes only if a record is still what was expected.

use super::request::finished;
use super::{Db, DbError};
use js_sys::{Array, Object, Reflect};
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

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// Something is no longer what was signed.
    #[error("the series or the basket has changed since it was signed")]
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

/// A record that is written.
pub(super) struct Put {
    pub(super) store: &'static str,
    pub(super) key: JsValue,
    pub(super) value: JsValue,
    /// Whether one that is there already aborts the transaction.
    pub(super) is_new: bool,
}

/// What has to be so, and what is written then.
pub(super) struct Guarded {
    /// The first of what is written, as it has to be before; nothing where it has to be missing.
    pub(super) expected: Option<String>,
    /// What is written, in stores that differ from each other.
    pub(super) puts: Vec<Put>,
}

/// Writes all of it, if the first record is as expected and `still_so` holds; returns once all are on disk.
///
/// The transaction asks for strict durability, and between its begin and its end waits for nothing but the database, or
/// the browser would end it half-way.
pub(super) async fn write_if(db: &Db, work: Guarded, still_so: Box<dyn Fn() -> bool>) -> Result<(), CommitError> {
    let Some(first) = work.puts.first() else { return Ok(()) };
    let transaction = begin(&db.0, &work.puts)?;
    let held = transaction.object_store(first.store)?.get(&first.key)?;
    let changed = Rc::new(Cell::new(false));
    let (seen, writing) = (Rc::clone(&changed), transaction.clone());
    let checked = Closure::once_into_js(move |event: web_sys::Event| {
        let unchanged = work.is_expected(&event) && still_so();
        seen.set(!unchanged);
        if !unchanged || work.put(&writing).is_err() {
            let _ = writing.abort();
        }
    });
    held.set_onsuccess(Some(checked.unchecked_ref()));
    finished(&transaction).await.map_err(|error| if changed.get() { CommitError::Changed } else { error.into() })
}

fn begin(db: &IdbDatabase, puts: &[Put]) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let stores = puts.iter().map(|put| JsValue::from_str(put.store)).collect::<Array>();
    db.unchecked_ref::<StrictDatabase>().strict_transaction(&stores, "readwrite", &options)
}

impl Guarded {
    fn is_expected(&self, event: &web_sys::Event) -> bool {
        let request = event.target().and_then(|target| target.dyn_into::<IdbRequest>().ok());
        let held = request.and_then(|request| request.result().ok()).and_then(|held| held.as_string());
        held == self.expected
    }

    fn put(&self, transaction: &IdbTransaction) -> Result<(), JsValue> {
        for Put { store, key, value, is_new } in &self.puts {
            let store = transaction.object_store(store)?;
            if *is_new {
                store.add_with_key(value, key)?
            } else {
                store.put_with_key(value, key)?
            };
        }
        Ok(())
    }
}
