//! How many there were in each second, where only sums at some moments are known. Pure.

use std::time::Duration;

const SECOND: u64 = 1_000;

/// So many in each second since the beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace(Vec<u64>);

impl Pace {
    /// Adds so many that came between two moments, at an even pace for all that is known.
    pub fn add(&mut self, from: Duration, to: Duration, count: u64) {
        let (from, to) = (millis(from), millis(to).max(millis(from) + 1));
        let until = |moment: u64| count * (moment - from) / (to - from);
        for second in from / SECOND..=(to - 1) / SECOND {
            let (begin, end) = ((second * SECOND).max(from), ((second + 1) * SECOND).min(to));
            self.add_to(second, until(end) - until(begin));
        }
    }

    fn add_to(&mut self, second: u64, count: u64) {
        let second = usize::try_from(second).unwrap_or(usize::MAX - 1);
        if self.0.len() <= second {
            self.0.resize(second + 1, 0);
        }
        self.0[second] += count;
    }

    /// Second by second.
    pub fn seconds(&self) -> &[u64] {
        &self.0
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The most in a second.
    pub fn most(&self) -> u64 {
        self.0.iter().copied().max().unwrap_or(0)
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(steps: &[(u64, u64, u64)]) -> Pace {
        let mut pace = Pace::default();
        for (from, to, count) in steps {
            pace.add(Duration::from_millis(*from), Duration::from_millis(*to), *count);
        }
        pace
    }

    #[test]
    fn what_came_within_a_second_counts_there() {
        assert_eq!(pace(&[(1_100, 1_600, 7), (1_600, 2_000, 3)]).seconds(), [0, 10]);
    }

    #[test]
    fn what_came_over_seconds_is_shared_among_them() {
        assert_eq!(pace(&[(500, 2_500, 20)]).seconds(), [5, 10, 5]);
        assert_eq!(pace(&[(0, 3_000, 10)]).total(), 10);
        assert_eq!(pace(&[(999, 999, 4)]).seconds(), [4]);
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!((Pace::default().most(), Pace::default().total()), (0, 0));
    }
}
