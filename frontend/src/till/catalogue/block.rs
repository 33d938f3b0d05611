//! Products that stand next to each other, by SKU: what is sorted and indexed in one go.

use super::Shelf;
use shared::ids::{Gtin, Sku};
use shared::product::Product;
use shared::search::Index;
use std::sync::Arc;

/// How many products a block holds at most: few enough that a slow machine prepares them within a frame or two.
pub(super) const SIZE: usize = 2_048;

/// Neighbours by SKU, ready to be found.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// By SKU.
    pub(super) products: Vec<Arc<Product>>,
    /// The places of those that have a barcode, by barcode.
    by_gtin: Vec<usize>,
    /// In no order.
    pub(super) shelves: Vec<Shelf>,
    pub(super) index: Index,
}

impl Block {
    /// Prepares products, which come by SKU.
    pub(super) fn of(products: Vec<Arc<Product>>) -> Self {
        let gtin = |place: usize| products.get(place).and_then(|product| product.gtin.as_ref());
        let mut by_gtin = Vec::new();
        // One by one, since each sort costs the program a kilobyte; barcodes mostly come in their order.
        for place in (0..products.len()).filter(|&place| gtin(place).is_some()) {
            by_gtin.insert(by_gtin.partition_point(|&before| gtin(before) <= gtin(place)), place);
        }
        let mut shelves = Vec::new();
        for product in &products {
            count(&mut shelves, &product.category);
        }
        let index = Index::new(products.iter().map(AsRef::as_ref));
        Self { products, by_gtin, shelves, index }
    }

    /// A product by its SKU.
    pub(super) fn get(&self, sku: &Sku) -> Option<&Arc<Product>> {
        self.products.get(place(&self.products, sku).ok()?)
    }

    /// A product by its barcode, as it is written.
    pub(super) fn by_gtin(&self, gtin: &Gtin) -> Option<&Arc<Product>> {
        let own = |&place: &usize| self.products.get(place).and_then(|product| product.gtin.as_ref());
        // Most blocks are passed over by a look at their ends.
        let (first, last) = (own(self.by_gtin.first()?), own(self.by_gtin.last()?));
        if Some(gtin) < first || Some(gtin) > last {
            return None;
        }
        let place = self.by_gtin.binary_search_by(|place| own(place).cmp(&Some(gtin))).ok()?;
        self.products.get(*self.by_gtin.get(place)?)
    }
}

/// Where a product stands among others by SKU, or where it would.
pub(super) fn place(products: &[Arc<Product>], sku: &Sku) -> Result<usize, usize> {
    products.binary_search_by(|product| product.sku.cmp(sku))
}

/// Counts a product to a shelf. Neighbours by SKU mostly share one, so the last one found is looked at first.
fn count(shelves: &mut Vec<Shelf>, name: &str) {
    match shelves.iter_mut().rev().find(|shelf| shelf.name == name) {
        Some(shelf) => shelf.count += 1,
        None => shelves.push(Shelf { name: name.to_owned(), count: 1 }),
    }
}
