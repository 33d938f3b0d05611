//! The one transaction that makes a sale a fact.

use super::guarded::{CommitError, Guarded, Put, write_if};
use super::outbox::outbox_key;
use super::series::encode;
use super::{COUNTERS, Db, KEPT, Name, OUTBOX, SERIES, SeriesRecord, register_key};
use crate::till::counter::Counter;
use shared::chain::Sealed;
use shared::receipt::Receipt;

/// Writes a receipt into the outbox and as the register's last, the series' end and sums behind it, and the counter without the sale,
/// if `before` is still where the series ends and `still_so` holds; returns once all are on disk. In one transaction, or a
/// crash could bring the sale back that was paid. A number that is there already aborts it.
pub async fn commit(
    db: &Db,
    before: &SeriesRecord,
    receipt: &Sealed<Receipt>,
    left: &Counter,
    still_so: impl Fn() -> bool + 'static,
) -> Result<(), CommitError> {
    let after = before.after(receipt);
    let (store, register) = (before.series.store, before.series.register);
    let (key, last) = (register_key(store, register), Name::Last(store, register).to_string());
    let text = encode(receipt)?;
    let put = |store, key, value: String, is_new| Put { store, key, value: value.into(), is_new };
    let puts = vec![
        put(SERIES, key.clone(), encode(&after)?, false),
        put(OUTBOX, outbox_key(&receipt.body), text.clone(), true),
        put(COUNTERS, key, encode(left)?, false),
        // The outbox lets go of what is saved; its copy may still be wanted on paper.
        put(KEPT, last.into(), text, false),
    ];
    write_if(db, Guarded { expected: Some(encode(before)?), puts }, Box::new(still_so)).await
}
