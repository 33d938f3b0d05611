//! Simulations as leased jobs: seen and stopped through any instance, run by one.

use crate::store::documents::Document;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use shared::api::simulations::{Simulation, SimulationState};
use shared::ids::SimulationId;

/// How long a job counts as running after its owner last said so.
pub const LEASE: SignedDuration = SignedDuration::from_secs(15);

/// A simulation and its lease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulationDocument {
    /// The simulation, as its owner last wrote it.
    pub simulation: Simulation,
    /// Until when its owner is believed to live.
    pub leased_until: Timestamp,
    /// Whether somebody asked it to stop.
    pub stop: bool,
}

impl Document for SimulationDocument {
    const KIND: &'static str = "simulation";
}

/// The document's name; names are in the order of starting.
pub fn id(simulation: SimulationId) -> String {
    simulation.to_string()
}

impl SimulationDocument {
    /// Whether bots sell for it.
    pub fn is_live(&self, now: Timestamp) -> bool {
        let running = matches!(self.simulation.state, SimulationState::Running | SimulationState::Stopping);
        running && now <= self.leased_until
    }

    /// Its owner says that it lives, and how far it got.
    pub fn renew(&mut self, now: Timestamp, issued: u64) {
        self.leased_until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
        self.simulation.issued = issued;
        if self.stop {
            self.simulation.state = SimulationState::Stopping;
        }
    }

    /// Its owner says that it is over, and what went wrong if something did.
    pub fn end(&mut self, issued: u64, message: Option<String>) {
        self.simulation.issued = issued;
        self.simulation.state = if message.is_some() { SimulationState::Failed } else { SimulationState::Ended };
        self.simulation.message = message;
    }

    /// What is known of it: a job whose owner fell silent has failed.
    pub fn view(&self, now: Timestamp) -> Simulation {
        let mut simulation = self.simulation.clone();
        match simulation.state {
            SimulationState::Running | SimulationState::Stopping if now > self.leased_until => {
                simulation.state = SimulationState::Failed;
                simulation.message = Some("The process that ran it has gone.".to_owned());
            }
            SimulationState::Running if self.stop => simulation.state = SimulationState::Stopping,
            SimulationState::Running | SimulationState::Stopping | SimulationState::Ended | SimulationState::Failed => {
            }
        }
        simulation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::api::simulations::NewSimulation;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn job() -> SimulationDocument {
        let plan = NewSimulation { stores: 1, registers: 1, sellers: 1, rate: 1, seed: 1, seconds: 1, restock: false };
        let id = SimulationId::mint(0, &[0; 10]);
        let state = SimulationState::Running;
        let simulation = Simulation { id, plan, state, issued: 0, started_at: at(0), message: None };
        let mut job = SimulationDocument { simulation, leased_until: at(0), stop: false };
        job.renew(at(0), 0);
        job
    }

    #[test]
    fn a_silent_owner_means_failure() {
        assert_eq!(job().view(at(15)).state, SimulationState::Running);
        assert_eq!(job().view(at(16)).state, SimulationState::Failed);
        assert!(!job().is_live(at(16)));
    }

    #[test]
    fn a_wish_to_stop_shows_at_once_and_an_end_stays() {
        let mut job = job();
        job.stop = true;
        assert_eq!(job.view(at(1)).state, SimulationState::Stopping);
        job.renew(at(1), 5);
        assert_eq!(job.simulation.state, SimulationState::Stopping);
        job.end(7, None);
        assert_eq!((job.view(at(99)).state, job.view(at(99)).issued), (SimulationState::Ended, 7));
    }
}
