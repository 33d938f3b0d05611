//! The catalogue as the till holds it: by SKU, by barcode, by shelf, and ready to be searched. Pure.

use shared::api::catalogue::CatalogueDelta;
use shared::ids::{Gtin, Sku};
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use shared::scan::{self, Scanned};
use shared::search::Index;
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
    products: Vec<Arc<Product>>,
    /// The places of those that have a barcode, by barcode.
    by_gtin: Vec<usize>,
    shelves: Vec<Shelf>,
    index: Index,
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
    /// The catalogue after a delta, which may be all of it.
    #[must_use]
    pub fn updated(&self, delta: CatalogueDelta) -> Self {
        let version = delta.version;
        Self::of(version, merged(self.products.clone(), delta))
    }

    /// The catalogue that was kept: all of it, and the changes since, in their order.
    pub fn of_kept(deltas: Vec<CatalogueDelta>) -> Self {
        if deltas.first().is_none_or(|delta| !delta.complete) {
            return Self::default();
        }
        let (mut version, mut products) = (0, Vec::new());
        for delta in deltas {
            version = delta.version;
            products = merged(products, delta);
        }
        Self::of(version, products)
    }

    fn of(version: u64, mut products: Vec<Arc<Product>>) -> Self {
        products.sort_unstable_by(|a, b| a.sku.cmp(&b.sku));
        let gtin = |place: usize| products.get(place).and_then(|product| product.gtin.as_ref());
        let mut by_gtin: Vec<_> = (0..products.len()).filter(|&place| gtin(place).is_some()).collect();
        by_gtin.sort_unstable_by(|&a, &b| gtin(a).cmp(&gtin(b)));
        let index = Index::new(products.iter().map(AsRef::as_ref));
        Self { version, by_gtin, shelves: shelves(&products), index, products }
    }

    /// Its version.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// How many products there are.
    pub fn len(&self) -> usize {
        self.products.len()
    }

    /// The shelves, in the order of the catalogue.
    pub fn shelves(&self) -> &[Shelf] {
        &self.shelves
    }

    /// The place of a shelf among the others.
    pub fn shelf_of(&self, product: &Product) -> usize {
        self.shelves.iter().position(|shelf| shelf.name == product.category).unwrap_or(0)
    }

    /// All products.
    pub fn products(&self) -> &[Arc<Product>] {
        &self.products
    }

    /// A product by its SKU.
    pub fn get(&self, sku: &Sku) -> Option<&Arc<Product>> {
        let place = self.products.binary_search_by(|product| product.sku.cmp(sku)).ok()?;
        self.products.get(place)
    }

    /// Up to `limit` products that match a search, the best first; without a search those of a shelf, or all.
    pub fn find(&self, query: &str, category: Option<usize>, limit: usize) -> Vec<Arc<Product>> {
        if query.trim().is_empty() {
            let chosen = category.and_then(|category| self.shelves.get(category));
            let stands_there = |product: &&Arc<Product>| chosen.is_none_or(|shelf| shelf.name == product.category);
            return self.products.iter().filter(stands_there).take(limit).map(Arc::clone).collect();
        }
        let hits = self.index.find(query, limit);
        hits.into_iter().filter_map(|place| self.products.get(place)).map(Arc::clone).collect()
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
        let own = |&place: &usize| self.products.get(place).and_then(|product| product.gtin.as_ref());
        let place = self.by_gtin.binary_search_by(|place| own(place).cmp(&Some(gtin))).ok()?;
        self.products.get(*self.by_gtin.get(place)?)
    }

    fn by_text(&self, text: &str) -> Option<&Arc<Product>> {
        let exact = text.parse().ok().and_then(|sku| self.get(&sku));
        exact.or_else(|| text.to_ascii_uppercase().parse().ok().and_then(|sku| self.get(&sku)))
    }
}

/// The products after a delta, in no order.
fn merged(mut products: Vec<Arc<Product>>, mut delta: CatalogueDelta) -> Vec<Arc<Product>> {
    delta.removed.extend(delta.products.iter().map(|product| product.sku.clone()));
    delta.removed.sort_unstable();
    products.retain(|product| !delta.complete && delta.removed.binary_search(&product.sku).is_err());
    products.extend(delta.products.into_iter().map(Arc::new));
    products
}

fn shelves(products: &[Arc<Product>]) -> Vec<Shelf> {
    let mut shelves = Vec::<Shelf>::new();
    for product in products {
        // Neighbours by SKU mostly share a shelf, so the last one found is looked at first.
        match shelves.iter_mut().rev().find(|shelf| shelf.name == product.category) {
            Some(shelf) => shelf.count += 1,
            None => shelves.push(Shelf { name: product.category.clone(), count: 1 }),
        }
    }
    shelves.sort_unstable_by_key(|shelf| shared::search::fold(&shelf.name));
    shelves
}

/// Splits `3 × pomme` into the quantity and what is searched for. A plain `x` counts only where no name can go on.
pub fn split_multiplier(text: &str) -> (Option<Quantity>, &str) {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(text.len());
    let (figure, rest) = text.split_at(end);
    let rest = rest.trim_start();
    let after = rest.strip_prefix(['×', '*']).or_else(|| {
        rest.strip_prefix(['x', 'X']).filter(|after| after.is_empty() || after.starts_with(char::is_whitespace))
    });
    match (after, crate::format::parse_quantity(figure)) {
        (Some(after), Some(quantity)) if quantity > Quantity::ZERO => (Some(quantity), after.trim_start()),
        _ => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::product;

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
        Catalogue::default().updated(CatalogueDelta { version: 1, complete: true, products, removed: vec![] })
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
        let delta =
            CatalogueDelta { version: 2, complete: false, products: vec![product("Sel", 50, Unit::Piece)], removed };
        let catalogue = catalogue().updated(delta);
        assert_eq!((catalogue.len(), catalogue.version()), (3, 2));
        assert_eq!(catalogue.look_up("4006381333931"), Found::Unknown);
    }

    #[test]
    fn a_multiplier_is_told_from_a_name() {
        assert_eq!(split_multiplier("3×pom"), (Some(Quantity::pieces(3)), "pom"));
        assert_eq!(split_multiplier("12 * "), (Some(Quantity::pieces(12)), ""));
        assert_eq!(split_multiplier("0,84x"), (Some(Quantity::from(840)), ""));
        assert_eq!(split_multiplier("6x1 L"), (None, "6x1 L"));
        assert_eq!(split_multiplier("0× a"), (None, "0× a"));
        assert_eq!(split_multiplier("4006381333931"), (None, "4006381333931"));
    }

    #[test]
    fn what_was_kept_is_what_was_there() {
        let milk = |price| product("Lait", price, Unit::Piece);
        let whole = CatalogueDelta {
            version: 3,
            complete: true,
            products: vec![milk(99), product("Sel", 50, Unit::Piece)],
            removed: vec![],
        };
        let change = CatalogueDelta {
            version: 5,
            complete: false,
            products: vec![milk(109)],
            removed: vec!["SEL".parse().unwrap()],
        };
        let kept = Catalogue::of_kept(vec![whole.clone(), change.clone()]);
        let live = Catalogue::default().updated(whole).updated(change.clone());
        assert_eq!((kept.version(), kept.products()), (5, live.products()));
        assert_eq!(Catalogue::of_kept(vec![change]).version(), 0);
    }
}
