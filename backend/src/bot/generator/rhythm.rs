//! When customers come to a till.
#![expect(clippy::float_arithmetic, reason = "arrival times are statistics; no money, quantity or tax is in here")]

use rand::Rng;
use rand::distr::Distribution;
use rand_distr::Exp1;
use std::f64::consts::TAU;
use std::time::Duration;

/// How many customers a second come to one till, on average over a day; above zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TillRate(f64);

impl TillRate {
    /// The share of one till in `total` receipts a second that `tills` tills issue together.
    pub fn share_of(total: u32, tills: u32) -> Self {
        Self(f64::from(total.max(1)) / f64::from(tills.max(1)))
    }
}

/// The moments at which a till issues, relative to the start of the run.
#[derive(Debug, Clone, Copy)]
pub enum Rhythm {
    /// Customers come by chance (a Poisson process), more at noon and in the evening than in between.
    Day {
        /// How many.
        rate: TillRate,
        /// How long the simulated day is.
        length: Duration,
        /// The sum of all gaps drawn so far, in seconds of a day without rhythm.
        even: f64,
    },
    /// One receipt after the other. Their times are a millisecond apart, whatever the real pace is, so that the same
    /// seed gives the same times.
    Unbroken {
        /// How many were issued.
        issued: u32,
    },
}

impl Rhythm {
    /// How long a simulated day is, about.
    pub const DAY: Duration = Duration::from_mins(1);
    /// How much the rate swings once a day (quiet at both ends) and twice a day (noon and evening), as shares of it.
    const SWING: (f64, f64) = (0.25, 0.2);

    /// Customers at `rate` in a run of that length. It has a whole number of days, since only those average the rate.
    pub fn days(rate: TillRate, run: Duration) -> Self {
        let days = ((run.as_secs() + Self::DAY.as_secs() / 2) / Self::DAY.as_secs()).max(1);
        let length = run / u32::try_from(days).unwrap_or(u32::MAX);
        Self::Day { rate, length: length.max(Duration::from_secs(1)), even: 0.0 }
    }

    /// As fast as can be.
    pub const fn unbroken() -> Self {
        Self::Unbroken { issued: 0 }
    }

    /// When the next receipt is issued; never before the one before.
    pub fn next(&mut self, rng: &mut impl Rng) -> Duration {
        match self {
            Self::Day { rate, length, even } => {
                let gap: f64 = Exp1.sample(rng);
                *even += gap / rate.0;
                Duration::try_from_secs_f64(with_rhythm(*even, length.as_secs_f64())).unwrap_or(Duration::MAX)
            }
            Self::Unbroken { issued } => {
                *issued = issued.saturating_add(1);
                Duration::from_millis(u64::from(*issued))
            }
        }
    }
}

/// How many seconds of an even day have passed after `t` seconds of the day with its rhythm: the integral of
/// 1 − a·cos(2πt/day) − b·cos(4πt/day), which is positive, so the function grows.
fn without_rhythm(t: f64, day: f64) -> f64 {
    let (once, twice) = Rhythm::SWING;
    let turn = TAU / day;
    t - once / turn * (turn * t).sin() - twice / (2.0 * turn) * (2.0 * turn * t).sin()
}

/// The inverse of [`without_rhythm`], by bisection to a microsecond.
fn with_rhythm(even: f64, day: f64) -> f64 {
    // The two differ by at most (a + b/2) / 2π of a day.
    let reach = day / 10.0;
    let (mut low, mut high) = ((even - reach).max(0.0), even + reach);
    while high - low > 1e-6 {
        let middle = f64::midpoint(low, high);
        if without_rhythm(middle, day) < even { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn moments_in(run: Duration, count: usize) -> Vec<Duration> {
        let (mut rhythm, mut rng) = (Rhythm::days(TillRate::share_of(200, 2), run), ChaCha8Rng::seed_from_u64(1));
        std::iter::repeat_with(|| rhythm.next(&mut rng)).take(count).collect()
    }

    fn moments(count: usize) -> Vec<Duration> {
        moments_in(Rhythm::DAY, count)
    }

    #[test]
    fn every_run_averages_the_rate() {
        for seconds in [3, 10, 45, 60, 100, 170] {
            let run = Duration::from_secs(seconds);
            let count = moments_in(run, 20_000).into_iter().filter(|at| *at < run).count();
            let expected = usize::try_from(seconds * 100).unwrap();
            assert!(count.abs_diff(expected) < expected / 10, "{count} in {seconds} s");
        }
    }

    #[test]
    fn noon_is_busier_than_morning() {
        let moments = moments(6_000);
        let between = |from, to| moments.iter().filter(|at| (from..to).contains(&at.as_secs())).count();
        assert!(between(15, 21) > between(0, 6) * 3 / 2);
    }

    #[test]
    fn time_never_goes_back() {
        assert!(moments(6_000).is_sorted());
    }
}
