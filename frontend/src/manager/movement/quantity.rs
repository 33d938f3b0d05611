//! How much moves: what is proposed, and what is taken. Pure.

use crate::format;
use shared::quantity::{Quantity, Unit};
use shared::stock::StockLevel;

/// What happens to the goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// They come in.
    Deliver,
    /// Somebody counted them.
    Count,
    /// They go to another store.
    Transfer,
}

/// The most of a product that one report takes: a million pieces or kilograms, as on the server.
const LARGEST: i64 = 1_000_000_000;

impl Act {
    /// What to propose: for a delivery what fills the shelf; a count is for the person to make.
    pub fn proposal(self, level: &StockLevel, unit: Unit) -> Option<Quantity> {
        let missing = level.par.saturating_minus(level.on_hand);
        let whole = match unit {
            Unit::Piece => missing.thousandths().checked_add(999)? / 1000 * 1000,
            Unit::Kilogram => missing.thousandths(),
        };
        let wanted = Quantity::try_from(whole).ok().filter(|quantity| *quantity > Quantity::ZERO);
        wanted.filter(|_| self == Self::Deliver)
    }

    /// Reads what somebody typed, if it can be booked.
    pub fn read(self, text: &str, unit: Unit) -> Option<Quantity> {
        let least = i64::from(self != Self::Count);
        let quantity = format::parse_quantity(text)?;
        let fits =
            (least..=LARGEST).contains(&quantity.thousandths()) && (unit == Unit::Kilogram || quantity.is_whole());
        fits.then_some(quantity)
    }

    /// Whether a level shows that the report is saved, given what was there before. Sales go on meanwhile, so only a
    /// change in the right direction counts.
    pub fn shows(self, before: Quantity, now: Quantity) -> bool {
        match self {
            Self::Deliver => now > before,
            Self::Transfer => now < before,
            Self::Count => now != before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(on_hand: i32, par: i32) -> StockLevel {
        StockLevel { on_hand: on_hand.into(), par: par.into(), ..StockLevel::default() }
    }

    #[test]
    fn a_delivery_fills_the_shelf() {
        let fill = |on_hand, par, unit| Act::Deliver.proposal(&level(on_hand, par), unit);
        assert_eq!(fill(4_200, 45_000, Unit::Kilogram), Some(40_800.into()));
        assert_eq!(fill(-3_000, 20_000, Unit::Piece), Some(Quantity::pieces(23)));
        assert_eq!(fill(1_500, 20_000, Unit::Piece), Some(Quantity::pieces(19)));
        assert_eq!(fill(20_000, 20_000, Unit::Piece), None);
        assert_eq!(Act::Count.proposal(&level(0, 20_000), Unit::Piece), None);
    }

    #[test]
    fn only_what_can_be_booked_is_read() {
        assert_eq!(Act::Deliver.read("12", Unit::Piece), Some(Quantity::pieces(12)));
        assert_eq!(Act::Deliver.read("1,5", Unit::Piece), None);
        assert_eq!(Act::Deliver.read("1,5", Unit::Kilogram), Some(1_500.into()));
        assert_eq!(Act::Deliver.read("0", Unit::Piece), None);
        assert_eq!(Act::Count.read("0", Unit::Piece), Some(Quantity::ZERO));
        assert_eq!(Act::Deliver.read("1000001", Unit::Piece), None);
        assert_eq!(Act::Deliver.read("-4", Unit::Piece), None);
    }

    #[test]
    fn a_sale_meanwhile_is_no_delivery() {
        let (few, more) = (Quantity::pieces(2), Quantity::pieces(5));
        assert!(Act::Deliver.shows(few, more) && !Act::Deliver.shows(more, few));
        assert!(Act::Transfer.shows(more, few) && Act::Count.shows(few, more) && !Act::Count.shows(few, few));
    }
}
