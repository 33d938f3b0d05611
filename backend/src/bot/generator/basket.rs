//! What a customer buys.

use super::Assortment;
use rand::{Rng, RngExt};
use shared::basket::{Basket, BasketError};
use shared::discount::{Percent, Reduction};
use shared::quantity::{Quantity, Unit};

/// The most products in one basket; a trolley holds no more.
const MOST_PRODUCTS: u32 = 60;
/// The most pieces of one product; more is a tradesman's order.
const MOST_PIECES: u32 = 12;

/// One in this many baskets has a discount on a line, and as many have one on all of it.
const REDUCED: u32 = 40;

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
    reduce(&mut basket, rng)?;
    Ok(basket)
}

/// Takes something off the first line of a few baskets, and off all of some others.
fn reduce(basket: &mut Basket, rng: &mut impl Rng) -> Result<(), BasketError> {
    if let Some(line) = basket.lines().first().map(|line| line.n)
        && rng.random_ratio(1, REDUCED)
    {
        basket.reduce_line(line, some_percent(rng))?;
    }
    if rng.random_ratio(1, REDUCED) {
        basket.reduce(some_percent(rng))?;
    }
    Ok(())
}

/// Five to fifty percent, by fives.
fn some_percent(rng: &mut impl Rng) -> Option<Reduction> {
    Percent::try_from(500 * rng.random_range(1..=10_u16)).ok().map(Reduction::Percent)
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
