//! The one random source of a world: whatever happens by chance is drawn from it, in the order in which it happens.

use crate::clock::Entropy;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Mutex;
use std::time::Duration;

/// Dice that fall the same for the same seed.
pub struct Chance(Mutex<ChaCha8Rng>);

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self(Mutex::new(ChaCha8Rng::seed_from_u64(seed)))
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&self, low: u32, high: u32) -> u32 {
        self.0.lock().unwrap().random_range(low..=high)
    }

    /// Whether a chance of one in `n` came true; never where `n` is 0.
    pub fn one_in(&self, n: u32) -> bool {
        n > 0 && self.between(1, n) == 1
    }

    /// A time of `low` to `high` milliseconds.
    pub fn millis(&self, low: u32, high: u32) -> Duration {
        Duration::from_millis(self.between(low, high).into())
    }

    /// One of several things; nothing of none.
    pub fn pick<'a, T>(&self, things: &'a [T]) -> Option<&'a T> {
        let last = u32::try_from(things.len()).unwrap().checked_sub(1)?;
        things.get(self.between(0, last) as usize)
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

impl Entropy for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap().fill_bytes(bytes);
    }
}
