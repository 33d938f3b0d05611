//! Stock levels and when they run low.

use crate::money::div_round;
use crate::mutant::Mutant;
use crate::quantity::Quantity;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A share of par in basis points, 0 to 10,000; 10 % unless a product says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u16", into = "u16")]
pub struct Threshold(u16);

impl Default for Threshold {
    fn default() -> Self {
        Self(1000)
    }
}

/// A threshold above 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a threshold is 0 to 10000 basis points")]
pub struct InvalidThreshold;

impl TryFrom<u16> for Threshold {
    type Error = InvalidThreshold;

    fn try_from(basis_points: u16) -> Result<Self, InvalidThreshold> {
        (basis_points <= 10_000).then_some(Self(basis_points)).ok_or(InvalidThreshold)
    }
}

impl From<Threshold> for u16 {
    fn from(threshold: Threshold) -> Self {
        threshold.0
    }
}

/// How much of one product one store has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockLevel {
    /// What is there; below zero when more was sold than was known of.
    pub on_hand: Quantity,
    /// What a full shelf holds: the highest level that a delivery has led to.
    pub par: Quantity,
    /// Below which share of par it runs low.
    #[serde(default)]
    pub threshold: Threshold,
    /// When it was last counted.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::time::rfc3339::optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub counted_at: Option<Timestamp>,
}

/// How urgent a level is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Nothing left, or less than nothing.
    Out,
    /// Less than the threshold's share of par is left.
    Low,
    /// Enough.
    Fine,
}

impl StockLevel {
    /// How urgent the level is: strictly less than the threshold's share of par is low, zero and below is out.
    pub fn urgency(&self) -> Urgency {
        let (on_hand, par) = (i128::from(self.on_hand.thousandths()), i128::from(self.par.thousandths()));
        if on_hand <= 0 {
            Urgency::Out
        } else if on_hand * 10_000 < par * i128::from(self.threshold.0) + i128::from(Mutant::ThresholdIsLow.is_on()) {
            Urgency::Low
        } else {
            Urgency::Fine
        }
    }

    /// What is left of par, in percent, 0 to 100.
    pub fn percent_left(&self) -> u8 {
        let (on_hand, par) = (i128::from(self.on_hand.thousandths()), i128::from(self.par.thousandths()));
        let percent = if par <= 0 { if on_hand > 0 { 100 } else { 0 } } else { div_round(on_hand * 100, par) };
        u8::try_from(percent.clamp(0, 100)).unwrap_or(0)
    }

    /// Goods leave: a sale, or a transfer to another store. What a refund brings back is below zero.
    pub fn take(&mut self, quantity: Quantity) {
        self.on_hand = self.on_hand.saturating_minus(quantity);
    }

    /// Goods arrive; par follows the new level upwards, never downwards.
    pub fn deliver(&mut self, quantity: Quantity) {
        self.on_hand = self.on_hand.saturating_plus(quantity);
        self.par = if Mutant::DeliveryLowersPar.is_on() { self.on_hand } else { self.par.max(self.on_hand) };
    }

    /// Somebody counted what is there.
    pub fn count(&mut self, on_hand: Quantity, at: Timestamp) {
        self.on_hand = on_hand;
        self.counted_at = Some(self.counted_at.map_or(at, |before| before.max(at)));
    }

    /// Whether a sale or refund issued `at` was over before the last count, which has seen its effect already.
    pub fn is_counted_since(&self, at: Timestamp) -> bool {
        self.counted_at.is_some_and(|counted| at < counted) && !Mutant::CountIgnoresItsTime.is_on()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn level(on_hand: i32, par: i32) -> StockLevel {
        StockLevel { on_hand: on_hand.into(), par: par.into(), ..StockLevel::default() }
    }

    #[test]
    fn ten_percent_is_fine_and_less_is_low() {
        assert_eq!(level(2_000, 20_000).urgency(), Urgency::Fine);
        assert_eq!(level(1_999, 20_000).urgency(), Urgency::Low);
        assert_eq!(level(0, 20_000).urgency(), Urgency::Out);
        assert_eq!(level(-1, 0).urgency(), Urgency::Out);
        assert_eq!(level(1, 0).urgency(), Urgency::Fine);
    }

    #[test]
    fn a_delivery_never_lowers_par() {
        let mut stock = level(-5_000, 20_000);
        stock.deliver(10_000.into());
        assert_eq!((stock.on_hand, stock.par), (5_000.into(), 20_000.into()));
        stock.deliver(30_000.into());
        assert_eq!(stock.par, 35_000.into());
    }

    #[test]
    fn only_sales_before_a_count_are_counted_already() {
        let mut stock = level(5_000, 20_000);
        let noon = Timestamp::from_second(43_200).unwrap();
        stock.count(4_000.into(), noon);
        assert!(stock.is_counted_since(Timestamp::from_second(43_199).unwrap()));
        assert!(!stock.is_counted_since(noon));
    }

    proptest! {
        #[test]
        fn deliveries_less_sales_are_what_is_left(moves in prop::collection::vec(-50_000_i32..50_000, 0..100)) {
            let mut stock = StockLevel::default();
            for &quantity in &moves {
                if quantity >= 0 { stock.deliver(quantity.into()) } else { stock.take((-quantity).into()) }
            }
            let sum: i64 = moves.iter().map(|&q| i64::from(q)).sum();
            prop_assert_eq!(stock.on_hand.thousandths(), sum);
            prop_assert!(stock.par >= stock.on_hand.max(Quantity::ZERO));
        }
    }
}
