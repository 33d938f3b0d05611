//! The clocks on the wall: one for all servers, which a night makes jump, and each till's own, which is off by some.

use crate::clock::Clock;
use shared::time::{Moment, Timestamp};
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::time::Instant;

/// When every world begins: some minutes before the end of a business day in Paris.
const BEGIN: i64 = 1_795_473_000_000;

/// By how many minutes clocks in Paris are ahead in winter.
pub const AHEAD_OF_UTC: i64 = 60;

/// The wall clock of a world.
pub struct Wall {
    began: Instant,
    jumped: AtomicI64,
}

impl Wall {
    pub fn new() -> Self {
        Self { began: Instant::now(), jumped: AtomicI64::new(0) }
    }

    /// Unix milliseconds.
    pub fn millis(&self) -> i64 {
        BEGIN + i64::try_from(self.began.elapsed().as_millis()).unwrap() + self.jumped.load(Ordering::Relaxed)
    }

    /// Lets hours pass in which nothing happens.
    pub fn skip(&self, hours: u32) {
        self.jumped.fetch_add(i64::from(hours) * 3_600_000, Ordering::Relaxed);
    }

    /// What a till whose clock is off by so many milliseconds takes for now.
    pub fn moment(&self, off: i64) -> Moment {
        Moment::from_unix_millis(self.millis() + off, AHEAD_OF_UTC.try_into().unwrap()).unwrap()
    }
}

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis()).unwrap()
    }
}
