//! What a customer buys.

use super::Assortment;
use rand::{Rng, RngExt};
use shared::basket::{Basket, BasketError};
use shared::quantity::{Quantity, Unit};

/// The most products in one basket; a trolley holds no more.
const MOST_PRODUCTS: u32 = 60;
/// The most pieces of one product; more is a tradesman's order.
const MOST_PIECES: u32 = 12;

/// Fills a basket.
///
/// The number of products is 1 and two geometric draws: few customers buy one, most buy some, a few buy many; the mean
/// is 5 and the tail long.
pub fn fill(assortment: &Assortment, rng: &mut impl Rng) -> Result<Basket, BasketError> {
    let products = (1 + run_of_luck(rng, 2, 3) + run_of_luck(rng, 2, 3)).min(MOST_PRODUCTS);
    let mut basket = Basket::default();
    for _ in 0..products {
        let product = assortment.pick(rng);
        basket.add(product, quantity(product.unit, rng))?;
    }
    Ok(basket)
}

/// Mostly one piece; of weighed goods 120 g to 2.1 kg, small amounts more often.
fn quantity(unit: Unit, rng: &mut impl Rng) -> Quantity {
    match unit {
        Unit::Piece => Quantity::pieces((1 + run_of_luck(rng, 1, 5)).min(MOST_PIECES)),
        Unit::Kilogram => {
            let grams = || rng.random_range(0..2_000_i32);
            let smaller = std::iter::repeat_with(grams).take(2).min().unwrap_or(0);
            (120 + smaller).into()
        }
    }
}

/// How often in a row a chance of `hits` in `of` came true: a geometric draw.
fn run_of_luck(rng: &mut impl Rng, hits: u32, of: u32) -> u32 {
    let mut count = 0;
    while count < MOST_PRODUCTS && rng.random_ratio(hits, of) {
        count += 1;
    }
    count
}
