//! The catalogue as documents: one per product. The kind's revision is the catalogue's version.

use crate::store::documents::Document;
use serde::{Deserialize, Serialize};
use shared::money::Money;
use shared::product::Product;

/// A product and what the intake needs to know of its past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductDocument {
    /// The product.
    pub product: Product,
    /// What it cost before its last change of price: a receipt on its way while the price changed is no finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_before: Option<Money>,
}

impl Document for ProductDocument {
    const KIND: &'static str = "product";
}

impl ProductDocument {
    /// The document of a product that takes the place of `before`.
    pub fn replacing(before: Option<&Self>, product: Product) -> Self {
        let price_before = before.and_then(|before| {
            if before.product.price == product.price { before.price_before } else { Some(before.product.price) }
        });
        Self { product, price_before }
    }

    /// Whether it is, or was until its last change, sold at this price.
    pub fn had_price(&self, price: Money) -> bool {
        self.product.price == price || self.price_before == Some(price)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::quantity::Unit;

    fn product(price: i32) -> Product {
        Product {
            sku: "A".parse().unwrap(),
            gtin: None,
            name: "A".to_owned(),
            category: String::new(),
            price: price.into(),
            tax: 550.try_into().unwrap(),
            unit: Unit::Piece,
            threshold: None,
        }
    }

    #[test]
    fn the_price_before_is_remembered_until_the_next_change_of_price() {
        let first = ProductDocument::replacing(None, product(100));
        let second = ProductDocument::replacing(Some(&first), product(120));
        let renamed = ProductDocument::replacing(Some(&second), Product { name: "B".to_owned(), ..product(120) });
        assert!(renamed.had_price(100.into()) && renamed.had_price(120.into()));
        let third = ProductDocument::replacing(Some(&renamed), product(130));
        assert!(!third.had_price(100.into()));
    }
}
