//! The one transaction that makes a sale a fact.

use super::guarded::{CommitError, Guarded, Put, write_if};
use super::outbox::outbox_key;
use super::series::encode;
use super::{COUNTERS, Db, DbError, KEPT, Name, OUTBOX, SERIES, SeriesRecord, journal, register_key};
use crate::till::counter::Counter;
use serde::Serialize;
use shared::chain::Sealed;
use shared::journal::JournalEntry;
use shared::receipt::Receipt;

/// A receipt that is signed and not written down yet.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Where the series has to end before it.
    pub before: SeriesRecord,
    /// The receipt.
    pub receipt: Sealed<Receipt>,
    /// What lies on the counter behind it.
    pub left: Counter,
}

/// Writes a receipt into the outbox and as the register's last, the series' end and sums behind it, and the counter without the
/// sale, if the series still ends where it has to and `still_so` holds; returns once all are on disk. In one transaction, or a
/// crash could bring the sale back that was paid. A number that is there already aborts it.
pub async fn commit(db: &Db, issued: &Issued, still_so: impl Fn() -> bool + 'static) -> Result<(), CommitError> {
    write_if(db, issued.guarded()?, Box::new(still_so)).await
}

/// The same with the entry of the journal that tells of it, and the book behind that: no crash leaves one without the other.
pub async fn commit_noted(
    db: &Db,
    issued: &Issued,
    book: &impl Serialize,
    entry: &Sealed<JournalEntry>,
    still_so: Box<dyn Fn() -> bool>,
) -> Result<(), CommitError> {
    let mut guarded = issued.guarded()?;
    guarded.puts.extend(journal::puts(book, entry)?);
    write_if(db, guarded, still_so).await
}

impl Issued {
    fn guarded(&self) -> Result<Guarded, DbError> {
        let Self { before, receipt, left } = self;
        let (store, register) = (before.series.store, before.series.register);
        let (key, last) = (register_key(store, register), Name::Last(store, register).to_string());
        let text = encode(receipt)?;
        let put = |store, key, value: String, is_new| Put { store, key, value: value.into(), is_new };
        let puts = vec![
            put(SERIES, key.clone(), encode(&before.after(receipt))?, false),
            put(OUTBOX, outbox_key(&receipt.body), text.clone(), true),
            put(COUNTERS, key, encode(left)?, false),
            // The outbox lets go of what is saved; its copy may still be wanted on paper.
            put(KEPT, last.into(), text, false),
        ];
        Ok(Guarded { expected: Some(encode(before)?), puts })
    }
}
