//! Refunds that come in, held against the store's receipts and what is reserved.

use crate::model::refund::{self, RefundDocument, names};
use crate::model::update::{Change, update};
use crate::store::StoreError;
use crate::web::state::App;
use shared::finding::FindingKind;
use shared::ids::ReceiptId;
use shared::receipt::Receipt;

/// What is wrong with a refund of a receipt by its id. What it gives back is noted, so that it is no longer left, where
/// `counts` says that the refund is of its store and as it was signed.
///
/// # Errors
///
/// The store's.
pub async fn judge(app: &App, of: ReceiptId, refund: &Receipt, counts: bool) -> Result<Vec<FindingKind>, StoreError> {
    let original = app.store.receipt(of).await?.map(|found| found.sealed.body);
    let Some(original) = original.filter(|original| names(refund, original)) else {
        return Ok(vec![FindingKind::UnknownRefund]);
    };
    let now = app.mint.now();
    update(&*app.store, &refund::id(of), |found| {
        let mut document = found.unwrap_or_else(|| RefundDocument::new(refund.store));
        let faults = document.faults(&original, refund);
        let changed = counts && document.note(refund, now);
        Ok(if changed { Change::Write(document, faults) } else { Change::Keep(faults) })
    })
    .await
}
