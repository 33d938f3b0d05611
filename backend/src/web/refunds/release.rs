//! `POST receipts/{id}/refunds/{refund}/release`: lets go of what another till has reserved, by a manager's PIN.

use super::letting_go::{must_not_be_issued, of_another};
use super::original::find;
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::http::{ClientAddress, RequestId};
use crate::web::problem::ApiError;
use crate::web::sessions::approval::approved;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::api::sessions::SignIn;
use shared::ids::ReceiptId;

/// Lets go of what is reserved for a refund, in whatever session, by the PIN of a manager who allows it. A till that has issued
/// the refund and could not send it yet has given the money back: the goods would then be refunded twice, which is found once
/// it is sent. The journal of the store's office names the manager. Wrong PINs count as they do at the sign-in.
#[utoipa::path(
    post,
    path = "/receipts/{id}/refunds/{refund}/release",
    tag = "refunds",
    params(
        ("id" = ReceiptId, Path, description = "The receipt."),
        ("refund" = ReceiptId, Path, description = "The refund's own id."),
    ),
    request_body = SignIn,
    responses(
        (status = 204, description = "Nothing is reserved for it."),
        (status = 401, body = Problem, description = "Nobody is signed in, or it is a wrong seller number or PIN."),
        (status = 403, body = Problem, description = "They are no manager of the store."),
        (status = 404, body = Problem, description = "No such receipt is saved."),
        (status = 409, body = Problem, description = "The refund is issued."),
        (status = 429, body = Problem, description = "Too many wrong PINs for this number, or from this client.", headers(("retry-after" = u32))),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    ClientAddress(client): ClientAddress,
    request: RequestId,
    Path((id, refund)): Path<(ReceiptId, ReceiptId)>,
    Json(manager): Json<SignIn>,
) -> Result<StatusCode, ApiError> {
    let (_, store) = find(&app, &caller, id).await?;
    must_not_be_issued(&app, refund).await?;
    let manager = approved(&app, client, &manager).await?;
    of_another(&app, &Caller::Staff(manager), &store, (id, refund), &request).await?;
    Ok(StatusCode::NO_CONTENT)
}
