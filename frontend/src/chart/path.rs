//! Values as SVG paths, in whole numbers.

use super::SIDE;
use std::fmt::Write;

/// A line through the values, which stand at equal distances from the left edge to the right one. Where there are fewer
/// values than `slots`, the line ends before the edge. `top` is the value that touches the upper edge; what is above it
/// or below zero is drawn at the edge.
pub fn line(values: &[u64], slots: usize, top: u64) -> String {
    let mut path = String::new();
    for (place, &value) in values.iter().enumerate() {
        let command = if place == 0 { 'M' } else { 'L' };
        // Writing to a string does not fail.
        let _ = write!(path, "{command}{} {}", x(place, slots), y(value, top));
    }
    path
}

/// The surface between the same line and the lower edge.
pub fn area(values: &[u64], slots: usize, top: u64) -> String {
    let Some(last) = values.len().checked_sub(1) else { return String::new() };
    let mut path = line(values, slots, top);
    let _ = write!(path, "L{} {SIDE}L0 {SIDE}Z", x(last, slots));
    path
}

fn x(place: usize, slots: usize) -> i64 {
    let (place, steps) = (i64::try_from(place).unwrap_or(0), i64::try_from(slots).unwrap_or(1) - 1);
    if steps <= 0 { 0 } else { (place * SIDE / steps).min(SIDE) }
}

fn y(value: u64, top: u64) -> i64 {
    let height = u128::from(value.min(top)) * u128::from(SIDE.unsigned_abs()) / u128::from(top.max(1));
    SIDE - i64::try_from(height).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_value_is_left_and_the_highest_on_top() {
        assert_eq!(line(&[0, 5, 10], 3, 10), "M0 1000L500 500L1000 0");
        assert_eq!(area(&[10, 0], 2, 10), "M0 0L1000 1000L1000 1000L0 1000Z");
    }

    #[test]
    fn a_day_that_is_not_over_ends_before_the_edge() {
        assert_eq!(line(&[1, 1], 5, 1), "M0 0L250 0");
        assert_eq!(area(&[1, 1], 5, 1), "M0 0L250 0L250 1000L0 1000Z");
    }

    #[test]
    fn nothing_draws_nothing() {
        assert_eq!((line(&[], 10, 10), area(&[], 10, 10)), (String::new(), String::new()));
        assert_eq!(line(&[7], 1, 0), "M0 1000");
    }

    proptest! {
        #[test]
        fn a_line_never_leaves_the_square(values in prop::collection::vec(any::<u64>(), 0..40), slots in 0_usize..50, top in any::<u64>()) {
            for number in line(&values, slots, top).split(['M', 'L', ' ']).filter(|part| !part.is_empty()) {
                prop_assert!((0..=SIDE).contains(&number.parse::<i64>().unwrap()));
            }
        }
    }
}
