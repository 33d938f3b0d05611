//! Reserving what a receipt has left to refund.

use super::{ApiError, delete, get, put, send, written};
use gloo_net::http::Method;
use shared::api::refunds::{Refundable, ReserveRefund, ReservedRefund};
use shared::api::sessions::SignIn;
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

/// Lets go of what was reserved for a refund that was not issued: in this session, or in any by a manager.
pub async fn let_go_of_refund(receipt: ReceiptId, refund: ReceiptId) -> Result<(), ApiError> {
    delete(&path(receipt, refund)).await
}

/// The same of what was reserved in another session, by a manager's PIN.
pub async fn release_refund(receipt: ReceiptId, refund: ReceiptId, manager: &SignIn) -> Result<(), ApiError> {
    let path = format!("{}/release", path(receipt, refund));
    send(Method::POST, &path, Some(written(manager)?)).await.map(drop)
}

fn path(receipt: ReceiptId, refund: ReceiptId) -> String {
    format!("/receipts/{receipt}/refunds/{refund}")
}
