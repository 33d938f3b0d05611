//! `DELETE baskets/{id}`: leaves a basket.

use super::open::{find, unknown};
use crate::model::basket::{self, BasketDocument};
use crate::model::update::{Change, update};
use crate::web::caller::Anyone;
use crate::web::extract::Path;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::ids::BasketId;

/// Leaves a basket that is not checked out; nothing is issued for it.
#[utoipa::path(
    delete,
    path = "/baskets/{id}",
    tag = "baskets",
    params(("id" = BasketId, Path, description = "The basket.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 404, body = Problem, description = "No such basket."),
        (status = 409, body = Problem, description = "It has become a receipt."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(State(app): State<App>, anyone: Anyone, Path(id): Path<BasketId>) -> Result<StatusCode, ApiError> {
    find(&app, &anyone, id).await?;
    // First marked, then deleted: a checkout at the same time sees the one or the other, never a basket that is gone.
    update(&*app.store, &basket::id(id), |found: Option<BasketDocument>| {
        let mut document = found.ok_or_else(|| unknown(id))?;
        document.abandon()?;
        Ok::<_, ApiError>(Change::Write(document, ()))
    })
    .await?;
    app.store.remove::<BasketDocument>(&basket::id(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
