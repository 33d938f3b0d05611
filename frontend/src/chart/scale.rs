//! The upper end of an axis.

/// The next figure at or above `value` that reads well, so that an axis does not change with every value: 1, 2 or 5 and
/// zeros.
pub fn round_up(value: u64) -> u64 {
    let mut step: u64 = 1;
    loop {
        for factor in [1, 2, 5] {
            match step.checked_mul(factor) {
                Some(top) if top >= value => return top,
                Some(_) => {}
                None => return value,
            }
        }
        let Some(next) = step.checked_mul(10) else { return value };
        step = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_are_round() {
        let values = [0, 1, 2, 3, 6, 11, 412, 501, u64::MAX];
        assert_eq!(values.map(round_up), [1, 1, 2, 5, 10, 20, 500, 1000, u64::MAX]);
    }

    proptest! {
        #[test]
        fn an_end_is_never_below(value in any::<u64>()) {
            prop_assert!(round_up(value) >= value);
        }
    }
}
