//! `POST simulations`: starts one.

use super::job;
use crate::model::simulation::{self, SimulationDocument};
use crate::web::caller::Caller;
use crate::web::extract::Json;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::api::simulations::{NewSimulation, Simulation, SimulationState};
use shared::ids::SimulationId;

/// How many run at once; each can keep a core busy.
const AT_ONCE: usize = 4;

/// Starts bots in training stores of their own. This very process runs them; any instance shows and stops them.
#[utoipa::path(
    post,
    path = "/simulations",
    tag = "simulations",
    request_body = NewSimulation,
    responses(
        (status = 201, body = Simulation),
        (status = 403, body = Problem),
        (status = 409, body = Problem, description = "Enough of them run already."),
        (status = 422, body = Problem, description = "A figure is out of range."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Json(plan): Json<NewSimulation>,
) -> Result<(StatusCode, Json<Simulation>), ApiError> {
    caller.must_manage_training()?;
    validate(&plan)?;
    must_have_room(&app).await?;
    let now = app.mint.now();
    let (millis, random) = app.mint.id_parts();
    let id = SimulationId::mint(millis, &random);
    let state = SimulationState::Running;
    let simulation = Simulation { id, plan, state, issued: 0, started_at: now, message: None };
    let mut document = SimulationDocument { simulation: simulation.clone(), leased_until: now, stop: false };
    document.renew(now, 0);
    // A fresh random id names no simulation yet, so there is nothing that could be ahead.
    let _ = app.store.write(&simulation::id(id), None, &document).await?;
    job::start(&app, &simulation);
    Ok((StatusCode::CREATED, Json(simulation)))
}

fn validate(plan: &NewSimulation) -> Result<(), ApiError> {
    let ranges = [
        ("stores", u32::from(plan.stores), 100),
        ("registers", plan.registers.into(), 50),
        ("sellers", plan.sellers.into(), 100),
        ("rate", plan.rate.into(), 5_000),
        ("seconds", plan.seconds, 86_400),
    ];
    match ranges.into_iter().find(|(_, value, most)| !(1..=*most).contains(value)) {
        Some((name, value, most)) => {
            Err(Kind::InvalidSimulation.because(format!("{name} is {value}; 1 to {most} can run.")))
        }
        None => Ok(()),
    }
}

async fn must_have_room(app: &App) -> Result<(), ApiError> {
    let now = app.mint.now();
    let jobs = app.store.read_all::<SimulationDocument>("").await?;
    if jobs.iter().filter(|job| job.value.is_live(now)).count() < AT_ONCE {
        return Ok(());
    }
    Err(Kind::EnoughSimulations.because(format!("{AT_ONCE} simulations run already.")))
}
