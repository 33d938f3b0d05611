//! `GET receipts/{id}`: one receipt.

use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::receipts::StoredReceipt;
use shared::ids::ReceiptId;

/// One receipt, once it is saved.
#[utoipa::path(
    get,
    path = "/receipts/{id}",
    tag = "receipts",
    params(("id" = ReceiptId, Path, description = "The receipt.")),
    responses(
        (status = 200, body = StoredReceipt),
        (status = 404, body = Problem, description = "No such receipt is saved."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ReceiptId>,
) -> Result<Json<StoredReceipt>, ApiError> {
    let found = saved(&app, id).await?;
    caller.must_see(&app, Some(found.sealed.body.store)).await?;
    Ok(Json(found))
}

/// A receipt that is saved.
///
/// # Errors
///
/// [`Kind::UnknownReceipt`], and the store's.
pub(super) async fn saved(app: &App, id: ReceiptId) -> Result<StoredReceipt, ApiError> {
    let found = app.store.receipt(id).await?;
    found.ok_or_else(|| Kind::UnknownReceipt.because(format!("No receipt {id} is saved.")))
}
