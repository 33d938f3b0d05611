//! All registers of a run, and what the tasks share about them.

use super::register::Register;
use super::shelves::Shelves;
use super::tally::{Tally, locked};
use shared::event::StockItem;
use shared::ids::{RegisterNo, SeriesLetter, Sku, StoreNo};
use shared::notice::Alert;
use shared::position::Position;
use shared::quantity::Quantity;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// What a store was delivered in all, by product.
pub type Delivered = BTreeMap<Sku, Quantity>;

/// The stores of a run.
#[derive(Debug)]
pub struct Floor {
    registers: BTreeMap<(StoreNo, RegisterNo), Arc<Register>>,
    /// Counters and latencies.
    pub tally: Arc<Tally>,
    /// Low shelves.
    pub shelves: Mutex<Shelves>,
    delivered: Mutex<BTreeMap<StoreNo, Delivered>>,
    seen: Mutex<BTreeSet<(StoreNo, Sku, Position)>>,
}

impl Floor {
    /// A floor of these registers, in stores that have got these deliveries.
    pub fn new(registers: Vec<Register>, delivered: BTreeMap<StoreNo, Delivered>, tally: Arc<Tally>) -> Self {
        let key = |register: &Register| (register.series.store, register.series.register);
        let registers = registers.into_iter().map(|register| (key(&register), Arc::new(register))).collect();
        let (shelves, seen) = (Mutex::default(), Mutex::default());
        Self { registers, tally, shelves, delivered: Mutex::new(delivered), seen }
    }

    /// All registers.
    pub fn registers(&self) -> impl Iterator<Item = &Arc<Register>> {
        self.registers.values()
    }

    /// The stores' numbers.
    pub fn stores(&self) -> BTreeSet<StoreNo> {
        self.registers.keys().map(|(store, _)| *store).collect()
    }

    /// The registers of one store.
    pub fn registers_of(&self, store: StoreNo) -> impl Iterator<Item = &Arc<Register>> {
        self.registers.range((store, RegisterNo::FIRST)..=(store, RegisterNo::MAX)).map(|(_, register)| register)
    }

    /// Whether the store is one of this run.
    pub fn has(&self, store: StoreNo) -> bool {
        self.registers_of(store).next().is_some()
    }

    /// The register that holds a series.
    pub fn holder(&self, store: StoreNo, register: RegisterNo, letter: &SeriesLetter) -> Option<&Arc<Register>> {
        self.registers.get(&(store, register)).filter(|register| register.series.letter == *letter)
    }

    /// Notes an alert; `false` if it was seen before.
    pub fn see(&self, alert: &Alert) -> bool {
        locked(&self.seen).insert((alert.store, alert.sku.clone(), alert.raised))
    }

    /// Whether an alert was seen on the WebSocket.
    pub fn has_seen(&self, alert: &Alert) -> bool {
        locked(&self.seen).contains(&(alert.store, alert.sku.clone(), alert.raised))
    }

    /// Notes a delivery that the log has taken.
    pub fn deliver(&self, store: StoreNo, items: &[StockItem]) {
        let mut delivered = locked(&self.delivered);
        let store = delivered.entry(store).or_default();
        for item in items {
            let sum = store.entry(item.sku.clone()).or_default();
            *sum = sum.saturating_plus(item.quantity);
        }
    }

    /// What a store was delivered in all.
    pub fn delivered(&self, store: StoreNo) -> Delivered {
        locked(&self.delivered).get(&store).cloned().unwrap_or_default()
    }
}
