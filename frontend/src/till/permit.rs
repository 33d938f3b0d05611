//! What a manager is asked to allow: of the sale as it stood when they were asked, so that their word is taken for nothing
//! else. Pure.

use super::context::Void;
use super::sale::{Sale, stepped};
use shared::basket::{Basket, BasketLine};
use shared::quantity::Quantity;

/// What takes a manager's PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Permit {
    /// Another price for a line.
    Price(BasketLine),
    /// Taking a line out, or some of it, where the store says so.
    Line(Void, BasketLine),
    /// Taking everything out, where the store says so.
    Sale(Basket),
}

impl Permit {
    /// For another price of the current line, if there is one.
    pub fn price(sale: &Sale) -> Option<Self> {
        sale.current().cloned().map(Self::Price)
    }

    /// For taking something out, if that is there.
    pub fn void(what: Void, sale: &Sale) -> Option<Self> {
        match what {
            Void::Sale => Some(Self::Sale(sale.basket().clone())),
            _ => sale.current().cloned().map(|line| Self::Line(what, line)),
        }
    }

    /// The line that it is about, where it is about one.
    pub const fn line(&self) -> Option<&BasketLine> {
        match self {
            Self::Price(line) | Self::Line(_, line) => Some(line),
            Self::Sale(_) => None,
        }
    }

    /// Whether the sale still has it as the manager saw it, whichever line the keys act on meanwhile.
    pub fn still_fits(&self, sale: &Sale) -> bool {
        match self {
            Self::Price(line) | Self::Line(_, line) => sale.line(line.n) == Some(line),
            Self::Sale(basket) => sale.basket() == basket,
        }
    }
}

/// How much of a line is taken out.
pub fn taken(what: Void, line: &BasketLine) -> Quantity {
    let left = match what {
        Void::Line | Void::Sale => Quantity::ZERO,
        Void::Steps(steps) => stepped(line, steps).max(Quantity::ZERO),
        Void::Leaving(quantity) => quantity,
    };
    line.quantity.saturating_minus(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::{moment, product};
    use shared::quantity::Unit;

    fn sale(pieces: &[(&str, u32)]) -> Sale {
        let mut sale = Sale::default();
        for &(name, count) in pieces {
            ring_up(&mut sale, name, count);
        }
        sale
    }

    fn ring_up(sale: &mut Sale, name: &str, count: u32) {
        sale.add(&product(name, 100, Unit::Piece), Quantity::pieces(count), moment()).unwrap();
    }

    #[test]
    fn a_permit_for_a_line_is_for_that_line_as_it_was() {
        let seen = sale(&[("bread", 5)]);
        for permit in [Permit::void(Void::Line, &seen), Permit::price(&seen)].map(Option::unwrap) {
            let mut sale = seen.clone();
            ring_up(&mut sale, "wine", 1);
            assert!(permit.still_fits(&sale), "another line is none of its business");
            ring_up(&mut sale, "bread", 1);
            assert!(!permit.still_fits(&sale), "six were not seen");
            sale.clear();
            assert!(!permit.still_fits(&sale));
            ring_up(&mut sale, "wine", 5);
            assert!(!permit.still_fits(&sale), "another product by the number of the line");
        }
    }

    #[test]
    fn a_permit_for_the_sale_is_for_all_that_was_on_it() {
        let mut sale = sale(&[("bread", 5), ("wine", 1)]);
        let permit = Permit::void(Void::Sale, &sale).unwrap();
        sale.step_line(-1);
        assert!(permit.still_fits(&sale), "which line is chosen is not on it");
        ring_up(&mut sale, "cheese", 1);
        assert!(!permit.still_fits(&sale));
    }

    #[test]
    fn nothing_takes_no_permit() {
        let nothing = Sale::default();
        assert_eq!((Permit::price(&nothing), Permit::void(Void::Line, &nothing)), (None, None));
    }

    #[test]
    fn what_goes_is_the_whole_line_or_what_is_less_of_it() {
        let sale = sale(&[("bread", 5)]);
        let line = sale.current().unwrap();
        let all = [Void::Line, Void::Steps(-2), Void::Steps(-9), Void::Leaving(Quantity::pieces(1))];
        assert_eq!(all.map(|what| taken(what, line)), [5, 2, 5, 4].map(Quantity::pieces));
    }
}
