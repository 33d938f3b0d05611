//! `GET stores/{s}/sellers`: a store's staff, with whoever has left.

use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::stores::StaffMember;
use shared::ids::StoreNo;
use tokio::time::Instant;

/// Whoever works or has worked in a store, by number. The store itself lists whoever works there.
#[utoipa::path(
    get,
    path = "/stores/{store}/sellers",
    tag = "stores",
    params(("store" = StoreNo, Path, description = "The store.")),
    responses(
        (status = 200, body = Vec<StaffMember>),
        (status = 403, body = Problem, description = "This takes a manager."),
        (status = 404, body = Problem, description = "No such store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path(no): Path<StoreNo>,
) -> Result<Json<Vec<StaffMember>>, ApiError> {
    let view = app.stores.since(no, Instant::now()).await?;
    let view = view.ok_or_else(|| Kind::UnknownStore.because(format!("There is no store {no}.")))?;
    caller.must_manage(&view.store)?;
    Ok(Json(view.sellers.values().map(crate::model::seller::SellerDocument::view).collect()))
}
