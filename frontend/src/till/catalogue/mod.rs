//! The catalogue as a page holds it: by SKU, by barcode, by shelf, and ready to be searched. Pure, but for how its news are
//! fetched.

mod block;
mod draft;
mod news;

pub use draft::Draft;
pub use news::{News, let_go, news, prepared};

use block::Block;
use shared::ids::{Gtin, Sku};
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use shared::scan::{self, Scanned};
use shared::search::{self, Hit};
use std::sync::Arc;

/// A shelf and how many products stand on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// Its name.
    pub name: String,
    /// How many products.
    pub count: usize,
}

/// Everything that is sold.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    version: u64,
    /// By SKU.
    blocks: Vec<Arc<Block>>,
    shelves: Vec<Shelf>,
}

/// What a code stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A product.
    Product(Arc<Product>),
    /// A product and how much of it, by its label.
    Measured(Arc<Product>, Quantity),
    /// A product whose label does not fit its price or its unit.
    OddLabel(Arc<Product>),
    /// Nothing that is sold here.
    Unknown,
}

impl Catalogue {
    /// How many products there are.
    pub fn len(&self) -> usize {
        self.blocks.iter().map(|block| block.products.len()).sum()
    }

    /// The shelves, in the order of the catalogue.
    pub fn shelves(&self) -> &[Shelf] {
        &self.shelves
    }

    /// The place of a shelf among the others.
    pub fn shelf_of(&self, product: &Product) -> usize {
        self.shelves.iter().position(|shelf| shelf.name == product.category).unwrap_or(0)
    }

    /// All products, by SKU.
    pub fn products(&self) -> impl Iterator<Item = &Arc<Product>> {
        self.blocks.iter().flat_map(|block| &block.products)
    }

    /// A product by its place among all.
    pub fn nth(&self, mut place: usize) -> Option<&Arc<Product>> {
        for block in &self.blocks {
            match block.products.get(place) {
                Some(product) => return Some(product),
                None => place -= block.products.len(),
            }
        }
        None
    }

    /// A product by its SKU.
    pub fn get(&self, sku: &Sku) -> Option<&Arc<Product>> {
        let starts_before = |block: &Arc<Block>| block.products.first().is_some_and(|first| first.sku <= *sku);
        self.blocks.get(self.blocks.partition_point(starts_before).checked_sub(1)?)?.get(sku)
    }

    /// Up to `limit` products that match a search, the best first; without a search those of a shelf, or all.
    pub fn find(&self, query: &str, category: Option<usize>, limit: usize) -> Vec<Arc<Product>> {
        if query.trim().is_empty() {
            let chosen = category.and_then(|category| self.shelves.get(category));
            let stands_there = |product: &&Arc<Product>| chosen.is_none_or(|shelf| shelf.name == product.category);
            return self.products().filter(stands_there).take(limit).map(Arc::clone).collect();
        }
        let indexes: Vec<_> = self.blocks.iter().map(|block| &block.index).collect();
        let product = |hit: Hit| self.blocks.get(hit.index)?.products.get(hit.place).map(Arc::clone);
        search::find(&indexes, query, limit).into_iter().filter_map(product).collect()
    }

    /// What a scanned or typed code stands for.
    pub fn look_up(&self, code: &str) -> Found {
        let measured = |item: &Gtin, quantity: &dyn Fn(&Product) -> Option<Quantity>| {
            let product = self.by_gtin(item)?;
            Some(match quantity(product) {
                Some(quantity) => Found::Measured(Arc::clone(product), quantity),
                None => Found::OddLabel(Arc::clone(product)),
            })
        };
        let found = match scan::read(code) {
            Scanned::Item(gtin) => self.by_gtin(&gtin).map(|product| Found::Product(Arc::clone(product))),
            Scanned::Priced { item, price } => measured(&item, &|product| scan::quantity_for(product, price)),
            Scanned::Weighed { item, weight } => {
                measured(&item, &|product| (product.unit == Unit::Kilogram).then_some(weight))
            }
            Scanned::Other(text) => self.by_text(&text).map(|product| Found::Product(Arc::clone(product))),
        };
        found
            .or_else(|| Some(Found::Product(Arc::clone(self.by_gtin(&code.trim().parse().ok()?)?))))
            .unwrap_or(Found::Unknown)
    }

