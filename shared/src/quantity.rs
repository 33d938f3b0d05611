//! Quantities in thousandths, pieces and kilograms alike.

use crate::money::{MAX_SAFE_INTEGER, Money, OutOfRange, div_round};
use serde::{Deserialize, Serialize};

/// What a product is sold by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// By the piece: whole numbers only.
    #[default]
    Piece,
    /// By weight, in kilograms, to the gram.
    Kilogram,
}

/// A quantity in thousandths of its unit, within ±(2⁵³ − 1): 2 pieces are 2000, 840 g are 840.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "i64", into = "i64")]
pub struct Quantity(i64);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One piece, or one kilogram.
    pub const ONE: Self = Self(1000);
    /// The most that one line can hold: ten thousand pieces or kilograms. More is a slip of the fingers or of a scanner.
    pub const MAX_LINE: Self = Self(10_000_000);

    /// `count` pieces.
    pub fn pieces(count: u32) -> Self {
        Self(i64::from(count) * 1000)
    }

    /// The quantity in thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Whether it is a whole number of pieces or kilograms.
    pub const fn is_whole(self) -> bool {
        self.0 % 1000 == 0
    }

    /// How many times it says, where it is a whole number above zero.
    pub fn whole_count(self) -> Option<usize> {
        usize::try_from(self.0 / 1000).ok().filter(|count| *count > 0 && self.is_whole())
    }

    /// Whether one line can hold it: above zero, at most [`Self::MAX_LINE`], and whole for pieces.
    pub fn fits_line(self, unit: Unit) -> bool {
        self > Self::ZERO && self <= Self::MAX_LINE && (unit == Unit::Kilogram || self.is_whole())
    }

    /// The sum, held at the end of the range: stock must go on whatever a record claims.
    #[must_use]
    pub fn saturating_plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0).clamp(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER))
    }

    /// The difference, held at the end of the range.
    #[must_use]
    pub fn saturating_minus(self, other: Self) -> Self {
        self.saturating_plus(Self(-other.0))
    }

    /// What this much costs at `price` per piece or kilogram, rounded half away from zero.
    pub fn times(self, price: Money) -> Result<Money, OutOfRange> {
        Money::try_from(div_round(i128::from(self.0) * i128::from(price.minor()), 1000))
    }
}

impl TryFrom<i64> for Quantity {
    type Error = OutOfRange;

    fn try_from(thousandths: i64) -> Result<Self, OutOfRange> {
        (thousandths.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs()).then_some(Self(thousandths)).ok_or(OutOfRange)
    }
}

impl From<i32> for Quantity {
    fn from(thousandths: i32) -> Self {
        Self(thousandths.into())
    }
}

impl From<Quantity> for i64 {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighed_goods_round_half_away_from_zero() {
        assert_eq!(Quantity::from(840).times(Money::from(249)), Ok(Money::from(209)));
        assert_eq!(Quantity::from(500).times(Money::from(1)), Ok(Money::from(1)));
        assert_eq!(Quantity::from(-500).times(Money::from(1)), Ok(Money::from(-1)));
    }

    #[test]
    fn only_a_whole_number_above_zero_counts() {
        assert_eq!(Quantity::pieces(3).whole_count(), Some(3));
        assert_eq!([Quantity::from(1500), Quantity::ZERO, Quantity::from(-1000)].map(Quantity::whole_count), [None; 3]);
    }

    #[test]
    fn a_line_holds_whole_pieces_and_sane_amounts() {
        assert!(Quantity::pieces(2).fits_line(Unit::Piece));
        assert!(!Quantity::from(1500).fits_line(Unit::Piece));
        assert!(Quantity::from(1500).fits_line(Unit::Kilogram));
        assert!(!Quantity::ZERO.fits_line(Unit::Piece));
        assert!(!Quantity::pieces(10_001).fits_line(Unit::Piece));
    }
}
