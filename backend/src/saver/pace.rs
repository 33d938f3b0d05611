//! A stated number of records a second: a token bucket that holds a tenth of a second's worth.

use std::num::NonZeroU32;
use tokio::time::Instant;

/// How fast a saver goes.
#[derive(Debug)]
pub struct Pace {
    rate: Option<NonZeroU32>,
    /// Millionths of a record that may be taken.
    credit: u64,
    counted: Instant,
}

/// What one record costs: credit grows by `rate` each microsecond.
const RECORD: u64 = 1_000_000;

impl Pace {
    /// A pace of so many records a second; as fast as it goes where absent.
    pub fn new(rate: Option<NonZeroU32>) -> Self {
        Self { rate, credit: RECORD, counted: Instant::now() }
    }

    /// How many records may be taken at present, at most `max`.
    pub fn allowance(&mut self, max: usize) -> usize {
        let Some(rate) = self.rate else { return max };
        let now = Instant::now();
        let micros = u64::try_from(now.duration_since(self.counted).as_micros()).unwrap_or(u64::MAX);
        let cap = (u64::from(rate.get()) * RECORD / 10).max(RECORD);
        self.credit = self.credit.saturating_add(micros.saturating_mul(rate.get().into())).min(cap);
        self.counted = now;
        usize::try_from(self.credit / RECORD).unwrap_or(max).min(max)
    }

    /// So many were taken.
    pub fn spend(&mut self, records: usize) {
        if self.rate.is_some() {
            self.credit = self.credit.saturating_sub(RECORD.saturating_mul(records as u64));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn takes_what_was_stated_and_no_more() {
        let mut pace = Pace::new(NonZeroU32::new(500));
        let mut taken = 0;
        for _ in 0..1000 {
            tokio::time::advance(Duration::from_millis(10)).await;
            let allowed = pace.allowance(1000);
            pace.spend(allowed);
            taken += allowed;
        }
        assert!((4990..=5001).contains(&taken), "{taken}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_not_made_up_for_at_once() {
        let mut pace = Pace::new(NonZeroU32::new(500));
        tokio::time::advance(Duration::from_hours(1)).await;
        assert_eq!(pace.allowance(1000), 50);
        assert_eq!(Pace::new(None).allowance(1000), 1000);
    }

    #[tokio::test(start_paused = true)]
    async fn one_record_a_second_gets_there() {
        let mut pace = Pace::new(NonZeroU32::new(1));
        pace.spend(1);
        tokio::time::advance(Duration::from_millis(1001)).await;
        assert_eq!(pace.allowance(1000), 1);
    }
}
