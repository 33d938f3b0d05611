//! `GET baskets/{id}`: a basket.

use super::open::{find, reply};
use crate::web::caller::Anyone;
use crate::web::extract::{Json, Path};
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::baskets::BasketView;
use shared::api::problem::Problem;
use shared::ids::BasketId;

/// A basket as it stands.
#[utoipa::path(
    get,
    path = "/baskets/{id}",
    tag = "baskets",
    params(("id" = BasketId, Path, description = "The basket.")),
    responses(
        (status = 200, body = BasketView),
        (status = 404, body = Problem, description = "No such basket."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    anyone: Anyone,
    Path(id): Path<BasketId>,
) -> Result<Json<BasketView>, ApiError> {
    let (document, view) = find(&app, &anyone, id).await?;
    reply(&document, &view)
}
