//! `GET setup`: whether anything is set up.

use crate::web::extract::Json;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::setup::SetUpState;

/// Whether anything is set up.
#[utoipa::path(
    get,
    path = "/setup",
    tag = "stores",
    responses((status = 200, body = SetUpState), (status = "default", body = Problem))
)]
pub async fn handler(State(app): State<App>) -> Result<Json<SetUpState>, ApiError> {
    Ok(Json(SetUpState { needed: super::is_needed(&*app.store).await? }))
}
