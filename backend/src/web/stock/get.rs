//! `GET stock`: the levels of a store.

use crate::web::caller::Caller;
use crate::web::extract::{Json, Query};
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::stock::{StockQuery, StoreStock};

/// The levels of a store, by SKU; of one product where it is named.
#[utoipa::path(
    get,
    path = "/stock",
    tag = "stock",
    params(StockQuery),
    responses(
        (status = 200, body = StoreStock),
        (status = 404, body = Problem, description = "No such store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<StockQuery>,
) -> Result<Json<StoreStock>, ApiError> {
    caller.must_see(&app, Some(query.store)).await?;
    let mut levels = app.store.levels(query.store).await?;
    if let Some(sku) = query.sku {
        levels.retain(|level| level.sku == sku);
    }
    Ok(Json(StoreStock { store: query.store, levels }))
}
