//! Paying: tenders until the total is covered, and the change. What is paid in cash is rounded to the store's smallest coin.

use crate::coin::SmallestCoin;
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
    /// What was handed over; above zero on a sale, below zero on a refund. Cash is zero where what is left for it is rounded
    /// to nothing.
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
    /// Cash that the coins of the store do not make.
    #[error("cash is a multiple of the store's smallest coin, which is {} minor units", .0.minor())]
    NoCoins(SmallestCoin),
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    total: Money,
    coin: SmallestCoin,
    tenders: Vec<Tender>,
}

/// What rounding adds to a total that tenders pay: the part that the others leave to cash is rounded to the smallest coin, and
/// nothing is where none of them is cash.
///
/// # Errors
///
/// [`OutOfRange`].
pub fn rounding(total: Money, tenders: &[Tender], coin: SmallestCoin) -> Result<Money, OutOfRange> {
    if tenders.iter().all(|tender| tender.kind != TenderKind::Cash) {
        return Ok(Money::ZERO);
    }
    rounding_in_cash(total, tenders, coin)
}

fn rounding_in_cash(total: Money, tenders: &[Tender], coin: SmallestCoin) -> Result<Money, OutOfRange> {
    let others = tenders.iter().filter(|tender| tender.kind != TenderKind::Cash);
    let in_cash = total.minus(Money::total(others.map(|tender| tender.amount))?)?;
    coin.nearest(in_cash)?.minus(in_cash)
}

impl Payment {
    /// The most tenders that a receipt holds.
    pub const MAX_TENDERS: usize = 20;

    /// Starts paying `total`, to the cent.
    pub const fn of(total: Money) -> Self {
        Self::in_coins(total, SmallestCoin::ONE)
    }

    /// Starts paying `total`, where cash is rounded to the smallest coin.
    pub const fn in_coins(total: Money, coin: SmallestCoin) -> Self {
        Self { total, coin, tenders: Vec::new() }
    }

    /// Goes on with a payment of which `tenders` were taken. They were right then, and are not judged again: what was handed over
    /// was, also where the smallest coin is another one since.
    #[must_use]
    pub fn resumed(self, tenders: Vec<Tender>) -> Self {
        Self { tenders, ..self }
    }

    /// What is to be paid in all.
    pub const fn total(&self) -> Money {
        self.total
    }

    /// The smallest coin that cash is rounded to.
    pub const fn coin(&self) -> SmallestCoin {
        self.coin
    }

    /// What was handed over so far.
    pub fn tenders(&self) -> &[Tender] {
        &self.tenders
    }

