//! An open basket: what is being rung up, before it is paid.

use crate::discount::{self, Discount, Reduction};
use crate::ids::{Gtin, LineNo, SellerNo, Sku};
use crate::money::{Money, OutOfRange};
use crate::product::Product;
use crate::quantity::{Quantity, Unit};
use crate::receipt::Line;
use crate::tax::{self, TaxLine, TaxRate};
use serde::{Deserialize, Serialize};

/// Why a basket did not take a change; it is as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BasketError {
    /// A quantity of zero or less, too large, or a fraction of a piece.
    #[error(
        "{quantity} thousandths of {sku} cannot be sold: pieces are whole, and a line holds more than 0 and at most 10,000"
    )]
    Quantity {
        /// What was to be sold.
        sku: Sku,
        /// How much of it, in thousandths.
        quantity: i64,
    },
    /// A discount of nothing, or of more than there is.
    #[error("a discount takes off more than 0 and at most the {} cents that there are", .0.minor())]
    Discount(Money),
    /// A price below zero, or above all measure.
    #[error("a price of {} cents is below zero or above 1,000,000.00", .0.minor())]
    Price(Money),
    /// No such line.
    #[error("there is no line {0} in this basket")]
    NoSuchLine(LineNo),
    /// More lines than a receipt holds.
    #[error("a basket holds at most {} lines", Basket::MAX_LINES)]
    Full,
    /// The total is beyond what can be written down.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

/// One line of a basket: a product as it stood when it was rung up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BasketLine {
    /// Names the line as long as the basket lives.
    pub n: LineNo,
    /// Which product.
    pub sku: Sku,
    /// Its barcode, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Gtin>,
    /// Its name.
    pub name: String,
    /// Price per piece or kilogram, tax included.
    pub price: Money,
    /// Its rate of tax.
    pub tax: TaxRate,
    /// What it is sold by.
    pub unit: Unit,
    /// How much of it.
    pub quantity: Quantity,
    /// Quantity × price, rounded half away from zero; the discount is not in it.
    pub total: Money,
    /// How it is reduced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Reduction>,
    /// The catalogue's price, where `price` is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Money>,
    /// Who allowed that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<SellerNo>,
}

impl BasketLine {
    fn of(n: LineNo, product: &Product, quantity: Quantity) -> Result<Self, BasketError> {
        let mut line = Self {
            n,
            sku: product.sku.clone(),
            gtin: product.gtin.clone(),
            name: product.name.clone(),
            price: product.price,
            tax: product.tax,
            unit: product.unit,
            quantity: Quantity::ZERO,
            total: Money::ZERO,
            discount: None,
            list_price: None,
            manager: None,
        };
        line.set(quantity)?;
        Ok(line)
    }

    fn set(&mut self, quantity: Quantity) -> Result<(), BasketError> {
        if !quantity.fits_line(self.unit) {
            return Err(BasketError::Quantity { sku: self.sku.clone(), quantity: quantity.thousandths() });
        }
        self.total = quantity.times(self.price)?;
        self.quantity = quantity;
        Ok(())
    }

    /// Pieces of one product at one price go on one line; every weighing is a line of its own, and what is reduced may
    /// be the one damaged piece.
    fn takes_more_of(&self, product: &Product) -> bool {
        let is_same = self.sku == product.sku && self.price == product.price && self.tax == product.tax;
        is_same && self.unit == Unit::Piece && self.discount.is_none() && self.list_price.is_none()
    }
}

/// What is being rung up. Every change either happens whole or leaves the basket as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Basket {
    lines: Vec<BasketLine>,
    last: Option<LineNo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    discount: Option<Reduction>,
}

impl Basket {
    /// The most lines that a receipt holds.
    pub const MAX_LINES: usize = 500;

    /// The lines, oldest first.
    pub fn lines(&self) -> &[BasketLine] {
        &self.lines
    }

    /// Whether nothing is rung up.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Rings up a product and says which line it went to.
    pub fn add(&mut self, product: &Product, quantity: Quantity) -> Result<LineNo, BasketError> {
        if let Some(line) = self.lines.iter_mut().find(|line| line.takes_more_of(product)) {
            BasketLine::of(line.n, product, quantity)?;
            line.set(line.quantity.saturating_plus(quantity))?;
            return Ok(line.n);
        }
        if self.lines.len() >= Self::MAX_LINES {
            return Err(BasketError::Full);
        }
        let n = self.last.map_or(Some(LineNo::FIRST), LineNo::next).ok_or(BasketError::Full)?;
        self.lines.push(BasketLine::of(n, product, quantity)?);
        self.last = Some(n);
        Ok(n)
    }

    /// Changes how much of a line is rung up.
    pub fn set_quantity(&mut self, n: LineNo, quantity: Quantity) -> Result<(), BasketError> {
        self.lines.iter_mut().find(|line| line.n == n).ok_or(BasketError::NoSuchLine(n))?.set(quantity)
    }

