//! What a run of the bots is to do.

use super::generator::{Place, Rhythm, Seed, StoreIndex, TillRate};
use shared::api::simulations::NewSimulation;
use std::time::Duration;

/// How fast bots sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Receipts a second over all registers, on average over a simulated day.
    Rate(u32),
    /// As fast as the server takes them.
    Max,
}

/// When bots stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// After so many receipts over all registers.
    Receipts(u64),
    /// After so long; at a rate by the generator's time, so that the same seed gives the same number of receipts.
    For(Duration),
}

/// A run of the bots, in training stores of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How many stores, 1 to 1,000.
    pub stores: u16,
    /// How many registers in each, 1 to 50.
    pub registers: u16,
    /// How many sellers in each, 1 to 100.
    pub sellers: u16,
    /// How fast.
    pub pace: Pace,
    /// How long.
    pub length: Length,
    /// What all draws come from.
    pub seed: Seed,
    /// Whether deliveries follow alerts.
    pub restock: bool,
}

impl Plan {
    /// How many registers sell.
    pub fn tills(&self) -> u32 {
        u32::from(self.stores) * u32::from(self.registers)
    }

    /// Every register of the run, store by store.
    pub fn places(&self) -> impl Iterator<Item = Place> + use<> {
        let registers = self.registers;
        let of_store = move |store| (0..registers).map(move |register| Place { store: StoreIndex(store), register });
        (0..self.stores).flat_map(of_store)
    }

    /// The rhythm of each register.
    pub fn rhythm(&self) -> Rhythm {
        match self.pace {
            Pace::Rate(rate) => Rhythm::days(TillRate::share_of(rate, self.tills()), self.expected_time(rate)),
            Pace::Max => Rhythm::unbroken(),
        }
    }

    /// How long the run takes at `rate` receipts a second.
    fn expected_time(&self, rate: u32) -> Duration {
        match self.length {
            Length::Receipts(receipts) => Duration::from_secs(receipts / u64::from(rate.max(1))),
            Length::For(time) => time,
        }
    }

    /// How many receipts the register at `place` issues at most: an equal share, the first ones taking what is left.
    pub fn quota(&self, place: Place) -> u64 {
        let Length::Receipts(receipts) = self.length else { return u64::MAX };
        let tills = u64::from(self.tills().max(1));
        let index = u64::from(place.store.0) * u64::from(self.registers) + u64::from(place.register);
        receipts / tills + u64::from(index < receipts % tills)
    }
}

impl From<&NewSimulation> for Plan {
    fn from(asked: &NewSimulation) -> Self {
        Self {
            stores: asked.stores,
            registers: asked.registers,
            sellers: asked.sellers,
            pace: Pace::Rate(asked.rate.into()),
            length: Length::For(Duration::from_secs(asked.seconds.into())),
            seed: Seed(asked.seed),
            restock: asked.restock,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_sum_to_what_was_asked() {
        let plan = Plan {
            stores: 3,
            registers: 4,
            sellers: 1,
            pace: Pace::Max,
            length: Length::Receipts(1_001),
            seed: Seed(1),
            restock: false,
        };
        let quotas: Vec<_> = plan.places().map(|place| plan.quota(place)).collect();
        assert_eq!((quotas.len(), quotas.iter().sum()), (12, 1_001_u64));
        assert!(quotas.iter().all(|quota| (83..=84).contains(quota)));
    }
}
