//! `GET receipts/{id}/refunds`: what there is to refund of a receipt.

use super::original::{check, find};
use crate::model::refund::{self, RefundDocument};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::refunds::Refundable;
use shared::ids::ReceiptId;

/// What is left to refund of a saved receipt, line by line, and what was reserved or given back.
#[utoipa::path(
    get,
    path = "/receipts/{id}/refunds",
    tag = "refunds",
    params(("id" = ReceiptId, Path, description = "The receipt.")),
    responses(
        (status = 200, body = Refundable),
        (status = 404, body = Problem, description = "No such receipt is saved."),
        (status = 409, body = Problem, description = "It is a refund itself, or no sound receipt of its store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ReceiptId>,
) -> Result<Json<Refundable>, ApiError> {
    let (receipt, store) = find(&app, &caller, id).await?;
    check(&receipt, &store)?;
    let found = app.store.read::<RefundDocument>(&refund::id(id)).await?;
    let document = found.map_or_else(|| RefundDocument::new(store.no), |found| found.value);
    Ok(Json(document.refundable(&receipt.body)?))
}