    /// Takes a line out and returns it. With the last one goes the discount on all of them.
    pub fn remove(&mut self, n: LineNo) -> Result<BasketLine, BasketError> {
        let place = self.lines.iter().position(|line| line.n == n).ok_or(BasketError::NoSuchLine(n))?;
        let line = self.lines.remove(place);
        if self.lines.is_empty() {
            self.discount = None;
        }
        Ok(line)
    }

    /// Gives a line another price than the catalogue's, or that one again, as a manager has allowed.
    pub fn override_price(&mut self, n: LineNo, price: Money, manager: SellerNo) -> Result<(), BasketError> {
        if !(0..=Product::MAX_PRICE).contains(&price.minor()) {
            return Err(BasketError::Price(price));
        }
        let line = self.lines.iter_mut().find(|line| line.n == n).ok_or(BasketError::NoSuchLine(n))?;
        let (list, total) = (line.list_price.unwrap_or(line.price), line.quantity.times(price)?);
        if line.discount.is_some_and(|reduction| !reduction.fits(total)) {
            return Err(BasketError::Discount(total));
        }
        (line.price, line.total) = (price, total);
        let is_another = price != list;
        (line.list_price, line.manager) = (is_another.then_some(list), is_another.then_some(manager));
        Ok(())
    }

    /// Reduces a line, or takes its discount back.
    pub fn reduce_line(&mut self, n: LineNo, by: Option<Reduction>) -> Result<(), BasketError> {
        let line = self.lines.iter_mut().find(|line| line.n == n).ok_or(BasketError::NoSuchLine(n))?;
        if by.is_some_and(|reduction| !reduction.fits(line.total)) {
            return Err(BasketError::Discount(line.total));
        }
        line.discount = by;
        Ok(())
    }

    /// Reduces all of it, or takes that discount back.
    pub fn reduce(&mut self, by: Option<Reduction>) -> Result<(), BasketError> {
        let without = Self { discount: None, ..self.clone() }.total()?;
        if by.is_some_and(|reduction| !reduction.fits(without)) {
            return Err(BasketError::Discount(without));
        }
        self.discount = by;
        Ok(())
    }

    /// How all of it is reduced, whatever is left of that by what is rung up.
    pub const fn discount(&self) -> Option<Reduction> {
        self.discount
    }

    /// The discounts as a receipt carries them: those on lines, then the one on all of them.
    pub fn discounts(&self) -> Result<Vec<Discount>, BasketError> {
        let lines = self.lines.iter().map(|line| (line.tax, line.total, line.discount));
        Ok(discount::discounts(lines, self.discount)?)
    }

    /// The sum of the lines less the discounts, tax included.
    pub fn total(&self) -> Result<Money, BasketError> {
        let off = self.discounts()?.into_iter().map(|discount| discount.amount);
        Ok(Money::total(self.lines.iter().map(|line| line.total).chain(off))?)
    }

    /// The taxes within the total, one line per rate.
    pub fn taxes(&self) -> Result<Vec<TaxLine>, BasketError> {
        let lines: Vec<_> = self.lines.iter().map(|line| (line.tax, line.total)).collect();
        Ok(tax::breakdown(discount::by_rate(&lines, &self.discounts()?)?)?)
    }

    /// How many articles a person would count: pieces, and each weighing once.
    pub fn articles(&self) -> i64 {
        self.lines
            .iter()
            .map(|line| if line.unit == Unit::Piece { line.quantity.thousandths() / 1000 } else { 1 })
            .sum()
    }

