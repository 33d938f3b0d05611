//! `DELETE receipts/{id}/refunds/{refund}`: lets go of what is reserved for a refund.

use super::letting_go::{must_not_be_issued, of_another};
use super::original::find;
use crate::model::refund::{self, RefundDocument};
use crate::model::update::{Change, update};
use crate::web::caller::Caller;
use crate::web::extract::Path;
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::ids::ReceiptId;

/// Lets go of what is reserved for a refund that is not going to be issued. Where nothing is, nothing changes. What was reserved
/// in another session takes a manager: whoever reserved it may have given the money back and not told yet, and then it would be
/// given back twice.
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
        (status = 403, body = Problem, description = "It was reserved in another session: this takes a manager, whose PIN \
            `POST` of its release takes too."),
        (status = 404, body = Problem, description = "No such receipt is saved."),
        (status = 409, body = Problem, description = "The refund is issued."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path((id, refund)): Path<(ReceiptId, ReceiptId)>,
) -> Result<StatusCode, ApiError> {
    let (_, store) = find(&app, &caller, id).await?;
    must_not_be_issued(&app, refund).await?;
    let is_done = update(&*app.store, &refund::id(id), |found: Option<RefundDocument>| {
        let Some(mut document) = found else { return Ok(Change::Keep(true)) };
        if document.of(refund).is_some_and(|there| there.given.is_none() && !there.is_of(caller.session())) {
            return Ok(Change::Keep(false));
        }
        let changed = document.release(refund)?;
        Ok::<_, ApiError>(if changed { Change::Write(document, true) } else { Change::Keep(true) })
    })
    .await?;
    if !is_done {
        of_another(&app, &caller, &store, (id, refund), &request).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
