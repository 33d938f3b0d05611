//! Counting a drawer by its notes and coins.

use crate::money::{Currency, Money, OutOfRange};
use serde::{Deserialize, Serialize};

/// How many of one denomination there were.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// How many, at most [`Counted::MOST`].
    pub count: u32,
    /// What one of them is worth.
    pub value: Money,
}

impl Counted {
    /// The most of one denomination that anybody counts in a drawer.
    pub const MOST: u32 = 99_999;

    /// What they come to together.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`].
    pub fn total(counted: &[Self]) -> Result<Money, OutOfRange> {
        let sum =
            counted.iter().map(|counted| i128::from(counted.count) * i128::from(counted.value.minor())).sum::<i128>();
        Money::try_from(sum)
    }
}

impl Currency {
    /// The notes and coins that go through a drawer, in minor units, the largest first.
    pub const fn denominations(self) -> &'static [i32] {
        match self {
            Self::Euro => &[50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
            Self::SwissFranc => &[100_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_worth_its_notes_and_coins() {
        let counted = [Counted { count: 3, value: 2_000.into() }, Counted { count: 7, value: 5.into() }];
        assert_eq!(Counted::total(&counted), Ok(6_035.into()));
        assert_eq!(Counted::total(&[]), Ok(Money::ZERO));
        let absurd = Counted { count: u32::MAX, value: Money::try_from(9_007_199_254_740_991_i64).unwrap() };
        assert_eq!(Counted::total(&[absurd]), Err(OutOfRange));
    }

    #[test]
    fn denominations_go_down_to_the_smallest_coin() {
        for (currency, smallest) in [(Currency::Euro, 1), (Currency::SwissFranc, 5)] {
            let all = currency.denominations();
            assert!(all.is_sorted_by(|a, b| a > b));
            assert_eq!(all.last(), Some(&smallest));
        }
    }
}