    /// The lines as a receipt carries them.
    pub fn receipt_lines(&self) -> Vec<Line> {
        self.lines.iter().map(Line::from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn product(sku: &str, price: i32, unit: Unit) -> Product {
        Product {
            sku: sku.parse().unwrap(),
            gtin: None,
            name: sku.to_owned(),
            category: String::new(),
            price: price.into(),
            tax: 550.try_into().unwrap(),
            unit,
            threshold: None,
        }
    }

    #[test]
    fn pieces_gather_on_a_line_and_weighings_do_not() {
        let mut basket = Basket::default();
        let (milk, apples) = (product("milk", 99, Unit::Piece), product("apples", 249, Unit::Kilogram));
        let first = basket.add(&milk, Quantity::ONE).unwrap();
        assert_eq!(basket.add(&milk, Quantity::pieces(2)).unwrap(), first);
        basket.add(&apples, 840.into()).unwrap();
        basket.add(&apples, 500.into()).unwrap();
        assert_eq!(basket.lines().len(), 3);
        assert_eq!(basket.total().unwrap(), (297 + 209 + 125).into());
        assert_eq!(basket.articles(), 5);
    }

    #[test]
    fn a_changed_price_opens_a_line_of_its_own() {
        let mut basket = Basket::default();
        basket.add(&product("milk", 99, Unit::Piece), Quantity::ONE).unwrap();
        basket.add(&product("milk", 109, Unit::Piece), Quantity::ONE).unwrap();
        assert_eq!(basket.lines().len(), 2);
    }

    #[test]
    fn a_refused_change_leaves_the_basket_alone() {
        let mut basket = Basket::default();
        let milk = product("milk", 99, Unit::Piece);
        let n = basket.add(&milk, Quantity::ONE).unwrap();
        let before = basket.clone();
        for wrong in [0, -1000, 1500, 10_000_001] {
            assert!(basket.set_quantity(n, wrong.into()).is_err());
            assert!(basket.add(&milk, wrong.into()).is_err());
        }
        assert!(basket.remove(LineNo::MAX).is_err());
        assert_eq!(basket, before);
    }

    #[test]
    fn discounts_follow_what_is_rung_up() {
        let mut basket = Basket::default();
        let milk = product("milk", 100, Unit::Piece);
        let n = basket.add(&milk, Quantity::pieces(4)).unwrap();
        let percent = |basis_points: u16| Some(Reduction::Percent(basis_points.try_into().unwrap()));
        basket.reduce_line(n, percent(1000)).unwrap();
        assert_ne!(basket.add(&milk, Quantity::ONE).unwrap(), n, "what is reduced may be the damaged ones");
        assert_eq!(basket.total().unwrap(), 460.into());
        basket.reduce(Some(Reduction::Amount(460.into()))).unwrap();
        assert_eq!(basket.total().unwrap(), Money::ZERO);
        basket.remove(n).unwrap();
        assert_eq!((basket.total().unwrap(), basket.discounts().unwrap()[0].amount), (Money::ZERO, (-100).into()));
        basket.reduce(None).unwrap();
        assert_eq!(basket.total().unwrap(), 100.into());
        let last = basket.lines()[0].n;
        basket.reduce(percent(5000)).unwrap();
        basket.remove(last).unwrap();
        basket.add(&milk, Quantity::ONE).unwrap();
        assert_eq!(basket.total().unwrap(), 100.into(), "the next customer pays the full price");
        assert_eq!(basket.reduce(Some(Reduction::Amount(101.into()))), Err(BasketError::Discount(100.into())));
        assert_eq!(basket.reduce_line(n, None), Err(BasketError::NoSuchLine(n)));
    }

    #[test]
    fn another_price_stands_beside_the_catalogues_until_it_is_that_again() {
        let mut basket = Basket::default();
        let (milk, manager) = (product("milk", 100, Unit::Piece), SellerNo::MAX);
        let n = basket.add(&milk, Quantity::pieces(3)).unwrap();
        basket.override_price(n, 80.into(), manager).unwrap();
        basket.override_price(n, 70.into(), manager).unwrap();
        let line = &basket.receipt_lines()[0];
        assert_eq!((line.price, line.list_price, line.total), (70.into(), Some(100.into()), 210.into()));
        assert_eq!(line.manager, Some(manager));
        assert_ne!(basket.add(&milk, Quantity::ONE).unwrap(), n, "the next one costs what it always does");
        assert_eq!(basket.total().unwrap(), 310.into());
        basket.override_price(n, 100.into(), manager).unwrap();
        assert_eq!((basket.lines()[0].list_price, basket.lines()[0].manager), (None, None));
        basket.reduce_line(n, Some(Reduction::Amount(200.into()))).unwrap();
        let before = basket.clone();
        assert_eq!(basket.override_price(n, 60.into(), manager), Err(BasketError::Discount(180.into())));
        assert_eq!(basket.override_price(n, (-1).into(), manager), Err(BasketError::Price((-1).into())));
        assert_eq!(basket.override_price(LineNo::MAX, 1.into(), manager), Err(BasketError::NoSuchLine(LineNo::MAX)));
        assert_eq!(basket, before);
    }

    #[test]
    fn a_line_keeps_its_number_when_others_go() {
        let mut basket = Basket::default();
        let a = basket.add(&product("a", 1, Unit::Piece), Quantity::ONE).unwrap();
        let b = basket.add(&product("b", 1, Unit::Piece), Quantity::ONE).unwrap();
        basket.remove(a).unwrap();
        let c = basket.add(&product("c", 1, Unit::Piece), Quantity::ONE).unwrap();
        assert_eq!(basket.lines().iter().map(|line| line.n).collect::<Vec<_>>(), [b, c]);
        assert_ne!(a, c);
    }

    proptest! {
        #[test]
        fn taxes_and_lines_sum_to_the_total(items in prop::collection::vec((0_i32..100_000, 1_i32..50_000), 0..40)) {
            let mut basket = Basket::default();
            for (place, (price, grams)) in items.into_iter().enumerate() {
                basket.add(&product(&format!("p{place}"), price, Unit::Kilogram), grams.into()).unwrap();
            }
            let gross = Money::total(basket.taxes().unwrap().iter().map(|line| line.gross)).unwrap();
            prop_assert_eq!(gross, basket.total().unwrap());
        }
    }
}