    /// Takes a tender. What is left for cash and is rounded to nothing is paid by a tender of nothing.
    pub fn tender(&mut self, kind: TenderKind, amount: Money) -> Result<(), PaymentError> {
        let due = self.due(kind)?;
        if self.is_covered() {
            return Err(PaymentError::Covered);
        }
        if amount < Money::ZERO || (amount.is_zero() && !due.is_zero()) {
            return Err(PaymentError::NotPositive);
        }
        if kind != TenderKind::Cash && amount > due {
            return Err(PaymentError::AboveDue);
        }
        if kind == TenderKind::Cash && !self.coin.makes(amount) {
            return Err(PaymentError::NoCoins(self.coin));
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

    /// What is still to be paid by a means, in cash rounded; never below zero.
    pub fn due(&self, kind: TenderKind) -> Result<Money, OutOfRange> {
        let rounding = if kind == TenderKind::Cash {
            rounding_in_cash(self.total, &self.tenders, self.coin)?
        } else {
            Money::ZERO
        };
        Ok(self.total.plus(rounding)?.minus(self.given()?)?.max(Money::ZERO))
    }

    /// What rounding adds to the total as it is paid so far.
    pub fn rounding(&self) -> Result<Money, OutOfRange> {
        rounding(self.total, &self.tenders, self.coin)
    }

    /// What is to be given back; never below zero.
    pub fn change(&self) -> Result<Money, OutOfRange> {
        Ok(self.given()?.minus(self.price()?)?.max(Money::ZERO))
    }

    /// Whether the tenders cover the total, as it is rounded. A total of zero is covered by nothing.
    pub fn is_covered(&self) -> bool {
        matches!((self.given(), self.price()), (Ok(given), Ok(price)) if given >= price)
    }

    /// The total as it is rounded.
    fn price(&self) -> Result<Money, OutOfRange> {
        self.total.plus(self.rounding()?)
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
        assert_eq!(payment.due(TenderKind::Cash), Ok(1157.into()));
        payment.tender(TenderKind::Cash, 2000.into()).unwrap();
        assert!(payment.is_covered());
        assert_eq!(payment.change(), Ok(843.into()));
        assert_eq!(payment.tender(TenderKind::Cash, 1.into()), Err(PaymentError::Covered));
    }

    #[test]
    fn a_payment_goes_on_with_what_was_taken() {
        let mut payment = Payment::of(2157.into());
        payment.tender(TenderKind::Card, 1000.into()).unwrap();
        let resumed = Payment::of(2157.into()).resumed(payment.tenders().to_vec());
        assert_eq!((resumed.due(TenderKind::Cash), &resumed), (Ok(1157.into()), &payment));
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

    fn in_fives(total: i32) -> Payment {
        Payment::in_coins(total.into(), 5.try_into().unwrap())
    }

    #[test]
    fn cash_is_rounded_and_a_card_pays_to_the_cent() {
        let mut payment = in_fives(102);
        assert_eq!((payment.due(TenderKind::Cash), payment.due(TenderKind::Card)), (Ok(100.into()), Ok(102.into())));
        payment.tender(TenderKind::Cash, 200.into()).unwrap();
        assert_eq!((payment.rounding(), payment.change()), (Ok((-2).into()), Ok(100.into())));
        let mut payment = in_fives(102);
        payment.tender(TenderKind::Card, 102.into()).unwrap();
        assert!(payment.is_covered());
        assert_eq!((payment.rounding(), payment.change()), (Ok(Money::ZERO), Ok(Money::ZERO)));
    }

    #[test]
    fn of_a_split_what_is_left_for_cash_is_rounded_in_whatever_order() {
        let mut payment = in_fives(1003);
        payment.tender(TenderKind::Card, 500.into()).unwrap();
        assert_eq!(payment.due(TenderKind::Cash), Ok(505.into()));
        payment.tender(TenderKind::Cash, 505.into()).unwrap();
        assert_eq!((payment.is_covered(), payment.rounding()), (true, Ok(2.into())));
        let mut payment = in_fives(1003);
        payment.tender(TenderKind::Cash, 500.into()).unwrap();
        assert_eq!((payment.due(TenderKind::Cash), payment.due(TenderKind::Card)), (Ok(505.into()), Ok(503.into())));
        payment.tender(TenderKind::Card, 503.into()).unwrap();
        assert_eq!((payment.is_covered(), payment.rounding()), (true, Ok(Money::ZERO)));
    }

    #[test]
    fn coins_that_there_are_not_are_refused_and_what_is_rounded_to_nothing_is_paid_by_nothing() {
        let mut payment = in_fives(102);
        assert_eq!(payment.tender(TenderKind::Cash, 102.into()), Err(PaymentError::NoCoins(payment.coin())));
        assert_eq!(payment.tender(TenderKind::Cash, 0.into()), Err(PaymentError::NotPositive));
        payment.tender(TenderKind::Card, 100.into()).unwrap();
        assert_eq!(payment.tender(TenderKind::Card, 0.into()), Err(PaymentError::NotPositive));
        assert!(!payment.is_covered());
        payment.tender(TenderKind::Cash, 0.into()).unwrap();
        assert_eq!((payment.is_covered(), payment.rounding()), (true, Ok((-2).into())));
    }

    proptest! {
        #[test]
        fn tenders_less_change_are_the_total_and_its_rounding(
            total in 0_i32..1_000_000,
            place in 0_usize..6,
            given in prop::collection::vec((0_usize..4, 1_i32..5_000), 1..20),
        ) {
            let coin = SmallestCoin::ALL[place];
            let mut payment = Payment::in_coins(total.into(), coin);
            for (kind, coins) in given {
                let _ = payment.tender(TenderKind::ALL[kind], (coins * i32::from(coin.minor())).into());
            }
            if !payment.is_covered() {
                payment.tender(TenderKind::Cash, payment.due(TenderKind::Cash).unwrap()).unwrap();
            }
            prop_assert!(payment.is_covered());
            let (rounding, change) = (payment.rounding().unwrap(), payment.change().unwrap());
            let sum = Money::total(payment.tenders().iter().map(|tender| tender.amount)).unwrap();
            prop_assert_eq!(sum.minus(change), payment.total().plus(rounding));
            prop_assert!(rounding.minor().abs() * 2 <= i64::from(coin.minor()));
            let has_cash = payment.tenders().iter().any(|tender| tender.kind == TenderKind::Cash);
            prop_assert!(has_cash || rounding.is_zero());
            prop_assert!(coin.makes(change), "it can be given back");
        }
    }
}
