//! Reserving what a receipt has left to refund.

use super::{ApiError, delete, get, put};
use shared::api::refunds::{Refundable, ReserveRefund, ReservedRefund};
use shared::ids::ReceiptId;

/// What there is to refund of a receipt.
pub async fn refundable(receipt: ReceiptId) -> Result<Refundable, ApiError> {
    get(&format!("/receipts/{receipt}/refunds")).await
}

/// Reserves lines of a receipt for a refund. The same again is the same answer again.
pub async fn reserve_refund(
    receipt: ReceiptId,
    refund: ReceiptId,
    lines: &ReserveRefund,
) -> Result<ReservedRefund, ApiError> {
    put(&path(receipt, refund), lines).await
}

/// Lets go of what was reserved for a refund that was not issued.
pub async fn let_go_of_refund(receipt: ReceiptId, refund: ReceiptId) -> Result<(), ApiError> {
    delete(&path(receipt, refund)).await
}

fn path(receipt: ReceiptId, refund: ReceiptId) -> String {
    format!("/receipts/{receipt}/refunds/{refund}")
}
