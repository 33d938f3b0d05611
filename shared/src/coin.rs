//! The smallest coin that a store's drawer gives and takes, and rounding what is paid in cash to it.

use crate::money::{Money, OutOfRange, div_round};
use serde::{Deserialize, Serialize};

/// The smallest coin that a store's drawer gives and takes, in minor units: 1, 5, 10, 20, 50 or 100. What is paid in cash is
/// a multiple of it; with 1 nothing is rounded.
///
/// Rounding to 5 cents is the law in Belgium (Code de droit économique, art. VI.7/1) and in Finland (890/2000).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u8", into = "u8")]
pub struct SmallestCoin(u8);

/// A coin that no currency's drawer goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the smallest coin is 1, 5, 10, 20, 50 or 100 minor units")]
pub struct NoSuchCoin;

impl SmallestCoin {
    /// One minor unit: every amount can be paid.
    pub const ONE: Self = Self(1);

    /// Every one.
    pub const ALL: [Self; 6] = [Self(1), Self(5), Self(10), Self(20), Self(50), Self(100)];

    /// What it is worth in minor units.
    pub const fn minor(self) -> u8 {
        self.0
    }

    /// An amount as it is paid in cash: the multiple next to it, of two as near as each other the one further from zero.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`].
    pub fn nearest(self, amount: Money) -> Result<Money, OutOfRange> {
        let coin = i128::from(self.0);
        Money::try_from(div_round(amount.minor().into(), coin) * coin)
    }

    /// Whether coins from this one on make an amount.
    pub fn makes(self, amount: Money) -> bool {
        amount.minor() % i64::from(self.0) == 0
    }
}

impl Default for SmallestCoin {
    fn default() -> Self {
        Self::ONE
    }
}

impl TryFrom<u8> for SmallestCoin {
    type Error = NoSuchCoin;

    fn try_from(minor: u8) -> Result<Self, NoSuchCoin> {
        Self::ALL.into_iter().find(|coin| coin.0 == minor).ok_or(NoSuchCoin)
    }
}

impl From<SmallestCoin> for u8 {
    fn from(coin: SmallestCoin) -> Self {
        coin.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nearest(coin: u8, amounts: &[i32]) -> Vec<i64> {
        let coin = SmallestCoin::try_from(coin).unwrap();
        amounts.iter().map(|&amount| coin.nearest(amount.into()).unwrap().minor()).collect()
    }

    #[test]
    fn cash_goes_to_the_nearest_coin_and_halves_go_away_from_zero() {
        assert_eq!(nearest(5, &[100, 101, 102, 103, 104, 105, 2]), [100, 100, 100, 105, 105, 105, 0]);
        assert_eq!(nearest(10, &[104, 105, -104, -105]), [100, 110, -100, -110]);
        assert_eq!(nearest(1, &[101, -7]), [101, -7]);
    }

    #[test]
    fn a_coin_that_there_is_not_is_refused_with_the_reason() {
        for coin in SmallestCoin::ALL {
            let text = serde_json::to_string(&coin).unwrap();
            assert_eq!(serde_json::from_str::<SmallestCoin>(&text).unwrap(), coin);
        }
        for wrong in ["0", "2", "25", "101"] {
            let error = serde_json::from_str::<SmallestCoin>(wrong).unwrap_err().to_string();
            assert!(error.contains("1, 5, 10, 20, 50 or 100"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn coins_make_what_is_rounded_and_it_is_off_by_half_a_coin_at_most(amount in -1_000_000_i32..1_000_000, place in 0_usize..6) {
            let coin = SmallestCoin::ALL[place];
            let rounded = coin.nearest(amount.into()).unwrap();
            prop_assert!(coin.makes(rounded));
            prop_assert!((rounded.minor() - i64::from(amount)).abs() * 2 <= i64::from(coin.minor()));
            prop_assert_eq!(coin.nearest(rounded), Ok(rounded));
        }
    }
}
