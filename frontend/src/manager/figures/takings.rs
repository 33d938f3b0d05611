//! The takings of a day beside those of the same weekday a week before.

use shared::money::Money;

/// Hours on the clock on the wall.
pub const HOURS: usize = 24;

/// The takings of each hour of a day, over one or more stores.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hours([Money; HOURS]);

impl Hours {
    /// Adds the hours of a store; what is beyond a day's 24 is left out.
    pub fn add(&mut self, hours: &[Money]) {
        for (sum, &hour) in self.0.iter_mut().zip(hours) {
            *sum = sum.saturating_plus(hour);
        }
    }

    /// Adds what was taken in one hour, 0 to 23.
    pub fn add_in(&mut self, hour: u8, amount: Money) {
        if let Some(sum) = self.0.get_mut(usize::from(hour)) {
            *sum = sum.saturating_plus(amount);
        }
    }

    /// What was taken by the end of each of the first `hours` hours.
    pub fn running(&self, hours: usize) -> Vec<Money> {
        let mut sum = Money::ZERO;
        let add = |&hour: &Money| {
            sum = sum.saturating_plus(hour);
            sum
        };
        self.0.iter().take(hours).map(add).collect()
    }

    /// What was taken in all.
    pub fn total(&self) -> Money {
        self.0.iter().copied().fold(Money::ZERO, Money::saturating_plus)
    }

    /// What was taken by a time of day, the hour that runs counted by its share.
    pub fn by(&self, hour: u8, minute: u8) -> Money {
        let hour = usize::from(hour).min(HOURS - 1);
        let whole = self.0.iter().take(hour).copied().fold(Money::ZERO, Money::saturating_plus);
        let running = self.0.get(hour).map_or(0, |amount| amount.minor());
        let share = Money::try_from(i128::from(running) * i128::from(minute.min(60)) / 60).unwrap_or_default();
        whole.saturating_plus(share)
    }
}

/// By how many percent `now` is above `then`; nothing to say where `then` was nothing.
pub fn change_percent(now: Money, then: Money) -> Option<i64> {
    let (now, then) = (i128::from(now.minor()), i128::from(then.minor()));
    if then <= 0 {
        return None;
    }
    let percent = (now - then) * 100;
    let rounded = (percent.abs() + then / 2) / then * percent.signum();
    i64::try_from(rounded).ok()
}

/// Amounts as heights of a chart: what is below zero is drawn at zero.
pub fn heights(amounts: &[Money]) -> Vec<u64> {
    amounts.iter().map(|amount| u64::try_from(amount.minor()).unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours() -> Hours {
        let mut hours = Hours::default();
        hours.add(&[Money::from(100), Money::from(60)]);
        hours.add_in(1, Money::from(60));
        hours.add_in(24, Money::from(9_999));
        hours
    }

    #[test]
    fn sums_run_over_the_day() {
        assert_eq!(hours().running(3), [100.into(), 220.into(), Money::from(220)]);
        assert_eq!(hours().total(), 220.into());
    }

    #[test]
    fn the_hour_that_runs_counts_by_its_share() {
        assert_eq!(hours().by(0, 0), Money::ZERO);
        assert_eq!(hours().by(1, 30), 160.into());
        assert_eq!(hours().by(200, 99), hours().by(23, 60));
    }

    #[test]
    fn changes_are_rounded_and_need_something_to_compare_with() {
        assert_eq!(change_percent(106.into(), 100.into()), Some(6));
        assert_eq!(change_percent(1.into(), 3.into()), Some(-67));
        assert_eq!(change_percent(5.into(), Money::ZERO), None);
    }
}
