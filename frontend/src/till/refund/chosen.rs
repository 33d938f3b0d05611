//! A receipt of which something comes back. Pure.

use super::past::Past;
use shared::ids::Sku;
use shared::money::Money;
use shared::payment::TenderKind;
use shared::quantity::{Quantity, Unit};
use shared::receipt::{Line, Receipt};
use shared::refund::{Portion, Returned};

/// A receipt, what is left of it to refund, and what was refunded before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The receipt.
    pub receipt: Receipt,
    /// What is left of each of its lines, in their order.
    pub left: Vec<Portion>,
    /// The refunds before.
    pub past: Vec<Past>,
}

/// Why no more of a product comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotBack {
    /// It is not on the receipt.
    NotOnIt,
    /// Not so much of it is left.
    NotSoMuch,
}

impl Chosen {
    /// Of which line more of a product comes back, by its place, and how much does then: `more` than is `typed` there, or else
    /// a step. A product that stands on several lines comes back from the first that has enough left.
    pub fn more_of(&self, sku: &Sku, typed: &[Quantity], more: Option<Quantity>) -> Result<(usize, Quantity), NotBack> {
        let lines = self.rows().zip(typed.iter().copied()).enumerate();
        let mut outcome = Err(NotBack::NotOnIt);
        for (place, ((line, left), there)) in lines.filter(|(_, ((line, _), _))| line.sku == *sku) {
            let wanted = match more {
                Some(more) => there.saturating_plus(more),
                None => step(there, left.quantity, line.unit, true),
            };
            if wanted > there && wanted <= left.quantity {
                return Ok((place, wanted));
            }
            outcome = Err(NotBack::NotSoMuch);
        }
        outcome
    }

    /// The lines, each with what is left of it.
    pub fn rows(&self) -> impl Iterator<Item = (&Line, Portion)> {
        self.receipt.lines.iter().zip(self.left.iter().copied())
    }

    /// Whether nothing is left.
    pub fn is_spent(&self) -> bool {
        self.left.iter().all(|portion| portion.quantity == Quantity::ZERO)
    }

    /// How it was paid, which is how it is given back unless somebody chooses otherwise.
    pub fn kind(&self) -> TenderKind {
        self.receipt.tenders.first().map_or(TenderKind::Cash, |tender| tender.kind)
    }

    /// What comes back for quantities of the lines, in their order.
    pub fn amount(&self, quantities: &[Quantity]) -> Option<Money> {
        let portions = shared::refund::take(&self.receipt, &self.left, &self.returned(quantities)).ok()?;
        Money::total(portions.iter().map(|portion| portion.amount)).ok()
    }

    /// The lines of which something comes back.
    pub fn returned(&self, quantities: &[Quantity]) -> Vec<Returned> {
        let wanted = self.left.iter().zip(quantities).filter(|(_, quantity)| **quantity > Quantity::ZERO);
        wanted.map(|(portion, &quantity)| Returned { line: portion.line, quantity }).collect()
    }
}

/// One more or one less of what comes back. What is weighed comes back whole, or as somebody types.
pub(super) fn step(quantity: Quantity, left: Quantity, unit: Unit, is_more: bool) -> Quantity {
    match (unit, is_more) {
        (Unit::Piece, true) => quantity.saturating_plus(Quantity::ONE).min(left),
        (Unit::Piece, false) => quantity.saturating_minus(Quantity::ONE).max(Quantity::ZERO),
        (Unit::Kilogram, true) => left,
        (Unit::Kilogram, false) => Quantity::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::sealed;

    fn chosen() -> Chosen {
        let receipt = sealed(1).body;
        let left = shared::refund::left(&receipt, []).unwrap();
        Chosen { receipt, left, past: Vec::new() }
    }

    #[test]
    fn everything_back_is_everything_that_was_paid() {
        let chosen = chosen();
        let all: Vec<_> = chosen.left.iter().map(|portion| portion.quantity).collect();
        assert_eq!(chosen.amount(&all), Some(chosen.receipt.total));
        assert_eq!(chosen.returned(&all).len(), chosen.receipt.lines.len());
        assert!(!chosen.is_spent());
    }

    #[test]
    fn nothing_and_too_much_have_no_amount() {
        let chosen = chosen();
        let nothing = vec![Quantity::ZERO; chosen.left.len()];
        assert_eq!(chosen.amount(&nothing), None);
        let more: Vec<_> = chosen.left.iter().map(|portion| portion.quantity.saturating_plus(Quantity::ONE)).collect();
        assert_eq!(chosen.amount(&more), None);
    }

    #[test]
    fn more_of_a_product_comes_back_while_some_is_left() {
        let chosen = chosen();
        let milk = chosen.receipt.lines[0].sku.clone();
        let one = Some(Quantity::ONE);
        assert_eq!(chosen.more_of(&milk, &[Quantity::ZERO], None), Ok((0, Quantity::ONE)));
        assert_eq!(chosen.more_of(&milk, &[Quantity::ZERO], one), Ok((0, Quantity::ONE)));
        assert_eq!(chosen.more_of(&milk, &[Quantity::ONE], None), Err(NotBack::NotSoMuch));
        assert_eq!(chosen.more_of(&milk, &[Quantity::ZERO], Some(Quantity::pieces(2))), Err(NotBack::NotSoMuch));
        let bread = "BREAD".parse::<Sku>().unwrap();
        assert_eq!(chosen.more_of(&bread, &[Quantity::ZERO], one), Err(NotBack::NotOnIt));
    }

    #[test]
    fn a_second_line_gives_what_the_first_has_not() {
        let mut chosen = chosen();
        chosen.receipt.lines.push(chosen.receipt.lines[0].clone());
        chosen.left.push(chosen.left[0]);
        let milk = chosen.receipt.lines[0].sku.clone();
        assert_eq!(chosen.more_of(&milk, &[Quantity::ONE, Quantity::ZERO], None), Ok((1, Quantity::ONE)));
    }

    #[test]
    fn steps_stay_within_what_is_left() {
        let (one, two) = (Quantity::ONE, Quantity::pieces(2));
        assert_eq!(step(one, two, Unit::Piece, true), two);
        assert_eq!(step(two, two, Unit::Piece, true), two);
        assert_eq!(step(Quantity::ZERO, two, Unit::Piece, false), Quantity::ZERO);
        assert_eq!(step(Quantity::ZERO, 420.into(), Unit::Kilogram, true), 420.into());
        assert_eq!(step(420.into(), 420.into(), Unit::Kilogram, false), Quantity::ZERO);
    }
}
