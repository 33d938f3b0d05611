//! What is sold.

use crate::ids::{Gtin, Sku};
use crate::money::Money;
use crate::quantity::Unit;
use crate::stock::Threshold;
use crate::tax::TaxRate;
use serde::{Deserialize, Serialize};

/// A product of the chain's catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The chain's own name for it.
    pub sku: Sku,
    /// What its barcode says, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Gtin>,
    /// What tile and receipt say, 1 to [`Product::MAX_NAME`] characters.
    pub name: String,
    /// The shelf it stands on, at most [`Product::MAX_NAME`] characters.
    pub category: String,
    /// Price per piece or kilogram, tax included; not negative.
    pub price: Money,
    /// Its rate of tax.
    pub tax: TaxRate,
    /// What it is sold by.
    #[serde(default)]
    pub unit: Unit,
    /// Below which share of par it runs low; the chain's default where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Threshold>,
}

/// What is wrong with a product.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProduct {
    /// No name, or one that no receipt can print.
    #[error("the name is empty, longer than 80 characters or holds control characters")]
    Name,
    /// A category that no chip can show.
    #[error("the category is longer than 80 characters or holds control characters")]
    Category,
    /// A price below zero or above a million.
    #[error("the price is below zero or above 1,000,000.00")]
    Price,
}

impl Product {
    /// The longest name and category, in characters.
    pub const MAX_NAME: usize = 80;
    /// The highest price, in minor units: a million. More is a slip of the keyboard.
    pub const MAX_PRICE: i64 = 100_000_000;

    /// Checks what the types cannot.
    pub fn validate(&self) -> Result<(), InvalidProduct> {
        if self.name.trim().is_empty() || !is_printable(&self.name) {
            return Err(InvalidProduct::Name);
        }
        if !is_printable(&self.category) {
            return Err(InvalidProduct::Category);
        }
        (0..=Self::MAX_PRICE).contains(&self.price.minor()).then_some(()).ok_or(InvalidProduct::Price)
    }
}

fn is_printable(text: &str) -> bool {
    text.chars().count() <= Product::MAX_NAME && !text.chars().any(char::is_control)
}
