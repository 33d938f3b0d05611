//! `DELETE receipts/{id}/refunds/{refund}`: lets go of what is reserved for a refund.

use super::original::find;
use crate::model::refund::{self, RefundDocument, ReservationError};
use crate::model::update::{Change, update};
use crate::web::caller::Caller;
use crate::web::extract::Path;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::ids::ReceiptId;

/// Lets go of what is reserved for a refund that is not going to be issued. Where nothing is, nothing changes.
#[utoipa::path(
    delete,
    path = "/receipts/{id}/refunds/{refund}",
    tag = "refunds",
    params(
        ("id" = ReceiptId, Path, description = "The receipt."),
        ("refund" = ReceiptId, Path, description = "The refund's own id."),
    ),
    responses(
        (status = 204, description = "Nothing is reserved for it."),
        (status = 404, body = Problem, description = "No such receipt is saved."),
        (status = 409, body = Problem, description = "The refund is issued."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path((id, refund)): Path<(ReceiptId, ReceiptId)>,
) -> Result<StatusCode, ApiError> {
    find(&app, &caller, id).await?;
    if app.store.receipt(refund).await?.is_some() {
        return Err(ReservationError::Issued(refund).into());
    }
    update(&*app.store, &refund::id(id), |found: Option<RefundDocument>| {
        let Some(mut document) = found else { return Ok(Change::Keep(())) };
        let changed = document.release(refund)?;
        Ok::<_, ApiError>(if changed { Change::Write(document, ()) } else { Change::Keep(()) })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
