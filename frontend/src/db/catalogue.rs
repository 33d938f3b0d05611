//! The catalogue, as the server sent it: all of it once, and the changes since.

use super::request::{done, finished};
use super::{CATALOGUE, Db, DbError, write};
use shared::api::catalogue::CatalogueDelta;
use wasm_bindgen::{JsCast, JsValue};

/// Everything that was kept, in the order in which it applies.
pub async fn load_catalogue(db: &Db) -> Result<Vec<CatalogueDelta>, DbError> {
    let transaction = db.0.transaction_with_str(CATALOGUE)?;
    let found = done(&transaction.object_store(CATALOGUE)?.get_all()?).await?;
    let texts = found.unchecked_into::<js_sys::Array>();
    // Deltas lead from one to the next: behind one that cannot be read nothing applies.
    Ok(texts.iter().map_while(|text| serde_json::from_str(&text.as_string()?).ok()).collect())
}

/// Keeps a delta, in the server's words, behind those before it, or a whole catalogue in their place.
pub async fn keep_catalogue(db: &Db, delta: &CatalogueDelta, text: &str) -> Result<(), DbError> {
    let transaction = write(db, CATALOGUE)?;
    let store = transaction.object_store(CATALOGUE)?;
    if delta.complete {
        store.clear()?;
    }
    #[expect(clippy::cast_precision_loss, reason = "versions stay within 2^53")]
    let version = delta.version as f64;
    store.put_with_key(&text.into(), &JsValue::from_f64(version))?;
    finished(&transaction).await
}
