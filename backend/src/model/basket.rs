//! A consumer's basket as a document, from its opening to its receipt.

use crate::store::documents::Document;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use shared::api::baskets::{BasketState, BasketView};
use shared::basket::{Basket, BasketError};
use shared::chain::Sealed;
use shared::coin::SmallestCoin;
use shared::ids::{BasketId, RegisterNo, SellerNo, StoreNo};
use shared::money::{Currency, Money};
use shared::payment::{Payment, PaymentError, Tender, TenderKind};
use shared::receipt::Receipt;
use shared::time::Moment;

/// How long a basket is kept after its last change.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// A consumer's basket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketDocument {
    /// Which.
    pub id: BasketId,
    /// The store.
    pub store: StoreNo,
    /// The register.
    pub register: RegisterNo,
    /// Who serves.
    pub seller: SellerNo,
    /// What is in it.
    pub basket: Basket,
    /// When the first product was added, by the store's clock.
    pub opened_at: Option<Moment>,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a basket stands. It only ever moves forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Stage {
    /// It can be changed.
    Open,
    /// It is paid and can no longer be changed; its receipt is about to be issued.
    Paid {
        /// How.
        tenders: Vec<Tender>,
    },
    /// Its receipt is issued.
    CheckedOut {
        /// The receipt.
        receipt: Box<Sealed<Receipt>>,
    },
    /// Its consumer left it.
    Dropped,
}

impl Document for BasketDocument {
    const KIND: &'static str = "basket";
}

/// The document's name.
pub fn id(basket: BasketId) -> String {
    basket.to_string()
}

/// Why a basket did not do what was asked; it is as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StageError {
    /// It is paid already.
    #[error("it is paid already")]
    Paid,
    /// Its consumer left it.
    #[error("it was deleted")]
    Dropped,
    /// Nothing is in it.
    #[error("nothing is in it")]
    Empty,
    /// What is in it cannot be summed.
    #[error(transparent)]
    Basket(#[from] BasketError),
    /// The payment does not fit.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// The payment does not cover the total.
    #[error("{given} of {total} is covered")]
    Unpaid {
        /// What was tendered, in minor units.
        given: i64,
        /// What is to be paid, in minor units.
        total: i64,
    },
}

impl BasketDocument {
    /// The contents, for changing them.
    pub fn open_basket(&mut self) -> Result<&mut Basket, StageError> {
        match self.stage {
            Stage::Open => Ok(&mut self.basket),
            Stage::Paid { .. } | Stage::CheckedOut { .. } => Err(StageError::Paid),
            Stage::Dropped => Err(StageError::Dropped),
        }
    }

    /// Pays it, in cash rounded to the smallest coin; `false` where it was paid before, which then stays as it is.
    pub fn pay(&mut self, tenders: &[Tender], coin: SmallestCoin) -> Result<bool, StageError> {
        match self.stage {
            Stage::Paid { .. } | Stage::CheckedOut { .. } => return Ok(false),
            Stage::Dropped => return Err(StageError::Dropped),
            Stage::Open if self.basket.is_empty() => return Err(StageError::Empty),
            Stage::Open => {}
        }
        let payment = payment(self.basket.total()?, tenders, coin)?;
        self.stage = Stage::Paid { tenders: payment.tenders().to_vec() };
        Ok(true)
    }

    /// Leaves it.
    pub fn abandon(&mut self) -> Result<(), StageError> {
        self.open_basket()?;
        self.stage = Stage::Dropped;
        Ok(())
    }

    /// The payment, once it is paid and as long as no receipt is issued.
    pub fn payment_due(&self, coin: SmallestCoin) -> Result<Option<Payment>, StageError> {
        match &self.stage {
            Stage::Paid { tenders } => Ok(Some(payment(self.basket.total()?, tenders, coin)?)),
            Stage::Open | Stage::CheckedOut { .. } | Stage::Dropped => Ok(None),
        }
    }

    /// The receipt, once it is issued.
    pub const fn receipt(&self) -> Option<&Sealed<Receipt>> {
        match &self.stage {
            Stage::CheckedOut { receipt } => Some(receipt),
            Stage::Open | Stage::Paid { .. } | Stage::Dropped => None,
        }
    }

