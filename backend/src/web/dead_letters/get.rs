//! `GET dead-letters/{id}`: one of them, whole.

use super::{find, shown};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::dead_letters::Letter;
use shared::api::problem::Problem;

/// One dead letter with all of its bytes.
#[utoipa::path(
    get,
    path = "/dead-letters/{id}",
    tag = "dead letters",
    params(("id" = String, Path, description = "The letter.")),
    responses((status = 200, body = Letter), (status = 404, body = Problem), (status = "default", body = Problem))
)]
pub async fn handler(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Result<Json<Letter>, ApiError> {
    Ok(Json(shown(find(&app, &caller, &id).await?, usize::MAX)))
}
