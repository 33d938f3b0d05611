//! The journal of each register: where it ends, and the entries that are not known to be saved.

use super::guarded::{CommitError, Guarded, Put, write_if};
use super::request::{done, finished};
use super::series::{SeriesRecord, encode};
use super::{BOOKS, Db, DbError, JOURNAL, SERIES, register_key, write};
use futures_util::future::join;
use serde::Serialize;
use shared::chain::Sealed;
use shared::ids::{RegisterNo, StoreNo};
use shared::journal::JournalEntry;
use wasm_bindgen::JsCast;

/// An entry that waits: its key here, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its key.
    pub key: String,
    /// The sealed entry as JSON.
    pub text: String,
}

/// The book of a register as text, if it has one.
pub async fn load_book(db: &Db, store: StoreNo, register: RegisterNo) -> Result<Option<String>, DbError> {
    let transaction = db.0.transaction_with_str(BOOKS)?;
    let found = done(&transaction.object_store(BOOKS)?.get(&register_key(store, register))?).await?;
    Ok(found.as_string())
}

/// Removes what is left of an ended series' book, where that cannot be read. One that can be read stays: it tells the next
/// series which session is open.
pub async fn remove_damaged_book(db: &Db, store: StoreNo, register: RegisterNo) -> Result<(), DbError> {
    let is_damaged = |text: String| serde_json::from_str::<SeriesRecord>(&text).is_err();
    if load_book(db, store, register).await?.is_some_and(is_damaged) {
        let transaction = write(db, BOOKS)?;
        transaction.object_store(BOOKS)?.delete(&register_key(store, register))?;
        finished(&transaction).await?;
    }
    Ok(())
}

/// Writes an entry and the book behind it, if the book is still what it was `before` and `still_so` holds; returns once both
/// are on disk.
pub async fn write_entry(
    db: &Db,
    before: Option<String>,
    after: &impl Serialize,
    entry: &Sealed<JournalEntry>,
    still_so: Box<dyn Fn() -> bool>,
) -> Result<(), CommitError> {
    write_if(db, Guarded { expected: before, puts: puts(after, entry)?.into() }, still_so).await
}

/// The same of a closing, with the series whose next period begins, if the series is still what it was `before`: no receipt
/// comes between the figures and what follows them.
pub async fn write_closing(
    db: &Db,
    before: &SeriesRecord,
    next: &SeriesRecord,
    after: &impl Serialize,
    entry: &Sealed<JournalEntry>,
) -> Result<(), CommitError> {
    let key = register_key(next.series.store, next.series.register);
    let mut all = vec![Put { store: SERIES, key, value: encode(next)?.into(), is_new: false }];
    all.extend(puts(after, entry)?);
    write_if(db, Guarded { expected: Some(encode(before)?), puts: all }, Box::new(|| true)).await
}

pub(super) fn puts(book: &impl Serialize, entry: &Sealed<JournalEntry>) -> Result<[Put; 2], DbError> {
    let JournalEntry { store, register, series, number, .. } = &entry.body;
    let key = format!("{store:05}/{register:03}/{:0>3}/{:016}", series.as_str(), number.get());
    Ok([
        Put { store: BOOKS, key: register_key(*store, *register), value: encode(book)?.into(), is_new: false },
        Put { store: JOURNAL, key: key.into(), value: encode(entry)?.into(), is_new: true },
    ])
}

/// Everything that waits, in the order of series and numbers.
pub async fn load_entries(db: &Db) -> Result<Vec<Waiting>, DbError> {
    let store = db.0.transaction_with_str(JOURNAL)?.object_store(JOURNAL)?;
    let (keys, texts) = (store.get_all_keys()?, store.get_all()?);
    let (keys, texts) = join(done(&keys), done(&texts)).await;
    let (keys, texts) = (keys?.unchecked_into::<js_sys::Array>(), texts?.unchecked_into::<js_sys::Array>());
    let waiting = keys.iter().zip(texts.iter());
    Ok(waiting.filter_map(|(key, text)| Some(Waiting { key: key.as_string()?, text: text.as_string()? })).collect())
}

/// Lets go of entries that are saved.
pub async fn let_go_entries(db: &Db, keys: &[String]) -> Result<(), DbError> {
    let transaction = write(db, JOURNAL)?;
    let store = transaction.object_store(JOURNAL)?;
    for key in keys {
        store.delete(&key.as_str().into())?;
    }
    finished(&transaction).await
}
