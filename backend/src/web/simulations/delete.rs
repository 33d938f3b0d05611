//! `DELETE simulations/{id}`: stops one.

use super::get::unknown;
use crate::model::simulation::{self, SimulationDocument};
use crate::model::update::{Change, update};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::api::simulations::Simulation;
use shared::ids::SimulationId;

/// Asks a simulation to stop; whichever process runs it hears of it within a second or two. One that is over stays as
/// it is.
#[utoipa::path(
    delete,
    path = "/simulations/{id}",
    tag = "simulations",
    params(("id" = SimulationId, Path, description = "The simulation.")),
    responses(
        (status = 202, body = Simulation),
        (status = 404, body = Problem, description = "No such simulation."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SimulationId>,
) -> Result<(StatusCode, Json<Simulation>), ApiError> {
    caller.must_manage_training()?;
    let now = app.mint.now();
    let simulation = update(&*app.store, &simulation::id(id), |found: Option<SimulationDocument>| {
        let mut job = found.ok_or_else(|| unknown(id))?;
        if job.stop || !job.is_live(now) {
            return Ok(Change::Keep(job.view(now)));
        }
        job.stop = true;
        let view = job.view(now);
        Ok::<_, ApiError>(Change::Write(job, view))
    })
    .await?;
    Ok((StatusCode::ACCEPTED, Json(simulation)))
}
