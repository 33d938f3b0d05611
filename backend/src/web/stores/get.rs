//! `GET stores/{s}`: one store with its registers and staff.

use crate::web::extract::{Json, Path};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::stores::StoreDetail;
use shared::ids::StoreNo;
use tokio::time::Instant;

/// One store with its registers and staff: what a sign-in page needs.
#[utoipa::path(
    get,
    path = "/stores/{store}",
    tag = "stores",
    params(("store" = StoreNo, Path, description = "The store.")),
    responses(
        (status = 200, body = StoreDetail),
        (status = 404, body = Problem, description = "No such store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(State(app): State<App>, Path(store): Path<StoreNo>) -> Result<Json<StoreDetail>, ApiError> {
    let view = app.stores.since(store, Instant::now()).await?;
    let view = view.ok_or_else(|| Kind::UnknownStore.because(format!("There is no store {store}.")))?;
    Ok(Json((&*view).into()))
}
