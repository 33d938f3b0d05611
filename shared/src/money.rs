//! Money in minor units; no floating point anywhere.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// The largest integer that every JSON reader keeps exact, 2⁵³ − 1 (RFC 8259 §6).
pub const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// A figure left the range ±(2⁵³ − 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the figure is beyond ±9007199254740991")]
pub struct OutOfRange;

/// Reads a count that every JSON reader keeps exact.
pub(crate) fn exact<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let count = u64::deserialize(deserializer)?;
    if count <= MAX_SAFE_INTEGER.unsigned_abs() { Ok(count) } else { Err(D::Error::custom(OutOfRange)) }
}

/// An amount in minor units (cents) of its store's currency, within ±(2⁵³ − 1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "i64", into = "i64")]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whether it is nothing.
    pub const fn is_zero(&self) -> bool {
        self.0 == 0
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// The sum, unless it leaves the range.
    pub fn plus(self, other: Self) -> Result<Self, OutOfRange> {
        Self::try_from(i128::from(self.0) + i128::from(other.0))
    }

    /// The difference, unless it leaves the range.
    pub fn minus(self, other: Self) -> Result<Self, OutOfRange> {
        Self::try_from(i128::from(self.0) - i128::from(other.0))
    }

    /// The sum of many, unless it leaves the range.
    pub fn total(amounts: impl IntoIterator<Item = Self>) -> Result<Self, OutOfRange> {
        Self::try_from(amounts.into_iter().map(|amount| i128::from(amount.0)).sum::<i128>())
    }

    /// The sum, held at the end of the range: for running totals, which must go on whatever a record claims.
    #[must_use]
    pub fn saturating_plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0).clamp(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER))
    }
}

impl TryFrom<i128> for Money {
    type Error = OutOfRange;

    fn try_from(minor: i128) -> Result<Self, OutOfRange> {
        i64::try_from(minor).map_err(|_| OutOfRange).and_then(Self::try_from)
    }
}

impl TryFrom<i64> for Money {
    type Error = OutOfRange;

    fn try_from(minor: i64) -> Result<Self, OutOfRange> {
        (minor.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs()).then_some(Self(minor)).ok_or(OutOfRange)
    }
}

impl From<i32> for Money {
    fn from(minor: i32) -> Self {
        Self(minor.into())
    }
}

impl From<Money> for i64 {
    fn from(money: Money) -> Self {
        money.0
    }
}

/// A store's currency (ISO 4217) of two decimal places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Currency {
    /// Euro.
    #[default]
    #[serde(rename = "EUR")]
    Euro,
    /// Swiss franc.
    #[serde(rename = "CHF")]
    SwissFranc,
}

impl Currency {
    /// The three-letter code (ISO 4217).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Euro => "EUR",
            Self::SwissFranc => "CHF",
        }
    }
}

/// Divides, rounding half away from zero; `divisor` is positive.
pub(crate) const fn div_round(dividend: i128, divisor: i128) -> i128 {
    let half = divisor / 2;
    if dividend < 0 { -((-dividend + half) / divisor) } else { (dividend + half) / divisor }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!([div_round(5, 10), div_round(-5, 10), div_round(4, 10), div_round(-4, 10)], [1, -1, 0, 0]);
    }

    #[test]
    fn refuses_what_json_cannot_carry() {
        assert!(serde_json::from_str::<Money>("9007199254740991").is_ok());
        assert!(serde_json::from_str::<Money>("9007199254740992").is_err());
        assert!(serde_json::from_str::<Money>("1.5").is_err());
    }

    proptest! {
        #[test]
        fn plus_and_minus_undo_each_other(a in -1_000_000_i32.., b in -1_000_000_i32..1_000_000) {
            let (a, b) = (Money::from(a), Money::from(b));
            prop_assert_eq!(a.plus(b).unwrap().minus(b).unwrap(), a);
        }

        #[test]
        fn rounding_is_never_off_by_more_than_half(n in -1_000_000_i128..1_000_000, d in 1_i128..10_000) {
            let error = n - div_round(n, d) * d;
            prop_assert!(error.abs() * 2 <= d);
        }
    }
}
