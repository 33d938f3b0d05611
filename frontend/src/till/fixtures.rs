//! Products and times for tests.

use shared::product::Product;
use shared::quantity::Unit;
use shared::time::Moment;

pub(crate) fn product(name: &str, price: i32, unit: Unit) -> Product {
    Product {
        sku: name.to_uppercase().try_into().unwrap(),
        gtin: None,
        name: name.to_owned(),
        category: "Crèmerie".to_owned(),
        price: price.into(),
        tax: 550.try_into().unwrap(),
        unit,
        threshold: None,
    }
}

pub(crate) fn moment() -> Moment {
    "2026-11-23T14:32:07.250+01:00".parse().unwrap()
}
