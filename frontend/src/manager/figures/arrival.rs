//! Whether everything that was issued has arrived.

use shared::notice::SeriesStatus;
use shared::time::Timestamp;

/// How long numbers may be missing before somebody has to look, in seconds: a till that sends again needs less.
const PATIENCE_SECONDS: i64 = 60;

/// How whole a series is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wholeness {
    /// Numbers are missing, and have been for too long.
    Broken,
    /// Numbers are missing that may be on their way.
    Waiting,
    /// Every number from 1 to the last is saved.
    Whole,
}

impl Wholeness {
    /// That of a series at a time.
    pub fn of(series: &SeriesStatus, now: Timestamp) -> Self {
        if series.saved.is_complete() {
            return Self::Whole;
        }
        let lasts = series.gap_since.is_some_and(|since| now.as_second() - since.as_second() > PATIENCE_SECONDS);
        if lasts { Self::Broken } else { Self::Waiting }
    }
}

/// The arrival of several series.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arrival {
    /// How many series issue.
    pub series: u64,
    /// How many of them are whole.
    pub whole: u64,
    /// How many of them are broken.
    pub broken: u64,
    /// How many receipts are saved.
    pub saved: u64,
    /// How many numbers are missing.
    pub missing: u64,
    /// How many of them in series that are broken.
    pub overdue: u64,
    /// How many copies came.
    pub copies: u64,
}

impl Arrival {
    /// Adds a series; one that has issued nothing says nothing.
    pub fn add(&mut self, series: &SeriesStatus, now: Timestamp) {
        let saved = series.saved.count();
        self.copies += series.copies;
        if series.saved.last() == 0 {
            return;
        }
        self.series += 1;
        self.saved += saved;
        let missing = series.saved.last() - saved;
        self.missing += missing;
        match Wholeness::of(series, now) {
            Wholeness::Whole => self.whole += 1,
            Wholeness::Broken => {
                self.broken += 1;
                self.overdue += missing;
            }
            Wholeness::Waiting => {}
        }
    }

    /// How it stands with all of them: as with the worst.
    pub const fn wholeness(&self) -> Wholeness {
        if self.broken > 0 {
            Wholeness::Broken
        } else if self.whole < self.series {
            Wholeness::Waiting
        } else {
            Wholeness::Whole
        }
    }

    /// Up to `most` pieces that show the series' states in proportion, the worst first and never left out.
    pub fn pieces(&self, most: u64) -> Vec<Wholeness> {
        let shown = self.series.min(most);
        let share = |count: u64| if count == 0 { 0 } else { (count * shown / self.series.max(1)).max(1) };
        let broken = share(self.broken);
        let waiting = share(self.series - self.whole - self.broken);
        let whole = shown.saturating_sub(broken + waiting);
        let times = |piece, count: u64| std::iter::repeat_n(piece, usize::try_from(count).unwrap_or(0));
        times(Wholeness::Broken, broken)
            .chain(times(Wholeness::Waiting, waiting))
            .chain(times(Wholeness::Whole, whole))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Wholeness::{Broken, Waiting, Whole};
    use shared::chain::Head;
    use shared::ids::RegisterNo;

    fn series(ranges: &[(u64, u64)], gap_since: Option<i64>) -> SeriesStatus {
        SeriesStatus {
            register: RegisterNo::FIRST,
            letter: "A".parse().unwrap(),
            saved: ranges.iter().copied().collect(),
            head: Head::GENESIS,
            copies: 1,
            gap_since: gap_since.map(|second| Timestamp::from_second(second).unwrap()),
            journal: None,
        }
    }

    fn now() -> Timestamp {
        Timestamp::from_second(1_000).unwrap()
    }

    #[test]
    fn a_gap_is_given_time_to_close() {
        assert_eq!(Wholeness::of(&series(&[(1, 9)], None), now()), Whole);
        assert_eq!(Wholeness::of(&series(&[(1, 4), (6, 9)], Some(990)), now()), Waiting);
        assert_eq!(Wholeness::of(&series(&[(2, 9)], Some(900)), now()), Broken);
    }

    #[test]
    fn sums_and_the_worst_state() {
        let mut arrival = Arrival::default();
        for one in [series(&[(1, 9)], None), series(&[(1, 4), (6, 9)], Some(990)), series(&[], None)] {
            arrival.add(&one, now());
        }
        let expected = Arrival { series: 2, whole: 1, broken: 0, saved: 17, missing: 1, overdue: 0, copies: 3 };
        assert_eq!((arrival, arrival.wholeness()), (expected, Waiting));
        arrival.add(&series(&[(3, 9)], Some(900)), now());
        assert_eq!((arrival.missing, arrival.overdue, arrival.wholeness()), (3, 2, Broken));
    }

    #[test]
    fn the_worst_piece_shows_however_many_there_are() {
        let arrival = Arrival { series: 1000, whole: 998, broken: 1, ..Arrival::default() };
        let pieces = arrival.pieces(40);
        assert_eq!((pieces.len(), pieces[0], pieces[1], pieces[2]), (40, Broken, Waiting, Whole));
        assert_eq!(Arrival::default().pieces(40), []);
    }
}
