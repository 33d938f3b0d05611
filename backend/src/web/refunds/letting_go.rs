//! Letting go of what another session has reserved.

use crate::model::refund::{self, RefundDocument, ReservationError};
use crate::web::caller::Caller;
use crate::web::desk::{Decision, Desk};
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::state::App;
use shared::ids::ReceiptId;
use shared::journal::Act;
use shared::store::Store;

/// Lets go of what is reserved of a receipt of a store for a refund, whoever has reserved it; the journal of the office says
/// so before it is done.
///
/// # Errors
///
/// [`Kind::Forbidden`](crate::web::problem::Kind::Forbidden) where `manager` is none of the store's,
/// [`ReservationError::Issued`], and those of [`Desk::update`].
pub async fn of_another(
    app: &App,
    manager: &Caller,
    store: &Store,
    (receipt, refund): (ReceiptId, ReceiptId),
    request: &RequestId,
) -> Result<(), ApiError> {
    manager.must_manage(store)?;
    let desk = Desk::new(app, manager, store.no, request);
    desk.update(&refund::id(receipt), |found: Option<RefundDocument>| {
        let Some(mut document) = found else { return Ok(Decision::Keep(())) };
        let changed = document.release(refund)?;
        let act = Act::RefundReleased { receipt, refund };
        Ok(if changed { Decision::Write(document, act, ()) } else { Decision::Keep(()) })
    })
    .await
}

/// Checks that no refund of that id is saved.
///
/// # Errors
///
/// [`ReservationError::Issued`], and the store's.
pub async fn must_not_be_issued(app: &App, refund: ReceiptId) -> Result<(), ApiError> {
    match app.store.receipt(refund).await? {
        Some(_) => Err(ReservationError::Issued(refund).into()),
        None => Ok(()),
    }
}
