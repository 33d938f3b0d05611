//! The sale under way: the basket, the line that the keys act on, and the way back from the last removal. Pure.

use serde::{Deserialize, Serialize};
use shared::basket::{Basket, BasketError, BasketLine};
use shared::discount::Reduction;
use shared::ids::{LineNo, SellerNo};
use shared::money::Money;
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use shared::time::Moment;

/// What one press of + or − adds to a weight: 100 g.
const WEIGHT_STEP: i32 = 100;

/// What can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undo {
    /// A line, by the name of its product.
    Removal(String),
    /// All of the basket.
    Clearing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Before {
    what: Undo,
    basket: Basket,
    current: Option<LineNo>,
    opened_at: Option<Moment>,
}

/// A sale that is being rung up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    basket: Basket,
    current: Option<LineNo>,
    opened_at: Option<Moment>,
    #[serde(skip)]
    before: Option<Box<Before>>,
}

impl Sale {
    /// What is rung up.
    pub const fn basket(&self) -> &Basket {
        &self.basket
    }

    /// When the first product was rung up.
    pub const fn opened_at(&self) -> Option<Moment> {
        self.opened_at
    }

    /// The line that the keys act on.
    pub fn current(&self) -> Option<&BasketLine> {
        self.current.and_then(|n| self.line(n))
    }

    /// A line by its number.
    pub fn line(&self, n: LineNo) -> Option<&BasketLine> {
        self.basket.lines().iter().find(|line| line.n == n)
    }

    /// What the next undo takes back.
    pub fn undoable(&self) -> Option<&Undo> {
        self.before.as_ref().map(|before| &before.what)
    }

    /// How much of a product is rung up.
    pub fn quantity_of(&self, sku: &shared::ids::Sku) -> Quantity {
        let of_product = self.basket.lines().iter().filter(|line| line.sku == *sku);
        of_product.fold(Quantity::ZERO, |sum, line| sum.saturating_plus(line.quantity))
    }

    /// Rings up a product at a moment.
    pub fn add(&mut self, product: &Product, quantity: Quantity, now: Moment) -> Result<(), BasketError> {
        self.current = Some(self.basket.add(product, quantity)?);
        self.opened_at.get_or_insert(now);
        self.before = None;
        Ok(())
    }

    /// Rings up so many packs of a product with as much in each: what is weighed takes a line for each pack, as if each were
    /// scanned. Where one does not fit, the sale is in part rung up, and to be thrown away.
    pub fn add_times(
        &mut self,
        product: &Product,
        quantity: Quantity,
        count: usize,
        now: Moment,
    ) -> Result<(), BasketError> {
        (0..count).try_for_each(|_| self.add(product, quantity, now))
    }

    /// Makes a line the one that the keys act on.
    pub fn choose(&mut self, n: LineNo) {
        self.current = Some(n);
    }

    /// Moves to the line `by` places further down, or up where negative; stays at the ends.
    pub fn step_line(&mut self, by: isize) {
        let lines = self.basket.lines();
        let place = lines.iter().position(|line| Some(line.n) == self.current);
        let place = place.map_or(lines.len().saturating_sub(1), |place| place.saturating_add_signed(by));
        self.current = lines.get(place.min(lines.len().saturating_sub(1))).map(|line| line.n);
    }

    /// Sets how much of the current line is rung up.
    pub fn set_quantity(&mut self, quantity: Quantity) -> Result<(), BasketError> {
        let Some(n) = self.current else { return Ok(()) };
        self.basket.set_quantity(n, quantity)?;
        self.before = None;
        Ok(())
    }

    /// Gives a line another price than the catalogue's, as a manager has allowed.
    pub fn override_price(&mut self, n: LineNo, price: Money, manager: SellerNo) -> Result<(), BasketError> {
        self.basket.override_price(n, price, manager)?;
        self.before = None;
        Ok(())
    }

    /// Reduces the current line, or takes its discount back.
    pub fn reduce_line(&mut self, by: Option<Reduction>) -> Result<(), BasketError> {
        let Some(n) = self.current else { return Ok(()) };
        self.basket.reduce_line(n, by)?;
        self.before = None;
        Ok(())
    }

    /// Reduces the whole sale, or takes that discount back.
    pub fn reduce(&mut self, by: Option<Reduction>) -> Result<(), BasketError> {
        self.basket.reduce(by)?;
        self.before = None;
        Ok(())
    }

    /// One step more of the current line, or less where negative; the step that would leave nothing removes the line.
    pub fn step_quantity(&mut self, steps: i32) -> Result<(), BasketError> {
        let Some(line) = self.current() else { return Ok(()) };
        let quantity = stepped(line, steps);
        if quantity <= Quantity::ZERO {
            self.remove();
            return Ok(());
        }
        self.set_quantity(quantity)
    }

