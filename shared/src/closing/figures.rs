//! The figures of a period, and the total that runs over all of them.

use crate::money::Money;
use crate::payment::Tender;
use crate::sums::Sums;
use crate::tax::TaxLine;
use serde::{Deserialize, Serialize};

/// What the receipts of a period came to.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// The sum of their totals, each taken as if above zero.
    pub absolute: Money,
    /// How many receipts, refunds among them.
    #[serde(deserialize_with = "crate::money::exact")]
    pub receipts: u64,
    /// How many of them are refunds.
    #[serde(deserialize_with = "crate::money::exact")]
    pub refunds: u64,
    /// What rounding to the smallest coin has added to what was paid; absent where that is nothing.
    #[serde(default, skip_serializing_if = "Money::is_zero")]
    pub rounding: Money,
    /// By rate of tax, the lowest first; rates that came to nothing are left out.
    pub taxes: Vec<TaxLine>,
    /// By means of payment, in the order of their names, change taken off; those that came to nothing are left out.
    pub tenders: Vec<Tender>,
    /// The sum of their totals.
    pub total: Money,
}

impl Figures {
    /// Sums in the one order in which they are written down.
    pub fn of(sums: &Sums) -> Self {
        let Sums { absolute, receipts, refunds, rounding, takings, mut taxes, mut tenders } =
            sums.since(&Sums::default());
        taxes.sort_unstable_by_key(|line| line.rate);
        tenders.sort_unstable_by_key(|tender| tender.kind);
        Self { absolute, receipts, refunds, rounding, taxes, tenders, total: takings }
    }

    /// These and those of another period together: sums of rounded figures, which are not rounded again.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut sums = self.sums();
        sums.join(&other.sums());
        Self::of(&sums)
    }

    fn sums(&self) -> Sums {
        let Self { absolute, receipts, refunds, rounding, taxes, tenders, total } = self.clone();
        Sums { absolute, receipts, refunds, rounding, takings: total, taxes, tenders }
    }
}

/// A grand total that no closing resets.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Perpetual {
    /// Every receipt taken as if above zero: refunds add to it.
    pub absolute: Money,
    /// Refunds taken off.
    pub algebraic: Money,
}

impl Perpetual {
    /// The total after a further period.
    #[must_use]
    pub fn after(self, period: &Figures) -> Self {
        Self {
            absolute: self.absolute.saturating_plus(period.absolute),
            algebraic: self.algebraic.saturating_plus(period.total),
        }
    }
}
