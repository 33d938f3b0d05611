//! What the stores sell.

use shared::product::Product;
use shared::quantity::Unit;

/// So many products at different prices and rates, some of them weighed.
pub fn products(count: u32) -> Vec<Product> {
    (1..=count).map(product).collect()
}

fn product(no: u32) -> Product {
    let price = i32::try_from(no * 137 % 900 + 45).unwrap();
    let rate: u16 = if no.is_multiple_of(3) { 2000 } else { 550 };
    Product {
        sku: format!("P{no}").parse().unwrap(),
        gtin: None,
        name: format!("Product {no}"),
        category: String::new(),
        price: price.into(),
        tax: rate.try_into().unwrap(),
        unit: if no.is_multiple_of(4) { Unit::Kilogram } else { Unit::Piece },
        threshold: None,
    }
}