    /// A product by its barcode. UPC-A is EAN-13 less its leading zero, and scanners send either.
    fn by_gtin(&self, gtin: &Gtin) -> Option<&Arc<Product>> {
        let other = || match gtin.as_str().strip_prefix('0') {
            Some(upc) => upc.parse().ok(),
            None => format!("0{gtin}").parse().ok(),
        };
        self.by_exact_gtin(gtin).or_else(|| self.by_exact_gtin(&other()?))
    }

    fn by_exact_gtin(&self, gtin: &Gtin) -> Option<&Arc<Product>> {
        self.blocks.iter().find_map(|block| block.by_gtin(gtin))
    }

    fn by_text(&self, text: &str) -> Option<&Arc<Product>> {
        let exact = text.parse().ok().and_then(|sku| self.get(&sku));
        exact.or_else(|| text.to_ascii_uppercase().parse().ok().and_then(|sku| self.get(&sku)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::product;
    use shared::api::catalogue::CatalogueDelta;

    fn updated(catalogue: &Catalogue, delta: CatalogueDelta) -> Catalogue {
        let mut draft = Draft::of(catalogue);
        draft.take(delta);
        draft.done()
    }

    fn catalogue() -> Catalogue {
        let with = |name: &str, unit, gtin: &str| Product {
            gtin: (!gtin.is_empty()).then(|| gtin.parse().unwrap()),
            ..product(name, 250, unit)
        };
        let products = vec![
            with("Beurre", Unit::Piece, "4006381333931"),
            with("Comte", Unit::Kilogram, "2601424000003"),
            with("Cola", Unit::Piece, "036000291452"),
        ];
        let whole = CatalogueDelta { version: 1, complete: true, products, ..CatalogueDelta::default() };
        updated(&Catalogue::default(), whole)
    }

    fn name(found: &Found) -> &str {
        match found {
            Found::Product(product) | Found::Measured(product, _) | Found::OddLabel(product) => &product.name,
            Found::Unknown => "",
        }
    }

    #[test]
    fn codes_find_products_however_they_are_written() {
        let catalogue = catalogue();
        for (code, expected) in
            [("4006381333931", "Beurre"), ("beurre", "Beurre"), ("0036000291452", "Cola"), ("4006381333932", "")]
        {
            assert_eq!(name(&catalogue.look_up(code)), expected, "{code}");
        }
    }

    #[test]
    fn a_weight_label_says_how_much() {
        let label = (0..10).map(|check| format!("260142400312{check}")).find(|code| code.parse::<Gtin>().is_ok());
        let found = catalogue().look_up(&label.unwrap());
        assert!(
            matches!(&found, Found::Measured(product, quantity) if product.name == "Comte" && *quantity == 312.into())
        );
        assert!(matches!(catalogue().look_up("2601424000003"), Found::Product(_)));
    }

    #[test]
    fn a_delta_changes_adds_and_removes() {
        let removed = vec!["BEURRE".parse().unwrap()];
        let products = vec![product("Sel", 50, Unit::Piece)];
        let delta = CatalogueDelta { version: 2, products, removed, ..CatalogueDelta::default() };
        let catalogue = updated(&catalogue(), delta);
        assert_eq!((catalogue.len(), catalogue.version), (3, 2));
        assert_eq!(catalogue.look_up("4006381333931"), Found::Unknown);
        let name = |place| catalogue.nth(place).map(|product| product.name.as_str());
        assert_eq!([name(0), name(2), name(3)], [Some("Cola"), Some("Sel"), None]);
    }
}
