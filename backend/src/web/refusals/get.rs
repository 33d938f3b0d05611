//! `GET refusals`: where something was refused lately.

use super::told;
use crate::model::refusals::Refusals;
use crate::web::caller::Caller;
use crate::web::extract::Json;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::Page;
use shared::api::problem::Problem;
use shared::api::refusals::Refused;

/// The stores of which receipts or entries of the journal were refused, until a day after the last one. Nothing of these is
/// kept here: what a till has sent is still on that till.
#[utoipa::path(
    get,
    path = "/refusals",
    tag = "figures",
    responses((status = 200, body = Page<Refused>), (status = "default", body = Problem))
)]
pub async fn handler(State(app): State<App>, caller: Caller) -> Result<Json<Page<Refused>>, ApiError> {
    caller.must_manage_chain(&app).await?;
    let shown = |Refusals { store, count, latest }| Refused { store, count, latest };
    Ok(Json(Page { items: told(&app).await?.into_iter().map(shown).collect(), next: None }))
}
