//! `GET stores`: every store, for choosing where to sign in.

use crate::web::extract::Json;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::store::Store;

/// Every store, by number.
#[utoipa::path(
    get,
    path = "/stores",
    tag = "stores",
    responses((status = 200, body = Vec<Store>), (status = "default", body = Problem))
)]
pub async fn handler(State(app): State<App>) -> Result<Json<Vec<Store>>, ApiError> {
    let stores = app.store.read_all::<Store>("").await?;
    Ok(Json(stores.into_iter().map(|store| store.value).collect()))
}
