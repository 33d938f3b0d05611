//! `GET stores/{s}/registers`: a store's registers, with who holds them.

use crate::model::register::RegisterDocument;
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::stores::RegisterDetail;
use shared::ids::StoreNo;

/// The registers of a store, with every series that was opened on them and who holds it.
#[utoipa::path(
    get,
    path = "/stores/{store}/registers",
    tag = "stores",
    params(("store" = StoreNo, Path, description = "The store.")),
    responses(
        (status = 200, body = [RegisterDetail]),
        (status = 403, body = Problem, description = "This takes a manager."),
        (status = 404, body = Problem, description = "No such store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path(store): Path<StoreNo>,
) -> Result<Json<Vec<RegisterDetail>>, ApiError> {
    let view = app.stores.require(store).await?;
    caller.must_manage(&view.store)?;
    Ok(Json(view.tills().map(RegisterDocument::detail).collect()))
}
