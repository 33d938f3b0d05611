//! The catalogue, in the server's words: all of it once, and the changes since, each piece under its version and place.

use super::request::{done, finished};
use super::{CATALOGUE, Db, DbError, write};
use js_sys::Array;
use shared::api::catalogue::CatalogueDelta;
use wasm_bindgen::{JsCast, JsValue};

/// Takes everything that was kept, in the order in which it applies. Between two pieces the page goes on.
pub async fn load_catalogue(db: &Db, mut take: impl FnMut(CatalogueDelta)) -> Result<(), DbError> {
    let transaction = db.0.transaction_with_str(CATALOGUE)?;
    let store = transaction.object_store(CATALOGUE)?;
    let keys = done(&store.get_all_keys()?).await?.unchecked_into::<Array>();
    let mut pieces = keys.iter().map(|key| store.get(&key));
    let mut asked = pieces.next().transpose()?;
    while let Some(piece) = asked {
        let text = done(&piece).await?.as_string();
        // The next one is on its way while this one is read.
        asked = pieces.next().transpose()?;
        // Deltas lead from one to the next: behind one that cannot be read nothing applies.
        let Some(delta) = text.and_then(|text| serde_json::from_str(&text).ok()) else { break };
        take(delta);
    }
    Ok(())
}

/// Keeps what leads to a version behind what there was, or a whole catalogue in its place.
pub async fn keep_catalogue(db: &Db, version: u64, is_whole: bool, texts: &[String]) -> Result<(), DbError> {
    let transaction = write(db, CATALOGUE)?;
    let store = transaction.object_store(CATALOGUE)?;
    if is_whole {
        store.clear()?;
    }
    #[expect(clippy::cast_precision_loss, reason = "versions stay within 2^53")]
    let version = JsValue::from_f64(version as f64);
    for (place, text) in (0_u32..).zip(texts) {
        let key = Array::of2(&version, &place.into());
        // One after the other, since each is copied by the page.
        done(&store.put_with_key(&text.into(), &key)?).await?;
    }
    finished(&transaction).await
}
