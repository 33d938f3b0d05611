//! `GET simulations`: those that run, and the last that ran.

use crate::model::simulation::SimulationDocument;
use crate::web::caller::Caller;
use crate::web::extract::Json;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::simulations::Simulation;

/// The simulations that run and the last that ran, newest first.
#[utoipa::path(
    get,
    path = "/simulations",
    tag = "simulations",
    responses((status = 200, body = Vec<Simulation>), (status = "default", body = Problem))
)]
pub async fn handler(State(app): State<App>, caller: Caller) -> Result<Json<Vec<Simulation>>, ApiError> {
    caller.must_manage_training()?;
    let now = app.mint.now();
    let jobs = app.store.read_all::<SimulationDocument>("").await?;
    Ok(Json(jobs.iter().rev().map(|job| job.value.view(now)).collect()))
}
