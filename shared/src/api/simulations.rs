//! Bots, started and stopped from the manager's page.

use crate::ids::SimulationId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Starts a simulation in training stores of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSimulation {
    /// How many stores, 1 to 100.
    pub stores: u16,
    /// How many registers in each, 1 to 50.
    pub registers: u16,
    /// How many sellers in each, 1 to 100.
    pub sellers: u16,
    /// Receipts a second over all registers, 1 to 5,000.
    pub rate: u16,
    /// The same seed gives the same receipts.
    pub seed: u64,
    /// After how many seconds it stops by itself, 1 to 86,400.
    pub seconds: u32,
    /// Whether deliveries follow alerts.
    #[serde(default)]
    pub restock: bool,
}

/// Where a simulation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SimulationState {
    /// Its bots sell.
    Running,
    /// Somebody asked it to stop.
    Stopping,
    /// It is over.
    Ended,
    /// It ended because something went wrong; `message` says what.
    Failed,
}

/// A simulation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Simulation {
    /// Which.
    pub id: SimulationId,
    /// What was asked for.
    pub plan: NewSimulation,
    /// Where it stands.
    pub state: SimulationState,
    /// How many receipts its bots have issued.
    pub issued: u64,
    /// When it started.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub started_at: Timestamp,
    /// What went wrong, if something did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
