//! What lies on a register's counter: the open sale, and those on hold.

use super::request::{done, finished};
use super::series::encode;
use super::{COUNTERS, Db, DbError, register_key, write};
use crate::till::counter::Counter;
use shared::ids::{RegisterNo, StoreNo};

/// What lay on a register's counter when the page went away.
pub async fn load_counter(db: &Db, store: StoreNo, register: RegisterNo) -> Result<Counter, DbError> {
    let transaction = db.0.transaction_with_str(COUNTERS)?;
    let found = done(&transaction.object_store(COUNTERS)?.get(&register_key(store, register))?).await?;
    Ok(found.as_string().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Keeps what lies on a register's counter.
pub async fn store_counter(db: &Db, store: StoreNo, register: RegisterNo, counter: &Counter) -> Result<(), DbError> {
    let transaction = write(db, COUNTERS)?;
    transaction.object_store(COUNTERS)?.put_with_key(&encode(counter)?.into(), &register_key(store, register))?;
    finished(&transaction).await
}
