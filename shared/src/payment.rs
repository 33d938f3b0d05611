//! Paying: tenders until the total is covered, and the change.

use crate::money::{Money, OutOfRange};
use serde::{Deserialize, Serialize};

/// How something is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TenderKind {
    /// A bank card, for an exact amount.
    Card,
    /// Notes and coins; may be more than what is due.
    Cash,
    /// A meal voucher, which gives no change (art. R. 3262-1-1 of the French labour code).
    MealVoucher,
    /// A voucher of the store's own.
    Voucher,
}

impl TenderKind {
    /// Every kind, in the order of a till's buttons.
    pub const ALL: [Self; 4] = [Self::Cash, Self::Card, Self::Voucher, Self::MealVoucher];
}

/// One means of payment and its amount.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tender {
    /// What was handed over; above zero on a sale, below zero on a refund.
    pub amount: Money,
    /// How.
    pub kind: TenderKind,
}

/// Why a payment did not take a tender; it is as it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaymentError {
    /// Zero or less was tendered.
    #[error("a tender is more than zero")]
    NotPositive,
    /// Something else than cash would pay more than is due: there is change from cash only.
    #[error("only cash may be more than what is due")]
    AboveDue,
    /// The total is paid already.
    #[error("everything is paid already")]
    Covered,
    /// Too many tenders on one receipt.
    #[error("a receipt takes at most {} tenders", Payment::MAX_TENDERS)]
    TooMany,
    /// The sum is beyond what can be written down.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

/// A payment under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    total: Money,
    tenders: Vec<Tender>,
}

impl Payment {
    /// The most tenders that a receipt holds.
    pub const MAX_TENDERS: usize = 20;

    /// Starts paying `total`.
    pub const fn of(total: Money) -> Self {
        Self { total, tenders: Vec::new() }
    }

    /// What is to be paid in all.
    pub const fn total(&self) -> Money {
        self.total
    }

    /// What was handed over so far.
    pub fn tenders(&self) -> &[Tender] {
        &self.tenders
    }

    /// Takes a tender.
    pub fn tender(&mut self, kind: TenderKind, amount: Money) -> Result<(), PaymentError> {
        let due = self.due()?;
        if self.is_covered() {
            return Err(PaymentError::Covered);
        }
        if amount <= Money::ZERO {
            return Err(PaymentError::NotPositive);
        }
        if kind != TenderKind::Cash && amount > due {
            return Err(PaymentError::AboveDue);
        }
        if self.tenders.len() >= Self::MAX_TENDERS {
            return Err(PaymentError::TooMany);
        }
        self.given()?.plus(amount)?;
        self.tenders.push(Tender { amount, kind });
        Ok(())
    }

    /// Takes the last tender back.
    pub fn undo(&mut self) -> Option<Tender> {
        self.tenders.pop()
    }

    /// What is still to be paid; never below zero.
    pub fn due(&self) -> Result<Money, OutOfRange> {
        Ok(self.total.minus(self.given()?)?.max(Money::ZERO))
    }

    /// What is to be given back; never below zero.
    pub fn change(&self) -> Result<Money, OutOfRange> {
        Ok(self.given()?.minus(self.total)?.max(Money::ZERO))
    }

    /// Whether the tenders cover the total. A total of zero is covered by nothing.
    pub fn is_covered(&self) -> bool {
        self.given().is_ok_and(|given| given >= self.total)
    }

    fn given(&self) -> Result<Money, OutOfRange> {
        Money::total(self.tenders.iter().map(|tender| tender.amount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn splits_between_card_and_cash_and_gives_change() {
        let mut payment = Payment::of(2157.into());
        payment.tender(TenderKind::Card, 1000.into()).unwrap();
        assert_eq!(payment.due(), Ok(1157.into()));
        payment.tender(TenderKind::Cash, 2000.into()).unwrap();
        assert!(payment.is_covered());
        assert_eq!(payment.change(), Ok(843.into()));
        assert_eq!(payment.tender(TenderKind::Cash, 1.into()), Err(PaymentError::Covered));
    }

    #[test]
    fn only_cash_gives_change() {
        let mut payment = Payment::of(100.into());
        for kind in TenderKind::ALL.into_iter().filter(|kind| *kind != TenderKind::Cash) {
            assert_eq!(payment.tender(kind, 101.into()), Err(PaymentError::AboveDue));
        }
        assert_eq!(payment.tender(TenderKind::Cash, 0.into()), Err(PaymentError::NotPositive));
        assert!(payment.tenders().is_empty());
    }

    proptest! {
        #[test]
        fn tenders_less_change_are_the_total(total in 0_i32..1_000_000, given in prop::collection::vec(1_i32..500_000, 1..30)) {
            let mut payment = Payment::of(total.into());
            for amount in given {
                let _ = payment.tender(TenderKind::Cash, amount.into());
            }
            prop_assume!(payment.is_covered());
            let sum = Money::total(payment.tenders().iter().map(|t| t.amount)).unwrap();
            prop_assert_eq!(sum.minus(payment.change().unwrap()).unwrap(), payment.total());
        }
    }
}
