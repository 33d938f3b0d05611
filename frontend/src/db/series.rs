//! A register's key pair and the end of its series.

use super::request::{done, finished};
use super::{Db, DbError, KEYS, SERIES, register_key, write};
use serde::{Deserialize, Serialize};
use shared::chain::{Head, PublicKey, Sealed};
use shared::closing::OpenPeriod;
use shared::ids::{PeriodNo, RegisterNo, SeriesId, StoreNo};
use shared::receipt::Receipt;
use wasm_bindgen::JsCast;
use web_sys::{CryptoKey, CryptoKeyPair};

/// Where a register's series ends, as the browser that writes it knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesRecord {
    /// Which series.
    pub series: SeriesId,
    /// Its last receipt.
    pub head: Head,
    /// The key that the server enrolled it with. Without one, or with another than the browser has, nothing may be
    /// issued before the server has been asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PublicKey>,
    /// The period that runs, with all its receipts up to `head`. Unknown where this browser has not counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<OpenPeriod>,
}

impl SeriesRecord {
    /// The same series after its next receipt.
    #[must_use]
    pub fn after(&self, receipt: &Sealed<Receipt>) -> Self {
        let mut after = Self { head: receipt.head(), ..self.clone() };
        if let Some(open) = &mut after.open {
            open.sums.add(&receipt.body);
        }
        after
    }

    /// The period that its next receipt counts in; nothing in the first.
    pub fn period(&self) -> Option<PeriodNo> {
        self.open.as_ref()?.number
    }
}

/// The name of the device's key among those of the registers.
const DEVICE: &str = "device";

/// The key pair of a register, if this browser has one. The private key can sign and cannot be read.
pub async fn load_keys(db: &Db, store: StoreNo, register: RegisterNo) -> Result<Option<CryptoKeyPair>, DbError> {
    let transaction = db.0.transaction_with_str(KEYS)?;
    let found = done(&transaction.object_store(KEYS)?.get(&register_key(store, register))?).await?;
    Ok((!found.is_undefined()).then(|| found.unchecked_into()))
}

/// Keeps a register's key pair; one that was there is gone for good.
pub async fn store_keys(db: &Db, store: StoreNo, register: RegisterNo, keys: &CryptoKeyPair) -> Result<(), DbError> {
    let transaction = write(db, KEYS)?;
    transaction.object_store(KEYS)?.put_with_key(keys, &register_key(store, register))?;
    finished(&transaction).await
}

/// Where a register's series ends, if this browser has one.
pub async fn load_series(db: &Db, store: StoreNo, register: RegisterNo) -> Result<Option<SeriesRecord>, DbError> {
    let transaction = db.0.transaction_with_str(SERIES)?;
    let found = done(&transaction.object_store(SERIES)?.get(&register_key(store, register))?).await?;
    Ok(found.as_string().and_then(|text| serde_json::from_str(&text).ok()))
}

/// Keeps where a register's series ends.
pub async fn store_series(db: &Db, record: &SeriesRecord) -> Result<(), DbError> {
    let transaction = write(db, SERIES)?;
    let key = register_key(record.series.store, record.series.register);
    transaction.object_store(SERIES)?.put_with_key(&encode(record)?.into(), &key)?;
    finished(&transaction).await
}

pub(super) fn encode(record: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(record).map_err(|error| DbError(error.to_string()))
}

/// The key by which this browser alone recognises PINs, if it has made one.
pub async fn load_device_key(db: &Db) -> Result<Option<CryptoKey>, DbError> {
    let transaction = db.0.transaction_with_str(KEYS)?;
    let found = done(&transaction.object_store(KEYS)?.get(&DEVICE.into())?).await?;
    Ok((!found.is_undefined()).then(|| found.unchecked_into()))
}

/// Keeps the device's key.
pub async fn store_device_key(db: &Db, key: &CryptoKey) -> Result<(), DbError> {
    let transaction = write(db, KEYS)?;
    transaction.object_store(KEYS)?.put_with_key(key, &DEVICE.into())?;
    finished(&transaction).await
}
