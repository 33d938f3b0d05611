//! `GET sessions/current`: who is signed in.

use crate::web::caller::Caller;
use crate::web::extract::Json;
use crate::web::problem::{ApiError, Kind};
use shared::api::problem::Problem;
use shared::api::sessions::Session;

/// Who is signed in.
#[utoipa::path(
    get,
    path = "/sessions/current",
    tag = "sessions",
    responses(
        (status = 200, body = Session),
        (status = 401, body = Problem, description = "Nobody is signed in."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(caller: Caller) -> Result<Json<Session>, ApiError> {
    match caller {
        Caller::Staff(staff) => Ok(Json(staff.into())),
        Caller::Operator => Err(Kind::NotSignedIn.because("The operator's token is no session.")),
    }
}
