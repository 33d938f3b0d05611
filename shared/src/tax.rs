//! Value-added tax, included in prices and rounded once per receipt and rate.

use crate::money::{Money, OutOfRange, div_round};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A tax rate in basis points, 0 to 10,000: 20 % is 2000, 5.5 % is 550.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u16", into = "u16")]
pub struct TaxRate(u16);

/// A tax rate above 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tax rate is 0 to 10000 basis points")]
pub struct InvalidTaxRate;

impl TaxRate {
    /// The rate in basis points.
    pub const fn basis_points(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for TaxRate {
    type Error = InvalidTaxRate;

    fn try_from(basis_points: u16) -> Result<Self, InvalidTaxRate> {
        (basis_points <= 10_000).then_some(Self(basis_points)).ok_or(InvalidTaxRate)
    }
}

impl From<TaxRate> for u16 {
    fn from(rate: TaxRate) -> Self {
        rate.0
    }
}

/// The tax that one receipt bears at one rate.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TaxLine {
    /// Sum of the line totals at this rate, tax included.
    pub gross: Money,
    /// `gross` without the tax: gross · 10000 / (10000 + rate), rounded half away from zero.
    pub net: Money,
    /// The rate.
    pub rate: TaxRate,
    /// `gross` − `net`.
    pub tax: Money,
}

impl TaxLine {
    /// Splits a gross sum into net and tax.
    pub fn of(rate: TaxRate, gross: Money) -> Result<Self, OutOfRange> {
        let divisor = 10_000 + i128::from(rate.0);
        let net = Money::try_from(div_round(i128::from(gross.minor()) * 10_000, divisor))?;
        Ok(Self { gross, net, rate, tax: gross.minus(net)? })
    }
}

/// The taxes of lines given as (rate, total), one per rate, lowest rate first.
pub fn breakdown(lines: impl IntoIterator<Item = (TaxRate, Money)>) -> Result<Vec<TaxLine>, OutOfRange> {
    let mut gross = BTreeMap::<TaxRate, Money>::new();
    for (rate, total) in lines {
        let sum = gross.entry(rate).or_default();
        *sum = sum.plus(total)?;
    }
    gross.into_iter().map(|(rate, sum)| TaxLine::of(rate, sum)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(basis_points: u16) -> TaxRate {
        TaxRate::try_from(basis_points).unwrap()
    }

    #[test]
    fn splits_gross_once_per_rate() {
        let lines = [(rate(550), Money::from(120)), (rate(2000), Money::from(100)), (rate(550), Money::from(120))];
        let taxes = breakdown(lines).unwrap();
        assert_eq!(taxes.len(), 2);
        assert_eq!((taxes[0].gross, taxes[0].net, taxes[0].tax), (240.into(), 227.into(), 13.into()));
        assert_eq!((taxes[1].gross, taxes[1].net, taxes[1].tax), (100.into(), 83.into(), 17.into()));
    }

    proptest! {
        #[test]
        fn net_and_tax_make_gross(basis_points in 0_u16..=10_000, gross in any::<i32>()) {
            let line = TaxLine::of(rate(basis_points), gross.into()).unwrap();
            prop_assert_eq!(line.net.plus(line.tax).unwrap(), line.gross);
        }

        #[test]
        fn a_refund_mirrors_its_sale(basis_points in 0_u16..=10_000, gross in 0..i32::MAX) {
            let sale = TaxLine::of(rate(basis_points), gross.into()).unwrap();
            let refund = TaxLine::of(rate(basis_points), (-gross).into()).unwrap();
            prop_assert_eq!(sale.tax.minor(), -refund.tax.minor());
        }
    }
}
