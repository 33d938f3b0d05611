//! A stated number of records a second: a token bucket that holds a tenth of a second's worth.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::time::Instant;

/// How fast a saver goes, over all its partitions. Cloning shares it.
#[derive(Debug, Clone)]
pub struct SharedPace(Arc<Mutex<Pace>>);

impl SharedPace {
    /// A pace of so many records a second; as fast as it goes where absent.
    pub fn new(rate: Option<NonZeroU32>) -> Self {
        Self(Arc::new(Mutex::new(Pace::new(rate))))
    }

    /// Takes as much of `wanted` records as the pace allows at present, perhaps nothing.
    pub fn take(&self, wanted: usize) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take(wanted)
    }
}

#[derive(Debug)]
struct Pace {
    rate: Option<NonZeroU32>,
    /// Millionths of a record that may be taken.
    credit: u64,
    counted: Instant,
}

/// What one record costs: credit grows by `rate` each microsecond.
const RECORD: u64 = 1_000_000;

impl Pace {
    fn new(rate: Option<NonZeroU32>) -> Self {
        Self { rate, credit: RECORD, counted: Instant::now() }
    }

    fn take(&mut self, wanted: usize) -> usize {
        let Some(rate) = self.rate else { return wanted };
        let now = Instant::now();
        let micros = u64::try_from(now.duration_since(self.counted).as_micros()).unwrap_or(u64::MAX);
        let cap = (u64::from(rate.get()) * RECORD / 10).max(RECORD);
        self.credit = self.credit.saturating_add(micros.saturating_mul(rate.get().into())).min(cap);
        self.counted = now;
        let taken = usize::try_from(self.credit / RECORD).unwrap_or(wanted).min(wanted);
        self.credit = self.credit.saturating_sub(RECORD.saturating_mul(taken as u64));
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn takes_what_was_stated_and_no_more_over_all_partitions() {
        let pace = SharedPace::new(NonZeroU32::new(500));
        let mut taken = 0;
        for _ in 0..1000 {
            tokio::time::advance(Duration::from_millis(10)).await;
            taken += pace.take(3) + pace.clone().take(1000);
        }
        assert!((4990..=5001).contains(&taken), "{taken}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_not_made_up_for_at_once() {
        let pace = SharedPace::new(NonZeroU32::new(500));
        tokio::time::advance(Duration::from_hours(1)).await;
        assert_eq!(pace.take(1000), 50);
        assert_eq!(pace.take(1000), 0);
        assert_eq!(SharedPace::new(None).take(1000), 1000);
    }

    #[tokio::test(start_paused = true)]
    async fn one_record_a_second_gets_there() {
        let pace = SharedPace::new(NonZeroU32::new(1));
        assert_eq!(pace.take(9), 1);
        tokio::time::advance(Duration::from_millis(1001)).await;
        assert_eq!(pace.take(9), 1);
    }
}
