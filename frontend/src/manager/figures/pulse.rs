//! How many receipts were saved in each of the last seconds, and how long they took to get there.

use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// What was saved in a second, or in several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many receipts; copies do not count.
    pub saved: u64,
    /// The sum of their waits between the log and the store, in milliseconds.
    lag: u64,
    /// The longest of these waits, in milliseconds.
    pub longest: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.saved += other.saved;
        self.lag = self.lag.saturating_add(other.lag);
        self.longest = self.longest.max(other.longest);
    }

    /// The mean wait in milliseconds, where anything was saved.
    pub fn mean_lag(&self) -> Option<u64> {
        self.lag.checked_div(self.saved)
    }

    /// The sum of several.
    pub fn sum<'a>(tallies: impl IntoIterator<Item = &'a Self>) -> Self {
        tallies.into_iter().fold(Self::default(), |mut sum, tally| {
            sum.add(*tally);
            sum
        })
    }

    fn of(notice: &Notice) -> Self {
        let mut tally = Self::default();
        for saved in notice.saved.iter().filter(|saved| !saved.again) {
            let wait = notice.saved_at.as_millisecond() - saved.accepted_at.as_millisecond();
            let wait = u64::try_from(wait).unwrap_or(0);
            tally.add(Self { saved: 1, lag: wait, longest: wait });
        }
        tally
    }
}

/// The last minutes, second by second and store by store.
#[derive(Debug, Clone, Default)]
pub struct Pulse(BTreeMap<i64, BTreeMap<StoreNo, Tally>>);

impl Pulse {
    /// How far back it remembers, in seconds.
    pub const SECONDS: i64 = 300;

    /// Takes what a notice says was saved.
    pub fn take(&mut self, notice: &Notice) {
        let tally = Tally::of(notice);
        if tally.saved == 0 {
            return;
        }
        let second = notice.saved_at.as_second();
        self.0.entry(second).or_default().entry(notice.store).or_default().add(tally);
        let latest = self.0.last_key_value().map_or(second, |(&latest, _)| latest);
        self.0 = self.0.split_off(&(latest - Self::SECONDS));
    }

    /// The `seconds` whole seconds before `now`, oldest first, over the stores that are wanted.
    pub fn seconds(&self, now: Timestamp, seconds: i64, wanted: impl Fn(StoreNo) -> bool) -> Vec<Tally> {
        let now = now.as_second();
        let of_second = |second: i64| {
            let stores = self.0.get(&second).into_iter().flatten();
            Tally::sum(stores.filter(|&(&store, _)| wanted(store)).map(|(_, tally)| tally))
        };
        (now - seconds..now).map(of_second).collect()
    }
}

/// Seconds in groups of `size`, oldest first; a rest that fills no group is left out at the old end.
pub fn grouped(tallies: &[Tally], size: usize) -> Vec<Tally> {
    let size = size.max(1);
    let rest = tallies.len() % size;
    tallies.get(rest..).unwrap_or_default().chunks(size).map(Tally::sum).collect()
}

/// How far the server's clock is ahead of this machine's, in milliseconds.
///
/// A notice that travelled fast shows it best: every delay makes the server's clock look slow, none makes it look fast.
#[derive(Debug, Clone, Copy, Default)]
pub struct Skew(Option<i64>);

impl Skew {
    /// Takes a time that the server wrote, and when it was heard.
    pub fn take(&mut self, written: Timestamp, heard_millis: i64) {
        let seen = written.as_millisecond() - heard_millis;
        self.0 = Some(self.0.map_or(seen, |known| known.max(seen)));
    }

    /// The server's clock when this machine's shows `millis`.
    pub fn server_time(self, millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis + self.0.unwrap_or(0)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::{ReceiptId, ReceiptNo, RegisterNo, SellerNo};
    use shared::money::Money;
    use shared::notice::Saved;
    use shared::position::Position;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).unwrap()
    }

    fn store(no: u64) -> StoreNo {
        no.try_into().unwrap()
    }

    fn saved(accepted_at: i64, again: bool) -> Saved {
        Saved {
            id: ReceiptId::mint(0, &[0; 10]),
            register: RegisterNo::FIRST,
            series: "A".parse().unwrap(),
            number: ReceiptNo::FIRST,
            seller: SellerNo::FIRST,
            total: Money::ZERO,
            position: Position::default(),
            accepted_at: at(accepted_at),
            again,
            altered: false,
        }
    }

    fn notice(no: u64, saved_at: i64, receipts: Vec<Saved>) -> Notice {
        Notice {
            store: store(no),
            position: Position::default(),
            saved_at: at(saved_at),
            backlog: 0,
            saved: receipts,
            levels: vec![],
            raised: vec![],
            cleared: vec![],
            series: vec![],
            days: vec![],
            findings: vec![],
        }
    }

    #[test]
    fn counts_by_second_and_store_and_leaves_copies_out() {
        let mut pulse = Pulse::default();
        pulse.take(&notice(1, 10_200, vec![saved(10_100, false), saved(10_000, false), saved(1, true)]));
        pulse.take(&notice(2, 10_900, vec![saved(10_000, false)]));
        pulse.take(&notice(1, 11_000, vec![saved(10_000, false)]));
        let all: Vec<_> = pulse.seconds(at(12_500), 3, |_| true).iter().map(|tally| tally.saved).collect();
        assert_eq!(all, [0, 3, 1]);
        let first = pulse.seconds(at(12_500), 3, |no| no == store(1));
        assert_eq!((first[1].saved, first[1].mean_lag(), first[1].longest), (2, Some(150), 200));
    }

    #[test]
    fn the_second_that_runs_is_left_out() {
        let mut pulse = Pulse::default();
        pulse.take(&notice(1, 12_100, vec![saved(12_000, false)]));
        assert_eq!(Tally::sum(&pulse.seconds(at(12_900), 5, |_| true)).saved, 0);
        assert_eq!(Tally::sum(&pulse.seconds(at(13_000), 5, |_| true)).saved, 1);
    }

    #[test]
    fn forgets_what_is_too_old() {
        let mut pulse = Pulse::default();
        for second in 0..1000 {
            pulse.take(&notice(1, second * 1000, vec![saved(0, false)]));
        }
        assert_eq!(pulse.0.len(), usize::try_from(Pulse::SECONDS).unwrap() + 1);
    }

    #[test]
    fn a_clock_that_went_back_makes_no_negative_wait() {
        let mut pulse = Pulse::default();
        pulse.take(&notice(1, 1_000, vec![saved(5_000, false)]));
        assert_eq!(Tally::sum(&pulse.seconds(at(2_000), 1, |_| true)).mean_lag(), Some(0));
    }

    #[test]
    fn groups_end_at_the_latest_second() {
        let one = Tally { saved: 1, lag: 10, longest: 10 };
        let groups = grouped(&[one; 7], 3);
        assert_eq!(groups.iter().map(|tally| tally.saved).collect::<Vec<_>>(), [3, 3]);
    }

    #[test]
    fn the_fastest_notice_tells_the_clock() {
        let mut skew = Skew::default();
        skew.take(at(10_000), 4_000);
        skew.take(at(11_000), 7_000);
        assert_eq!(skew.server_time(8_000), at(14_000));
    }
}
