//! Customers, drawn from a seed: pure, so the same seed gives the same receipts.
//!
//! No clock, no I/O and no other random source is read here. Times are relative to the start of the run. All draws but
//! those of the rhythm are of integers, so that they are the same on every machine.

mod assortment;
mod basket;
mod rhythm;
mod stock;
mod tenders;
mod till;

pub use assortment::{Assortment, NothingToSell};
pub use rhythm::{Rhythm, TillRate};
pub use stock::opening_stock;
pub use till::{DrawError, Sale, Till};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What all draws of a run come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(pub u64);

/// A store of the run, counted from 0; its number is the server's to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoreIndex(pub u16);

/// A register of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The store.
    pub store: StoreIndex,
    /// The register in that store, counted from 0.
    pub register: u16,
}

/// What is drawn; each draws from a stream of its own, so none depends on how many draws another took.
#[derive(Debug, Clone, Copy)]
enum Stream {
    Popularity,
    Stock(StoreIndex),
    Till(Place),
}

impl Seed {
    fn stream(self, stream: Stream) -> ChaCha8Rng {
        let number = match stream {
            Stream::Popularity => 0,
            Stream::Stock(store) => 1 << 32 | u64::from(store.0),
            Stream::Till(place) => 2 << 32 | u64::from(place.store.0) << 16 | u64::from(place.register),
        };
        let mut rng = ChaCha8Rng::seed_from_u64(self.0);
        rng.set_stream(number);
        rng
    }
}
