//! What a register shows its customer. Pure.

use crate::i18n::Language;
use crate::till::sale::Sale;
use crate::till::tendering::Tendering;
use serde::{Deserialize, Serialize};
use shared::basket::Basket;
use shared::money::{Currency, Money};
use shared::receipt::Receipt;
use shared::store::Store;

/// What a till tells the display.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The store as its sign says.
    pub store: String,
    /// The store's currency.
    pub currency: Currency,
    /// Whether the store is a training store.
    pub training: bool,
    /// The language that the till speaks (BCP 47).
    pub language: String,
    /// What happens at the register.
    pub act: Act,
}

/// What happens at a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Nobody sells here.
    Closed,
    /// The next customer is awaited.
    Welcome,
    /// Somebody's products are rung up, or paid for.
    Selling {
        /// What is rung up.
        basket: Basket,
        /// What is still to be paid, once it is being paid.
        due: Option<Money>,
    },
    /// It is paid.
    Paid {
        /// What was paid, change taken off; below zero where it was given back.
        total: Money,
        /// What is given back in cash.
        change: Money,
    },
}

impl Act {
    /// What the customer is to see of a till: its sale, the payment under way, and the receipt issued last, while shown.
    pub fn of(sale: &Sale, tendering: Option<&Tendering>, paid: Option<&Receipt>) -> Self {
        match (paid, sale.basket().is_empty()) {
            (Some(receipt), _) => Self::Paid { total: receipt.paid(), change: receipt.change },
            (None, true) => Self::Welcome,
            (None, false) => Self::Selling { basket: sale.basket().clone(), due: tendering.map(Tendering::due) },
        }
    }
}

impl Shown {
    /// What happens at a register of a store.
    pub fn at(store: &Store, language: Language, act: Act) -> Self {
        Self {
            store: store.name.clone(),
            currency: store.currency,
            training: store.training,
            language: language.tag().to_owned(),
            act,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::{moment, product, sealed};
    use shared::coin::SmallestCoin;
    use shared::payment::TenderKind;
    use shared::quantity::{Quantity, Unit};

    fn sale() -> Sale {
        let mut sale = Sale::default();
        sale.add(&product("a", 250, Unit::Piece), Quantity::ONE, moment()).unwrap();
        sale
    }

    #[test]
    fn a_customer_sees_the_basket_and_what_is_still_to_be_paid() {
        let sale = sale();
        assert_eq!(Act::of(&Sale::default(), None, None), Act::Welcome);
        let basket = sale.basket().clone();
        assert_eq!(Act::of(&sale, None, None), Act::Selling { basket: basket.clone(), due: None });
        let mut tendering = Tendering::of(250.into(), TenderKind::Cash, SmallestCoin::ONE);
        tendering.type_over("1");
        tendering.take().unwrap();
        assert_eq!(Act::of(&sale, Some(&tendering), None), Act::Selling { basket, due: Some(150.into()) });
    }

    #[test]
    fn a_customer_has_paid_what_it_was_rounded_to() {
        let mut receipt = sealed(1).body;
        receipt.rounding = (-2).into();
        assert_eq!(Act::of(&sale(), None, Some(&receipt)), Act::Paid { total: 98.into(), change: Money::ZERO });
    }

    #[test]
    fn what_the_till_says_the_display_reads() {
        let shown = Shown {
            store: "Lyon".to_owned(),
            currency: Currency::Euro,
            training: true,
            language: "fr".to_owned(),
            act: Act::of(&sale(), None, None),
        };
        let text = serde_json::to_string(&shown).unwrap();
        assert_eq!(serde_json::from_str::<Shown>(&text).unwrap(), shown);
    }
}
