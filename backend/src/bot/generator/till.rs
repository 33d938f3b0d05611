//! One till's customers, one after the other.

use super::{Assortment, Place, Rhythm, Seed, Stream, basket, tenders};
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use shared::basket::{Basket, BasketError};
use shared::ids::SellerNo;
use shared::payment::{Payment, PaymentError};
use std::sync::Arc;
use std::time::Duration;

/// What one customer bought and how they paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// Who served.
    pub seller: SellerNo,
    /// What was bought.
    pub basket: Basket,
    /// How it was paid, in full.
    pub payment: Payment,
    /// When the first product was rung up, after the start of the run.
    pub opened_after: Duration,
    /// When it was paid, after the start of the run.
    pub issued_after: Duration,
}

/// Why no sale could be drawn: a catalogue with prices beyond all measure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The basket did not take a product.
    #[error(transparent)]
    Basket(#[from] BasketError),
    /// The payment did not take a tender.
    #[error(transparent)]
    Payment(#[from] PaymentError),
}

/// A till and its customers, without end.
#[derive(Debug, Clone)]
pub struct Till {
    rng: ChaCha8Rng,
    assortment: Arc<Assortment>,
    sellers: Vec<SellerNo>,
    seller: SellerNo,
    rhythm: Rhythm,
    last: Duration,
}

impl Till {
    /// One in this many customers meets another seller than the one before.
    const SHIFT: u32 = 40;
    /// What it takes to greet and pay, and to ring up one article.
    const SERVICE: (Duration, Duration) = (Duration::from_secs(8), Duration::from_secs(2));

    /// The till at `place`, where `sellers` take turns.
    pub fn new(seed: Seed, place: Place, assortment: Arc<Assortment>, sellers: Vec<SellerNo>, rhythm: Rhythm) -> Self {
        let mut rng = seed.stream(Stream::Till(place));
        let seller = on_shift(&sellers, &mut rng);
        Self { rng, assortment, sellers, seller, rhythm, last: Duration::ZERO }
    }

    fn draw(&mut self) -> Result<Sale, DrawError> {
        if self.rng.random_ratio(1, Self::SHIFT) {
            self.seller = on_shift(&self.sellers, &mut self.rng);
        }
        let basket = basket::fill(&self.assortment, &mut self.rng)?;
        let payment = tenders::pay(basket.total()?, &mut self.rng)?;
        let issued_after = self.rhythm.next(&mut self.rng).max(self.last);
        let (greeting, article) = Self::SERVICE;
        let service = greeting + article * u32::try_from(basket.articles()).unwrap_or(1);
        // Where customers come faster than anyone can serve, service takes what time there is.
        let opened_after = issued_after.saturating_sub(service).max(self.last);
        self.last = issued_after;
        Ok(Sale { seller: self.seller, basket, payment, opened_after, issued_after })
    }
}

impl Iterator for Till {
    type Item = Result<Sale, DrawError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.draw())
    }
}

fn on_shift(sellers: &[SellerNo], rng: &mut impl Rng) -> SellerNo {
    sellers.choose(rng).copied().unwrap_or(SellerNo::SELF_SERVICE)
}

#[cfg(test)]
mod tests {
    use super::super::{StoreIndex, TillRate, opening_stock};
    use super::*;
    use proptest::prelude::*;
    use shared::payment::TenderKind;
    use shared::product::Product;
    use shared::quantity::Unit;
    use std::collections::BTreeMap;

    fn products(count: usize) -> Vec<Product> {
        let product = |n: usize| Product {
            sku: format!("P{n:04}").parse().unwrap(),
            gtin: None,
            name: format!("Product {n}"),
            category: String::new(),
            price: i32::try_from(n * 37 % 1_900).unwrap().into(),
            tax: 550.try_into().unwrap(),
            unit: if n.is_multiple_of(8) { Unit::Kilogram } else { Unit::Piece },
            threshold: None,
        };
        (0..count).map(product).collect()
    }

    fn till_at(seed: u64, store: u16, register: u16, products: Vec<Product>) -> Till {
        let assortment = Arc::new(Assortment::new(products, Seed(seed)).unwrap());
        let sellers = (1..=6).map(|n| SellerNo::try_from(n).unwrap()).collect();
        let place = Place { store: StoreIndex(store), register };
        Till::new(Seed(seed), place, assortment, sellers, Rhythm::days(TillRate::share_of(2, 1), Rhythm::DAY))
    }

    fn sales(seed: u64, register: u16) -> Vec<Sale> {
        till_at(seed, 0, register, products(300)).take(2_000).map(Result::unwrap).collect()
    }

    #[test]
    fn tills_and_seeds_differ() {
        assert_ne!(sales(1, 0), sales(1, 1));
        assert_ne!(sales(1, 0), sales(2, 0));
    }

    #[test]
    fn people_buy_popular_things_a_few_at_a_time_and_pay_in_several_ways() {
        let sales = sales(7, 0);
        let mut sold = BTreeMap::<_, usize>::new();
        for line in sales.iter().flat_map(|sale| sale.basket.lines()) {
            *sold.entry(&line.sku).or_default() += 1;
        }
        let (lines, most) = (sold.values().sum::<usize>(), sold.values().max().copied().unwrap());
        assert!((most * 4..most * 12).contains(&lines), "the best-seller has {most} of {lines} lines");
        assert!((4..6).contains(&(lines / sales.len())));
        assert!(sales.iter().any(|sale| sale.basket.lines().len() > 15));
        assert!(sales.iter().flat_map(|sale| sale.basket.lines()).any(|line| !line.quantity.is_whole()));
        let paid_by = |kinds: &[TenderKind]| {
            sales.iter().filter(|sale| sale.payment.tenders().iter().map(|t| t.kind).eq(kinds.iter().copied())).count()
        };
        let (card, cash) = (paid_by(&[TenderKind::Card]), paid_by(&[TenderKind::Cash]));
        let mixed = paid_by(&[TenderKind::Cash, TenderKind::Card]);
        assert!(card > cash && cash > mixed && mixed > 50, "{card} {cash} {mixed}");
    }

    #[test]
    fn opening_stock_differs_from_store_to_store_and_leaves_nothing_out() {
        let assortment = Assortment::new(products(300), Seed(1)).unwrap();
        let first = opening_stock(&assortment, Seed(1), StoreIndex(0));
        assert_eq!(first, opening_stock(&assortment, Seed(1), StoreIndex(0)));
        assert_ne!(first, opening_stock(&assortment, Seed(1), StoreIndex(1)));
        assert_eq!(first.len(), 300);
    }

    #[test]
    fn an_empty_catalogue_is_refused() {
        assert!(Assortment::new(Vec::new(), Seed(1)).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn the_same_seed_gives_the_same_sales(seed: u64, store in 0_u16..100, register in 0_u16..50, turn in 0_usize..200) {
            let mut turned = products(200);
            turned.rotate_left(turn);
            let (one, other) = (till_at(seed, store, register, products(200)), till_at(seed, store, register, turned));
            prop_assert!(one.take(50).eq(other.take(50)));
        }

        #[test]
        fn every_sale_is_paid_and_in_order(seed: u64) {
            let mut last = Duration::ZERO;
            for sale in till_at(seed, 0, 0, products(50)).take(100) {
                let sale = sale.unwrap();
                prop_assert!(!sale.basket.is_empty() && sale.payment.is_covered());
                prop_assert_eq!(sale.payment.total(), sale.basket.total().unwrap());
                prop_assert!(last <= sale.opened_after && sale.opened_after <= sale.issued_after);
                last = sale.issued_after;
            }
        }
    }
}