    /// What its consumer sees.
    pub fn view(&self, currency: Currency) -> Result<BasketView, BasketError> {
        let open = matches!(self.stage, Stage::Open);
        Ok(BasketView {
            id: self.id,
            store: self.store,
            register: self.register,
            seller: self.seller,
            state: if open { BasketState::Open } else { BasketState::CheckedOut },
            lines: self.basket.lines().to_vec(),
            total: self.basket.total()?,
            taxes: self.basket.taxes()?,
            currency,
            receipt: self.receipt().cloned(),
        })
    }
}

/// The payment of a total: the tenders, or all of it by card where there are none.
fn payment(total: Money, tenders: &[Tender], coin: SmallestCoin) -> Result<Payment, StageError> {
    let mut payment = Payment::in_coins(total, coin);
    for tender in tenders {
        payment.tender(tender.kind, tender.amount)?;
    }
    if tenders.is_empty() && total > Money::ZERO {
        payment.tender(TenderKind::Card, total)?;
    }
    if payment.is_covered() {
        return Ok(payment);
    }
    let due = payment.due(TenderKind::Card).map_err(BasketError::from)?;
    Err(StageError::Unpaid { given: total.minor() - due.minor(), total: total.minor() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::product::Product;
    use shared::quantity::{Quantity, Unit};

    fn basket() -> BasketDocument {
        BasketDocument {
            id: BasketId::mint(0, &[1; 10]),
            store: StoreNo::FIRST,
            register: RegisterNo::FIRST,
            seller: SellerNo::SELF_SERVICE,
            basket: Basket::default(),
            opened_at: None,
            changed_at: Timestamp::UNIX_EPOCH,
            stage: Stage::Open,
        }
    }

    fn with_milk() -> BasketDocument {
        let milk = Product {
            sku: "MILK".parse().unwrap(),
            gtin: None,
            name: "Lait".to_owned(),
            category: String::new(),
            price: 120.into(),
            tax: 550.try_into().unwrap(),
            unit: Unit::Piece,
            threshold: None,
        };
        let mut document = basket();
        document.open_basket().unwrap().add(&milk, Quantity::ONE).unwrap();
        document
    }

    fn cash(amount: i32) -> Tender {
        Tender { amount: amount.into(), kind: TenderKind::Cash }
    }

    #[test]
    fn what_is_paid_can_no_longer_be_changed_and_the_first_payment_stays() {
        let mut document = with_milk();
        assert_eq!(document.pay(&[cash(200)], SmallestCoin::ONE), Ok(true));
        assert_eq!(document.pay(&[cash(500)], SmallestCoin::ONE), Ok(false));
        assert_eq!(document.payment_due(SmallestCoin::ONE).unwrap().unwrap().change(), Ok(80.into()));
        assert_eq!(document.open_basket().unwrap_err(), StageError::Paid);
        assert_eq!(document.abandon(), Err(StageError::Paid));
    }

    #[test]
    fn nothing_is_issued_for_an_empty_an_underpaid_or_a_left_basket() {
        assert_eq!(basket().pay(&[], SmallestCoin::ONE), Err(StageError::Empty));
        assert_eq!(
            with_milk().pay(&[cash(100)], SmallestCoin::ONE),
            Err(StageError::Unpaid { given: 100, total: 120 })
        );
        let mut left = with_milk();
        left.abandon().unwrap();
        assert_eq!(left.pay(&[], SmallestCoin::ONE), Err(StageError::Dropped));
    }

    #[test]
    fn cash_is_rounded_where_there_are_no_cents() {
        let halves = 50.try_into().unwrap();
        let mut document = with_milk();
        assert!(matches!(document.pay(&[cash(120)], halves), Err(StageError::Payment(PaymentError::NoCoins(_)))));
        assert_eq!(document.pay(&[cash(100)], halves), Ok(true));
        assert_eq!(document.payment_due(halves).unwrap().unwrap().rounding(), Ok((-20).into()));
    }

    #[test]
    fn without_tenders_all_of_it_goes_by_card() {
        let mut document = with_milk();
        document.pay(&[], SmallestCoin::ONE).unwrap();
        let tenders = document.payment_due(SmallestCoin::ONE).unwrap().unwrap().tenders().to_vec();
        assert_eq!(tenders, [Tender { amount: 120.into(), kind: TenderKind::Card }]);
    }
}
