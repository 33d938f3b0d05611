//! Which numbers of a series have arrived.

use crate::money::MAX_SAFE_INTEGER;
use serde::{Deserialize, Serialize};

/// A set of numbers from 1 up, kept as closed ranges in ascending order that neither touch nor overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "Vec<(u64, u64)>")]
pub struct Ranges(Vec<(u64, u64)>);

/// Pairs that are no such set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("ranges are in ascending order from 1 up to 9007199254740991, and neither touch nor overlap")]
pub struct InvalidRanges;

impl TryFrom<Vec<(u64, u64)>> for Ranges {
    type Error = InvalidRanges;

    fn try_from(ranges: Vec<(u64, u64)>) -> Result<Self, InvalidRanges> {
        let mut least = 1;
        for &(first, last) in &ranges {
            if first < least || last < first || last > MAX_SAFE_INTEGER.unsigned_abs() {
                return Err(InvalidRanges);
            }
            least = last + 2;
        }
        Ok(Self(ranges))
    }
}

impl Ranges {
    /// Adds a number; `false` if it was there.
    pub fn insert(&mut self, number: u64) -> bool {
        let after = self.0.partition_point(|&(first, _)| first <= number);
        if after > 0 && number <= self.0[after - 1].1 {
            return false;
        }
        let joins_left = after > 0 && self.0[after - 1].1 + 1 == number;
        let joins_right = after < self.0.len() && number + 1 == self.0[after].0;
        match (joins_left, joins_right) {
            (true, true) => {
                self.0[after - 1].1 = self.0[after].1;
                self.0.remove(after);
            }
            (true, false) => self.0[after - 1].1 = number,
            (false, true) => self.0[after].0 = number,
            (false, false) => self.0.insert(after, (number, number)),
        }
        true
    }

    /// Whether the number is there.
    pub fn contains(&self, number: u64) -> bool {
        let after = self.0.partition_point(|&(first, _)| first <= number);
        after > 0 && number <= self.0[after - 1].1
    }

    /// The lowest number from this one on that is there.
    pub fn first_from(&self, number: u64) -> Option<u64> {
        let (first, _) = *self.0.get(self.0.partition_point(|&(_, last)| last < number))?;
        Some(first.max(number))
    }

    /// The highest number; 0 when empty.
    pub fn last(&self) -> u64 {
        self.0.last().map_or(0, |&(_, last)| last)
    }

    /// How many numbers are there.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// Whether they are 1 to [`Self::last`] without a gap.
    pub fn is_complete(&self) -> bool {
        self.count() == self.last()
    }

    /// The numbers missing below [`Self::last`], as closed ranges.
    pub fn gaps(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let befores = std::iter::once(0).chain(self.0.iter().map(|&(_, last)| last));
        befores.zip(&self.0).map(|(before, &(first, _))| (before + 1, first - 1)).filter(|(from, to)| from <= to)
    }
}

impl FromIterator<(u64, u64)> for Ranges {
    /// Takes ranges that are in ascending order and neither touch nor overlap.
    fn from_iter<I: IntoIterator<Item = (u64, u64)>>(ranges: I) -> Self {
        Self(ranges.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_the_gaps_and_heals() {
        let mut ranges = Ranges::default();
        for number in [2, 3, 7] {
            ranges.insert(number);
        }
        assert_eq!(ranges.gaps().collect::<Vec<_>>(), [(1, 1), (4, 6)]);
        for number in [1, 4, 5, 6] {
            ranges.insert(number);
        }
        assert!(ranges.is_complete());
        assert_eq!(ranges, Ranges(vec![(1, 7)]));
    }

    #[test]
    fn the_next_number_that_is_there_is_found_over_gaps() {
        let ranges = Ranges(vec![(2, 3), (7, 7)]);
        let next: Vec<_> = (1..=8).map(|number| ranges.first_from(number)).collect();
        assert_eq!(next, [Some(2), Some(2), Some(3), Some(7), Some(7), Some(7), Some(7), None]);
    }

    #[test]
    fn only_ranges_that_are_ones_are_read() {
        let read = |json| serde_json::from_str::<Ranges>(json).ok();
        assert_eq!(read("[[1,2],[4,4]]"), Some(Ranges(vec![(1, 2), (4, 4)])));
        assert_eq!(read("[[1,9007199254740991]]").map(|ranges| ranges.count()), Some(9_007_199_254_740_991));
        for wrong in ["[[0,1]]", "[[2,1]]", "[[1,2],[3,4]]", "[[4,5],[1,2]]", "[[1,3],[3,4]]", "[[1,9007199254740992]]"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn behaves_as_a_set(numbers in prop::collection::vec(1_u64..60, 0..80)) {
            let (mut ranges, mut set) = (Ranges::default(), BTreeSet::new());
            for number in numbers {
                prop_assert_eq!(ranges.insert(number), set.insert(number));
            }
            prop_assert_eq!(ranges.count(), set.len() as u64);
            prop_assert_eq!(ranges.last(), set.last().copied().unwrap_or(0));
            prop_assert!((1..60).all(|n| ranges.contains(n) == set.contains(&n)));
            let missing: u64 = ranges.gaps().map(|(from, to)| to - from + 1).sum();
            prop_assert_eq!(missing + ranges.count(), ranges.last());
        }
    }
}
