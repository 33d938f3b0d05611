//! Putting records into the order of their numbers. Pure.

use shared::ranges::Ranges;
use std::collections::BTreeMap;

/// Records that come as they were saved, and are given by their numbers. Of one number all are given, in the order in which
/// they came: behind each other, or where the later one came if that is further on.
///
/// Only so many wait for one with a lower number. Of more than that those with the highest numbers are let go of, and taken
/// when all records are read once more; those of one number, which take its key to make, wait all together.
pub(super) struct InOrder<T> {
    /// The numbers that there are: nothing waits for another one.
    numbers: Ranges,
    most: usize,
    next: u64,
    /// Lower numbers were given by a reading before.
    from: u64,
    /// This number and higher ones are left to the next reading.
    until: Option<u64>,
    ahead: BTreeMap<u64, Vec<T>>,
    waiting: usize,
}

impl<T> InOrder<T> {
    /// None of the records with these numbers has come; at most so many wait.
    pub(super) const fn new(numbers: Ranges, most: usize) -> Self {
        Self { numbers, most, next: 1, from: 1, until: None, ahead: BTreeMap::new(), waiting: 0 }
    }

    /// Takes a record, and gives those whose turn it is.
    pub(super) fn take(&mut self, number: u64, record: T, given: &mut Vec<T>) {
        if number < self.from || self.until.is_some_and(|until| number >= until) {
            return;
        }
        if number < self.next {
            return given.push(record);
        }
        self.ahead.entry(number).or_default().push(record);
        self.waiting += 1;
        self.give(given);
        while self.waiting > self.most && self.ahead.len() > 1 {
            let Some((number, records)) = self.ahead.pop_last() else { return };
            self.waiting -= records.len();
            self.until = Some(number);
        }
    }

    /// All records have come; gives what still waits. Says whether they have to be read once more.
    pub(super) fn end(&mut self, given: &mut Vec<T>) -> bool {
        given.extend(std::mem::take(&mut self.ahead).into_values().flatten());
        self.waiting = 0;
        let Some(until) = self.until.take() else { return false };
        (self.from, self.next) = (until, until);
        true
    }

    fn give(&mut self, given: &mut Vec<T>) {
        while let Some(number) = self.numbers.first_from(self.next)
            && let Some(records) = self.ahead.remove(&number)
        {
            self.waiting -= records.len();
            given.extend(records);
            self.next = number + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is given of records that are known by their places, and how often they are read.
    fn given(numbers: &[u64], known: Ranges, most: usize) -> (Vec<(u64, usize)>, usize) {
        let (mut order, mut given) = (InOrder::new(known, most), Vec::new());
        for readings in 1.. {
            for (place, &number) in numbers.iter().enumerate() {
                order.take(number, (number, place), &mut given);
                assert!(order.waiting <= most || order.ahead.len() == 1, "{} wait", order.waiting);
            }
            if !order.end(&mut given) {
                return (given, readings);
            }
        }
        unreachable!("each reading gives more");
    }

    fn ranges(numbers: &[u64]) -> Ranges {
        let mut ranges = Ranges::default();
        for &number in numbers {
            ranges.insert(number);
        }
        ranges
    }

    fn by_number(numbers: &[u64], most: usize) -> (Vec<u64>, usize) {
        let (given, readings) = given(numbers, ranges(numbers), most);
        (given.into_iter().map(|(number, _)| number).collect(), readings)
    }

    #[test]
    fn nothing_waits_for_a_number_that_is_not_there() {
        assert_eq!(by_number(&[2, 3, 7, 9], 1), (vec![2, 3, 7, 9], 1));
        assert_eq!(by_number(&[3, 2, 9, 7], 1), (vec![2, 3, 7, 9], 1));
    }

    #[test]
    fn a_low_number_that_comes_last_costs_a_second_reading_and_no_memory() {
        let mut numbers: Vec<_> = (2..=1000).collect();
        numbers.push(1);
        assert_eq!(by_number(&numbers, 10), ((1..=1000).collect(), 2));
    }

    #[test]
    fn a_number_that_should_be_there_and_is_not_holds_nothing_up() {
        assert_eq!(given(&[3, 2], ranges(&[1, 2, 3]), 5), (vec![(2, 1), (3, 0)], 1));
        let numbers: Vec<_> = (2..=100).collect();
        let (found, readings) = given(&numbers, ranges(&(1..=100).collect::<Vec<_>>()), 10);
        assert_eq!((found.len(), readings), (99, 2));
    }

    #[test]
    fn of_one_number_the_first_comes_first() {
        assert_eq!(by_number(&[1, 3, 2, 2, 3, 1], 9), (vec![1, 2, 3, 2, 3, 1], 1));
        let (given, _) = given(&[2, 2, 1], ranges(&[1, 2]), 9);
        assert_eq!(given, [(1, 2), (2, 0), (2, 1)]);
    }

    proptest! {
        #[test]
        fn each_record_is_given_once_and_the_first_of_each_number_in_order(
            numbers in prop::collection::vec(1_u64..60, 0..80), most in 1_usize..20, missing in 0_u64..60,
        ) {
            let mut known = numbers.clone();
            known.push(missing.max(1));
            let (given, _) = given(&numbers, ranges(&known), most);
            let mut places: Vec<_> = given.iter().map(|&(_, place)| place).collect();
            places.sort_unstable();
            prop_assert_eq!(places, (0..numbers.len()).collect::<Vec<_>>());
            let mut seen = std::collections::BTreeSet::new();
            let firsts: Vec<_> = given.iter().filter(|(number, _)| seen.insert(*number)).collect();
            prop_assert!(firsts.is_sorted_by_key(|(number, _)| number));
            for (number, place) in firsts {
                prop_assert_eq!(numbers.iter().position(|other| other == number), Some(*place));
            }
        }
    }
}
