//! Finding the receipt that is refunded, and whether it may be.

use crate::model::refund::ReservationError;
use crate::web::caller::Caller;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use shared::chain::Sealed;
use shared::ids::ReceiptId;
use shared::receipt::Receipt;
use shared::refund::RefundError;
use shared::store::Store;

/// A saved receipt of a store that the caller works in, with the store.
///
/// # Errors
///
/// [`Kind::UnknownReceipt`], [`Kind::Forbidden`], and the store's.
pub async fn find(app: &App, caller: &Caller, id: ReceiptId) -> Result<(Sealed<Receipt>, Store), ApiError> {
    let found = app.store.receipt(id).await?;
    let unknown = || Kind::UnknownReceipt.because(format!("No receipt {id} is saved, or it is not saved yet."));
    let receipt = found.ok_or_else(unknown)?.sealed;
    let store = app.stores.require(receipt.body.store).await?.store.clone();
    caller.must_work_in(&store)?;
    Ok((receipt, store))
}

/// Checks that a receipt can be refunded at all.
///
/// # Errors
///
/// [`Kind::NotRefundable`].
pub fn check(receipt: &Sealed<Receipt>, store: &Store) -> Result<(), ApiError> {
    if receipt.body.refunds.is_some() {
        return Err(RefundError::IsRefund.into());
    }
    if receipt.body.simulated != store.training {
        let kind = if receipt.body.simulated { "training receipt in a real" } else { "real receipt in a training" };
        return Err(Kind::NotRefundable.because(format!("It is a {kind} store.")));
    }
    if !receipt.own_findings().is_empty() {
        return Err(Kind::NotRefundable.because("It was altered, or its sums do not agree: see the store's findings."));
    }
    Ok(())
}

impl From<RefundError> for ApiError {
    fn from(error: RefundError) -> Self {
        let kind = match error {
            RefundError::IsRefund => Kind::NotRefundable,
            RefundError::MoreThanLeft { .. } => Kind::MoreThanLeft,
            RefundError::Nothing
            | RefundError::NoSuchLine(_)
            | RefundError::Twice(_)
            | RefundError::Quantity { .. }
            | RefundError::OutOfRange(_) => Kind::InvalidRefund,
        };
        kind.because(error)
    }
}

impl From<ReservationError> for ApiError {
    fn from(error: ReservationError) -> Self {
        match error {
            ReservationError::OtherLines(_) => Kind::RefundReserved.because(error),
            ReservationError::Issued(_) => Kind::RefundIssued.because(error),
            ReservationError::Refund(error) => error.into(),
        }
    }
}
