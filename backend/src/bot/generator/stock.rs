//! What is on the shelves when a run starts.

use super::{Assortment, Seed, StoreIndex, Stream};
use rand::RngExt;
use shared::event::StockItem;
use shared::quantity::Quantity;

/// A case, in pieces or kilograms: shelves are filled by the case.
const CASE: u32 = 12;
/// One in this many products is a best-seller and has a wider shelf.
const BEST_SELLERS: usize = 20;

/// The first delivery of a store: 2 to 20 cases of each product, four times as much of best-sellers.
pub fn opening_stock(assortment: &Assortment, seed: Seed, store: StoreIndex) -> Vec<StockItem> {
    let mut rng = seed.stream(Stream::Stock(store));
    let products = assortment.ranked();
    let item = |(rank, product): (usize, &shared::product::Product)| {
        let width = if rank < products.len() / BEST_SELLERS { 4 } else { 1 };
        let quantity = Quantity::pieces(CASE * width * rng.random_range(2..=20));
        StockItem { sku: product.sku.clone(), quantity }
    };
    products.iter().enumerate().map(item).collect()
}
