//! Refunds that are saved: what came back is noted with the receipts that they refund, so that nobody gives it back again.
//!
//! The intake has done that already, unless the store was away then. Noted twice is noted once, so a batch can be repeated.

use crate::model::AnyStore;
use crate::model::refund::{self, RefundDocument, counts, names};
use crate::model::update::{Change, update};
use crate::store::StoreError;
use shared::event::{Event, Recorded};
use shared::ids::ReceiptId;
use shared::mutant::Mutant;
use shared::receipt::Receipt;
use shared::time::Timestamp;

/// Notes what the refunds among these records have given back.
///
/// # Errors
///
/// The store's.
pub async fn note(store: &AnyStore, records: &[Recorded]) -> Result<(), StoreError> {
    for record in records.iter().filter(|_| !Mutant::RefundNotNoted.is_on()) {
        let Event::Receipt(sealed) = &record.event else { continue };
        let flags = record.flags.iter().copied().chain(sealed.own_findings());
        if let Some(refunds) = sealed.body.refunds.as_ref().filter(|_| counts(flags)) {
            note_one(store, refunds.receipt, &sealed.body, record.accepted_at).await?;
        }
    }
    Ok(())
}

async fn note_one(store: &AnyStore, of: ReceiptId, refund: &Receipt, at: Timestamp) -> Result<(), StoreError> {
    let id = refund::id(of);
    let known = store.read::<RefundDocument>(&id).await?;
    if known.is_some_and(|known| known.value.of(refund.id).is_some_and(|there| there.given.is_some())) {
        return Ok(());
    }
    let original = store.receipt(of).await?;
    if !original.is_some_and(|original| names(refund, &original.sealed.body)) {
        return Ok(());
    }
    update(store, &id, |found| {
        let mut document = found.unwrap_or_else(|| RefundDocument::new(refund.store));
        let changed = document.note(refund, at);
        Ok(if changed { Change::Write(document, ()) } else { Change::Keep(()) })
    })
    .await
}
