//! What the bot's customers buy and how they pay. Pure: the same seed buys the same.

use shared::payment::TenderKind;
use shared::quantity::{Quantity, Unit};

/// A customer after the other.
#[derive(Debug, Clone)]
pub struct Shopper {
    state: u64,
}

impl Shopper {
    /// Customers as a seed makes them.
    pub const fn of_seed(seed: u64) -> Self {
        Self { state: seed | 1 }
    }

    /// A number below `bound` (xorshift64*, Vigna 2016: enough for shopping).
    fn below(&mut self, bound: u64) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        ((self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) * bound) >> 32
    }

    /// How many lines a customer buys: mostly few, now and then a trolley.
    pub fn lines(&mut self) -> usize {
        let small = 1 + self.below(5);
        let more = if self.below(5) == 0 { self.below(14) } else { 0 };
        usize::try_from(small + more).unwrap_or(1)
    }

    /// Which of `count` products: the first are far more popular than the last.
    pub fn product(&mut self, count: usize) -> usize {
        let (count, share) = (count as u64, self.below(1 << 16));
        usize::try_from((share * share * count) >> 32).unwrap_or(0)
    }

    /// How much of it.
    pub fn quantity(&mut self, unit: Unit) -> Quantity {
        match unit {
            Unit::Piece if self.below(4) > 0 => Quantity::ONE,
            Unit::Piece => Quantity::pieces(u32::try_from(2 + self.below(4)).unwrap_or(2)),
            Unit::Kilogram => Quantity::from(i32::try_from(120 + self.below(1_300)).unwrap_or(500)),
        }
    }

    /// How it is paid.
    pub fn tender(&mut self) -> TenderKind {
        if self.below(3) == 0 { TenderKind::Cash } else { TenderKind::Card }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_buys_the_same() {
        let buy = |seed| {
            let mut shopper = Shopper::of_seed(seed);
            (0..50).map(|_| (shopper.lines(), shopper.product(540))).collect::<Vec<_>>()
        };
        assert_eq!(buy(7), buy(7));
        assert_ne!(buy(7), buy(8));
    }

    #[test]
    fn everything_bought_can_be_sold() {
        let mut shopper = Shopper::of_seed(42);
        for _ in 0..2_000 {
            assert!((1..=19).contains(&shopper.lines()));
            assert!(shopper.product(540) < 540);
            for unit in [Unit::Piece, Unit::Kilogram] {
                assert!(shopper.quantity(unit).fits_line(unit));
            }
        }
    }
}
