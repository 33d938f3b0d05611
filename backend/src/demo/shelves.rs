//! What each store has on its shelves when the demo starts: a different stock in each, and a few products of which
//! little is left, so that selling one or two raises an alert.

use crate::model::derived;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use shared::event::{Event, StockItem, StockMovement};
use shared::ids::{Sku, StoreNo};
use shared::product::Product;
use shared::quantity::{Quantity, Unit};

/// How many products are in one delivery.
const DELIVERY: usize = 250;
/// Of how many products little is left in each store.
const SCARCE: usize = 8;

/// The deliveries that fill the shelves, and the count that finds little of some products.
pub fn fill(store: StoreNo, products: &[Product], at: Timestamp) -> Vec<Event> {
    let mut events: Vec<_> = products
        .chunks(DELIVERY)
        .enumerate()
        .map(|(place, chunk)| Event::Delivery(movement(store, &format!("delivery {place}"), full(store, chunk), at)))
        .collect();
    events.push(Event::StockCount(movement(store, "count", little(store, products), at)));
    events
}

fn movement(store: StoreNo, what: &str, items: Vec<StockItem>, at: Timestamp) -> StockMovement {
    let id = derived::event_id(&["demo", what, &store.to_string()]);
    StockMovement { id, items, at, by: None, counterpart: None }
}

fn full(store: StoreNo, products: &[Product]) -> Vec<StockItem> {
    products.iter().map(|product| StockItem { sku: product.sku.clone(), quantity: par(store, product) }).collect()
}

/// 40 to 200 pieces, or 20 to 60 kilograms.
fn par(store: StoreNo, product: &Product) -> Quantity {
    let draw = draw(store, &product.sku);
    match product.unit {
        Unit::Piece => Quantity::pieces(40 + draw % 161),
        Unit::Kilogram => Quantity::pieces(20 + draw % 41),
    }
}

/// The products that are scarce, with just so much that they do not run low yet.
fn little(store: StoreNo, products: &[Product]) -> Vec<StockItem> {
    let mut drawn: Vec<_> = products.iter().filter(|product| product.unit == Unit::Piece).collect();
    drawn.sort_by_key(|product| draw(store, &product.sku));
    let item =
        |product: &Product| StockItem { sku: product.sku.clone(), quantity: least(par(store, product), product) };
    drawn.into_iter().take(SCARCE).map(item).collect()
}

/// The least whole number of pieces that is not below the threshold.
fn least(par: Quantity, product: &Product) -> Quantity {
    let share = u64::from(u16::from(product.threshold.unwrap_or_default()));
    let pieces = (par.thousandths().unsigned_abs() * share).div_ceil(10_000 * 1_000);
    Quantity::pieces(u32::try_from(pieces).unwrap_or(1).max(1))
}

/// The same number for the same store and product, on every machine.
fn draw(store: StoreNo, sku: &Sku) -> u32 {
    let digest = Sha256::digest(format!("{store}/{sku}"));
    digest.iter().take(4).fold(0, |number, &byte| number << 8 | u32::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::stock::{StockLevel, Urgency};

    #[test]
    fn stores_differ_and_one_sale_makes_a_scarce_product_run_low() {
        let products = super::super::files::products();
        let (first, second) = (StoreNo::FIRST, StoreNo::try_from(2).unwrap());
        assert_ne!(full(first, &products), full(second, &products));
        for item in little(first, &products) {
            let product = products.iter().find(|product| product.sku == item.sku).unwrap();
            let mut level = StockLevel { on_hand: item.quantity, par: par(first, product), ..StockLevel::default() };
            level.threshold = product.threshold.unwrap_or_default();
            assert_eq!(level.urgency(), Urgency::Fine, "{}", item.sku);
            level.take(Quantity::ONE);
            assert_ne!(level.urgency(), Urgency::Fine, "{}", item.sku);
        }
    }
}
