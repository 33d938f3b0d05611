//! Which numbers of a series have arrived, and whether they link to each other.

use serde::{Deserialize, Serialize};
use shared::chain::{Hash, Head};
use shared::mutant::Mutant;
use shared::ranges::Ranges;

/// An unbroken stretch of numbers with the hashes at its two ends: enough to check any neighbour that comes later, so a
/// gap costs the same however long the series behind it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    first: u64,
    last: u64,
    prev_of_first: Hash,
    hash_of_last: Hash,
}

/// What a number did to the runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// It joined its neighbours, and every link that can be checked is right.
    Linked,
    /// It joined its neighbours, and a link is wrong.
    Broken,
    /// The number was there.
    Taken,
}

/// The numbers of a series that have arrived.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Runs(Vec<Run>);

impl Runs {
    /// Places an entry of the chain. `root` is what number 1 has to name, where that is known.
    pub fn place(&mut self, number: u64, prev: Hash, hash: Hash, root: Option<Hash>) -> Placed {
        let after = self.0.partition_point(|run| run.first <= number);
        if after > 0 && number <= self.0[after - 1].last {
            return Placed::Taken;
        }
        let left = after.checked_sub(1).filter(|&place| self.0[place].last + 1 == number);
        let right = self.0.get(after).filter(|run| run.first == number + 1).map(|_| after);
        let left_is_right = match left {
            Some(place) => self.0[place].hash_of_last == prev || Mutant::LinksUnchecked.is_on(),
            None => number != 1 || root.is_none_or(|root| root == prev),
        };
        let right_is_right = right.is_none_or(|place| self.0[place].prev_of_first == hash);
        self.join(left, right, after, Run { first: number, last: number, prev_of_first: prev, hash_of_last: hash });
        if left_is_right && right_is_right { Placed::Linked } else { Placed::Broken }
    }

    fn join(&mut self, left: Option<usize>, right: Option<usize>, at: usize, run: Run) {
        match (left, right) {
            (Some(left), Some(right)) => {
                let tail = self.0.remove(right);
                self.0[left].last = tail.last;
                self.0[left].hash_of_last = tail.hash_of_last;
            }
            (Some(left), None) => {
                self.0[left].last = run.last;
                self.0[left].hash_of_last = run.hash_of_last;
            }
            (None, Some(right)) => {
                self.0[right].first = run.first;
                self.0[right].prev_of_first = run.prev_of_first;
            }
            (None, None) => self.0.insert(at, run),
        }
    }

    /// The end of the unbroken stretch from number 1; number 0 and `root` where that has not begun.
    pub fn head(&self, root: Hash) -> Head {
        let begun = self.0.first().filter(|run| run.first == 1);
        begun.map_or(Head { number: 0, hash: root }, |run| Head { number: run.last, hash: run.hash_of_last })
    }

    /// The end of the series as far as it is known, gaps or not.
    pub fn last(&self, root: Hash) -> Head {
        self.0.last().map_or(Head { number: 0, hash: root }, |run| Head { number: run.last, hash: run.hash_of_last })
    }

    /// Whether numbers are missing below the last.
    pub fn has_gap(&self) -> bool {
        self.0.len() > 1 || self.0.first().is_some_and(|run| run.first > 1)
    }

    /// The numbers alone.
    pub fn ranges(&self) -> Ranges {
        self.0.iter().map(|run| (run.first, run.last)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hash(number: u64) -> Hash {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        Hash::from_bytes(bytes)
    }

    fn place(runs: &mut Runs, number: u64) -> Placed {
        runs.place(number, hash(number - 1), hash(number), Some(hash(0)))
    }

    #[test]
    fn a_wrong_predecessor_shows_on_either_side() {
        let mut runs = Runs::default();
        assert_eq!(runs.place(1, hash(9), hash(1), Some(hash(0))), Placed::Broken);
        assert_eq!(place(&mut runs, 3), Placed::Linked);
        assert_eq!(runs.place(2, hash(1), hash(99), Some(hash(0))), Placed::Broken);
        assert_eq!(place(&mut runs, 2), Placed::Taken);
        assert_eq!(runs.place(4, hash(77), hash(4), Some(hash(0))), Placed::Broken);
    }

    proptest! {
        #[test]
        fn any_order_of_arrival_ends_the_same(order in Just((1_u64..=30).collect::<Vec<_>>()).prop_shuffle()) {
            let mut runs = Runs::default();
            for number in order {
                prop_assert_eq!(place(&mut runs, number), Placed::Linked);
            }
            prop_assert!(!runs.has_gap());
            prop_assert_eq!(runs.head(hash(0)), Head { number: 30, hash: hash(30) });
            prop_assert_eq!(runs.ranges().count(), 30);
        }

        #[test]
        fn a_gap_is_seen_until_it_fills(numbers in prop::collection::btree_set(1_u64..40, 1..40)) {
            let mut runs = Runs::default();
            for &number in &numbers {
                place(&mut runs, number);
            }
            let last = *numbers.iter().next_back().unwrap();
            prop_assert_eq!(runs.has_gap(), numbers.len() as u64 != last);
            prop_assert_eq!(runs.ranges().is_complete(), !runs.has_gap());
        }
    }
}
