//! What the stores sell, and how often each product is bought.

use super::{Seed, Stream};
use rand::Rng;
use rand::distr::Distribution;
use rand::distr::weighted::WeightedIndex;
use rand::seq::SliceRandom;
use shared::product::Product;

/// The catalogue has no product, so there is nothing to draw from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the catalogue is empty, so there is nothing to sell: import products first")]
pub struct NothingToSell;

/// The catalogue in order of popularity, the same in all stores of a run.
///
/// Popularity follows Zipf's law with exponent 1: the product of rank n is bought 1/n times as often as the first,
/// which is what turnover data of supermarkets come close to.
#[derive(Debug, Clone)]
pub struct Assortment {
    ranked: Vec<Product>,
    popularity: WeightedIndex<u64>,
}

impl Assortment {
    /// The weight of the most popular product: large enough for the last of a million to keep a weight of its own.
    const FIRST_WEIGHT: u64 = 1_000_000_000;

    /// Draws how popular each product is; the order of `products` does not matter.
    pub fn new(mut products: Vec<Product>, seed: Seed) -> Result<Self, NothingToSell> {
        products.sort_by(|a, b| a.sku.cmp(&b.sku));
        products.shuffle(&mut seed.stream(Stream::Popularity));
        let weights = (1..).take(products.len()).map(|rank: u64| (Self::FIRST_WEIGHT / rank).max(1));
        let popularity = WeightedIndex::new(weights).map_err(|_| NothingToSell)?;
        Ok(Self { ranked: products, popularity })
    }

    /// The products, the most popular first.
    pub fn ranked(&self) -> &[Product] {
        &self.ranked
    }

    /// What a customer takes from the shelf next.
    pub(super) fn pick(&self, rng: &mut impl Rng) -> &Product {
        &self.ranked[self.popularity.sample(rng)]
    }
}
