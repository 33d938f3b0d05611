//! `PATCH baskets/{id}/lines/{n}`: changes how much of a line there is.

use super::change::change;
use crate::web::caller::Anyone;
use crate::web::extract::{Json, Path};
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::baskets::{BasketView, LineChange};
use shared::api::problem::Problem;
use shared::ids::{BasketId, LineNo};

/// Changes how much of a line there is.
#[utoipa::path(
    patch,
    path = "/baskets/{id}/lines/{line}",
    tag = "baskets",
    params(
        ("id" = BasketId, Path, description = "The basket."),
        ("line" = LineNo, Path, description = "The line."),
    ),
    request_body = LineChange,
    responses(
        (status = 200, body = BasketView),
        (status = 404, body = Problem, description = "No such basket or line."),
        (status = 409, body = Problem, description = "It has become a receipt."),
        (status = 422, body = Problem, description = "A quantity that cannot be sold."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    anyone: Anyone,
    Path((id, line)): Path<(BasketId, LineNo)>,
    Json(new): Json<LineChange>,
) -> Result<Json<BasketView>, ApiError> {
    change(&app, &anyone, id, |basket| Ok(basket.set_quantity(line, new.quantity)?)).await
}
