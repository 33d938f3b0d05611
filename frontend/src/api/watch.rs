//! Figures over all stores, and the bots.

use super::{ApiError, Query, delete, get, post};
use shared::api::Page;
use shared::api::closings::{SpanClosing, StoredClosing};
use shared::api::refusals::Refused;
use shared::api::reports::XReport;
use shared::api::simulations::{NewSimulation, Simulation};
use shared::api::stats::Stats;
use shared::ids::{SimulationId, StoreNo};
use shared::time::Day;

/// The figures of every store on a business day; today in each where absent.
pub async fn stats(day: Option<Day>) -> Result<Stats, ApiError> {
    let day = day.as_ref().map(|day| day as &dyn std::fmt::Display);
    get(Query::of("/stats").with("day", day).as_str()).await
}

/// The X report of a store for the business day that runs.
pub async fn x_report(store: StoreNo) -> Result<XReport, ApiError> {
    get(&format!("/stores/{store}/reports/x")).await
}

/// One page of the closings of a store, the newest first.
pub async fn closings(store: StoreNo, cursor: Option<String>) -> Result<Page<StoredClosing>, ApiError> {
    let cursor = cursor.as_ref().map(|cursor| cursor as &dyn std::fmt::Display);
    get(Query::of(&format!("/stores/{store}/closings")).with("cursor", cursor).as_str()).await
}

/// What the registers of a store came to in the months of a year and in the year.
pub async fn calendar(store: StoreNo, year: i16) -> Result<Vec<SpanClosing>, ApiError> {
    get(Query::of(&format!("/stores/{store}/closings/calendar")).with("year", Some(&year)).as_str()).await
}

/// Where something that tills send was refused lately.
pub async fn refusals() -> Result<Page<Refused>, ApiError> {
    get("/refusals").await
}

/// Every simulation that is known.
pub async fn simulations() -> Result<Vec<Simulation>, ApiError> {
    get("/simulations").await
}

/// Starts a simulation.
pub async fn start_simulation(plan: &NewSimulation) -> Result<Simulation, ApiError> {
    post("/simulations", plan).await
}

/// Asks a simulation to stop.
pub async fn stop_simulation(id: SimulationId) -> Result<(), ApiError> {
    delete(&format!("/simulations/{id}")).await
}