    /// Takes the current line out; the one after it becomes the current one.
    pub fn remove(&mut self) {
        let Some(line) = self.current() else { return };
        let (n, before) = (line.n, self.remember(Undo::Removal(line.name.clone())));
        let place = self.basket.lines().iter().position(|line| line.n == n).unwrap_or(0);
        if self.basket.remove(n).is_ok() {
            let lines = self.basket.lines();
            self.current = lines.get(place).or_else(|| lines.last()).map(|line| line.n);
            self.before = Some(Box::new(before));
        }
        if self.basket.is_empty() {
            self.opened_at = None;
        }
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        if !self.basket.is_empty() {
            let before = self.remember(Undo::Clearing);
            *self = Self { before: Some(Box::new(before)), ..Self::default() };
        }
    }

    /// Takes the last removal back.
    pub fn undo(&mut self) {
        if let Some(before) = self.before.take() {
            let Before { basket, current, opened_at, .. } = *before;
            *self = Self { basket, current, opened_at, before: None };
        }
    }

    /// The sale without the way back from its last removal.
    #[must_use]
    pub fn settled(self) -> Self {
        Self { before: None, ..self }
    }

    fn remember(&self, what: Undo) -> Before {
        let Self { basket, current, opened_at, .. } = self.clone();
        Before { what, basket, current, opened_at }
    }
}

/// How much a line would hold so many steps on, or back where negative.
pub(super) fn stepped(line: &BasketLine, steps: i32) -> Quantity {
    let step = if line.unit == Unit::Piece { 1000 } else { WEIGHT_STEP };
    line.quantity.saturating_plus((steps * step).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::{moment, product};

    fn sale(names: &[&str]) -> Sale {
        let mut sale = Sale::default();
        for name in names {
            sale.add(&product(name, 100, Unit::Piece), Quantity::ONE, moment()).unwrap();
        }
        sale
    }

    fn current(sale: &Sale) -> Option<&str> {
        sale.current().map(|line| line.name.as_str())
    }

    #[test]
    fn the_line_rung_up_last_is_the_current_one() {
        let mut sale = sale(&["a", "b", "a"]);
        assert_eq!(current(&sale), Some("a"));
        sale.step_line(1);
        assert_eq!(current(&sale), Some("b"));
        sale.step_line(1);
        assert_eq!(current(&sale), Some("b"));
        sale.step_line(-9);
        assert_eq!(current(&sale), Some("a"));
    }

    #[test]
    fn packs_of_one_label_are_rung_up_as_if_each_were_scanned() {
        let mut sale = Sale::default();
        sale.add_times(&product("a", 199, Unit::Kilogram), 333.into(), 3, moment()).unwrap();
        let totals: Vec<_> = sale.basket().lines().iter().map(|line| (line.quantity, line.total)).collect();
        assert_eq!(totals, [(333.into(), 66.into()); 3]);
        sale.add_times(&product("b", 100, Unit::Piece), Quantity::pieces(2), 3, moment()).unwrap();
        assert_eq!(sale.current().map(|line| line.quantity), Some(Quantity::pieces(6)));
    }

    #[test]
    fn packs_that_fit_no_receipt_are_an_error() {
        let add = |unit| Sale::default().add_times(&product("a", 100, unit), Quantity::ONE, 99_999, moment());
        assert_eq!(add(Unit::Kilogram), Err(BasketError::Full));
        assert!(matches!(add(Unit::Piece), Err(BasketError::Quantity { .. })));
    }

    #[test]
    fn a_removal_can_be_taken_back_until_the_next_change() {
        let mut sale = sale(&["a", "b", "c"]);
        sale.step_line(-1);
        let before = sale.basket().clone();
        sale.remove();
        assert_eq!((current(&sale), sale.undoable()), (Some("c"), Some(&Undo::Removal("b".to_owned()))));
        sale.undo();
        assert_eq!((sale.basket(), current(&sale)), (&before, Some("b")));
        sale.remove();
        sale.add(&product("d", 100, Unit::Piece), Quantity::ONE, moment()).unwrap();
        assert_eq!(sale.undoable(), None);
    }

    #[test]
    fn clearing_can_be_taken_back() {
        let mut sale = sale(&["a", "b"]);
        let before = sale.clone();
        sale.clear();
        assert!(sale.basket().is_empty() && sale.opened_at().is_none());
        sale.undo();
        assert_eq!(sale, before);
        Sale::default().clear();
    }

    #[test]
    fn the_last_step_down_removes_the_line() {
        let mut sale = sale(&["a", "a"]);
        sale.step_quantity(-1).unwrap();
        assert_eq!(sale.current().unwrap().quantity, Quantity::ONE);
        sale.step_quantity(-1).unwrap();
        assert!(sale.basket().is_empty());
        sale.undo();
        assert_eq!(sale.basket().articles(), 1);
    }

    #[test]
    fn weights_step_by_a_hundred_grams() {
        let mut sale = Sale::default();
        sale.add(&product("a", 100, Unit::Kilogram), 840.into(), moment()).unwrap();
        sale.step_quantity(1).unwrap();
        assert_eq!(sale.current().unwrap().quantity, Quantity::from(940));
    }
}
