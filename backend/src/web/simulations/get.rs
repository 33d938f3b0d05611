//! `GET simulations/{id}`: one of them.

use crate::model::simulation::{self, SimulationDocument};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::simulations::Simulation;
use shared::ids::SimulationId;

/// One simulation.
#[utoipa::path(
    get,
    path = "/simulations/{id}",
    tag = "simulations",
    params(("id" = SimulationId, Path, description = "The simulation.")),
    responses(
        (status = 200, body = Simulation),
        (status = 404, body = Problem, description = "No such simulation."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SimulationId>,
) -> Result<Json<Simulation>, ApiError> {
    caller.must_manage_training()?;
    let found = app.store.read::<SimulationDocument>(&simulation::id(id)).await?;
    Ok(Json(found.ok_or_else(|| unknown(id))?.value.view(app.mint.now())))
}

/// The problem that a missing simulation is.
pub fn unknown(id: SimulationId) -> ApiError {
    Kind::UnknownSimulation.because(format!("There is no simulation {id}, or no longer."))
}
