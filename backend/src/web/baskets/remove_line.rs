//! `DELETE baskets/{id}/lines/{n}`: takes a line out.

use super::change::change;
use crate::web::caller::Anyone;
use crate::web::extract::{Json, Path};
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::baskets::BasketView;
use shared::api::problem::Problem;
use shared::ids::{BasketId, LineNo};

/// Takes a line out. The others keep their numbers.
#[utoipa::path(
    delete,
    path = "/baskets/{id}/lines/{line}",
    tag = "baskets",
    params(
        ("id" = BasketId, Path, description = "The basket."),
        ("line" = LineNo, Path, description = "The line."),
    ),
    responses(
        (status = 200, body = BasketView),
        (status = 404, body = Problem, description = "No such basket or line."),
        (status = 409, body = Problem, description = "It has become a receipt."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    anyone: Anyone,
    Path((id, line)): Path<(BasketId, LineNo)>,
) -> Result<Json<BasketView>, ApiError> {
    change(&app, &anyone, id, |basket| Ok(basket.remove(line).map(drop)?)).await
}
