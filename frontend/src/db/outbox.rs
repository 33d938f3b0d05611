//! The receipts that are not known to be saved.

use super::request::{done, finished};
use super::{Db, DbError, OUTBOX, write};
use shared::receipt::Receipt;
use wasm_bindgen::{JsCast, JsValue};

/// The key of a receipt in the outbox: in the order of issue within its series, and one for each number, so that the
/// database itself refuses a second receipt under one number.
pub(super) fn outbox_key(receipt: &Receipt) -> JsValue {
    let Receipt { store, register, series, number, .. } = receipt;
    format!("{store:05}/{register:03}/{:0>3}/{:016}", series.as_str(), number.get()).into()
}

/// The texts of all receipts that are not known to be saved, in the order of their series and numbers.
pub async fn load_outbox(db: &Db) -> Result<Vec<String>, DbError> {
    let transaction = db.0.transaction_with_str(OUTBOX)?;
    let found = done(&transaction.object_store(OUTBOX)?.get_all()?).await?;
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
