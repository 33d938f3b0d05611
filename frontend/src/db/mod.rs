//! What the till keeps in the browser: its key, the end of its series, and the receipts that are not saved yet.

mod request;
mod sale;
mod series;

pub use sale::{CommitError, commit};
pub use series::{SeriesRecord, load_keys, load_series, store_keys, store_series};

use crate::browser::message;
use request::{done, finished};
use shared::ids::{RegisterNo, StoreNo};
use shared::receipt::Receipt;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbKeyRange, IdbOpenDbRequest, IdbTransaction, IdbTransactionMode};

const NAME: &str = "comptoir";
const VERSION: u32 = 1;
/// Key pairs, by register.
const KEYS: &str = "keys";
/// Where each register's series ends, by register.
const SERIES: &str = "series";
/// Receipts that are not known to be saved, by [`outbox_key`].
const OUTBOX: &str = "outbox";

/// The browser's database did not do what it was asked; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the browser's database: {0}")]
pub struct DbError(pub String);

impl From<JsValue> for DbError {
    fn from(error: JsValue) -> Self {
        Self(message(&error))
    }
}

/// The open database.
#[derive(Debug, Clone)]
pub struct Db(IdbDatabase);

/// Opens the database, and makes it on the first visit.
pub async fn open() -> Result<Db, DbError> {
    let factory = leptos::prelude::window().indexed_db()?.ok_or_else(|| DbError("there is none".to_owned()))?;
    let request = factory.open_with_u32(NAME, VERSION)?;
    let upgrade = wasm_bindgen::closure::Closure::once_into_js(move |event: web_sys::Event| {
        if let Some(request) = event.target().and_then(|target| target.dyn_into::<IdbOpenDbRequest>().ok()) {
            // What fails here fails the opening, which says so.
            let _ = request.result().map(JsCast::unchecked_into::<IdbDatabase>).and_then(|db| make_stores(&db));
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    Ok(Db(done(&request).await?.unchecked_into()))
}

fn make_stores(db: &IdbDatabase) -> Result<(), JsValue> {
    for name in [KEYS, SERIES, OUTBOX] {
        db.create_object_store(name)?;
    }
    Ok(())
}

/// The key of a register's records.
fn register_key(store: StoreNo, register: RegisterNo) -> JsValue {
    format!("{store}/{register}").into()
}

/// The key of a receipt in the outbox: in the order of issue within its series, and one for each number, so that the
/// database itself refuses a second receipt under one number.
fn outbox_key(receipt: &Receipt) -> JsValue {
    let Receipt { store, register, series, number, .. } = receipt;
    format!("{store:05}/{register:03}/{:0>3}/{:016}", series.as_str(), number.get()).into()
}

/// What an outbox holds: the texts of the receipts of one store that are not known to be saved, in their order.
pub async fn load_outbox(db: &Db, store: StoreNo) -> Result<Vec<String>, DbError> {
    let transaction = db.0.transaction_with_str(OUTBOX)?;
    let (first, last) = (format!("{store:05}/"), format!("{store:05}/\u{ffff}"));
    let range = IdbKeyRange::bound(&first.into(), &last.into())?;
    let found = done(&transaction.object_store(OUTBOX)?.get_all_with_key(&range)?).await?;
    Ok(found.unchecked_into::<js_sys::Array>().iter().filter_map(|text| text.as_string()).collect())
}

/// Lets go of receipts that are saved.
pub async fn let_go(db: &Db, receipts: &[Receipt]) -> Result<(), DbError> {
    let transaction = write(db, OUTBOX)?;
    let store = transaction.object_store(OUTBOX)?;
    for receipt in receipts {
        store.delete(&outbox_key(receipt))?;
    }
    finished(&transaction).await
}

fn write(db: &Db, store: &str) -> Result<IdbTransaction, DbError> {
    Ok(db.0.transaction_with_str_and_mode(store, IdbTransactionMode::Readwrite)?)
}
