//! A catalogue in the making. Whoever makes one does so step by step, so that a page has time for its people in between.

use super::block::{self, Block, SIZE};
use super::{Catalogue, Shelf};
use shared::api::catalogue::CatalogueDelta;
use shared::ids::Sku;
use shared::product::Product;
use shared::search::fold;
use std::sync::Arc;

/// Neighbours by SKU in a draft.
#[derive(Debug)]
enum Part {
    /// As they were.
    Ready(Arc<Block>),
    /// Changed, and not prepared again yet.
    Changed(Vec<Arc<Product>>),
}

impl Part {
    fn products(&self) -> &Vec<Arc<Product>> {
        match self {
            Self::Ready(block) => &block.products,
            Self::Changed(products) => products,
        }
    }

    fn change(&mut self) -> &mut Vec<Arc<Product>> {
        if let Self::Ready(block) = self {
            *self = Self::Changed(block.products.clone());
        }
        match self {
            Self::Changed(products) => products,
            Self::Ready(_) => unreachable!("it has just been changed"),
        }
    }
}

/// A catalogue that takes deltas until it is done.
#[derive(Debug, Default)]
pub struct Draft {
    version: u64,
    /// Whether the last delta was a page with others behind it.
    goes_on: bool,
    /// By SKU, none of them empty.
    parts: Vec<Part>,
}

impl Draft {
    /// Starts from a catalogue.
    pub fn of(catalogue: &Catalogue) -> Self {
        let parts = catalogue.blocks.iter().map(|block| Part::Ready(Arc::clone(block))).collect();
        Self { version: catalogue.version, goes_on: false, parts }
    }

    /// The version that it has got to.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Takes the next delta. Changes to nothing say nothing.
    pub fn take(&mut self, delta: CatalogueDelta) {
        if delta.complete {
            self.parts.clear();
        } else if self.version == 0 {
            return;
        }
        // Pages are read one after the other, so that a later one may know of what an earlier one missed.
        self.version = if self.goes_on && !delta.complete { self.version.min(delta.version) } else { delta.version };
        self.goes_on = delta.next.is_some();
        for sku in &delta.removed {
            self.remove(sku);
        }
        for product in delta.products {
            self.put(product);
        }
    }

    fn put(&mut self, product: Product) {
        let at = self.part_of(&product.sku);
        if self.parts.is_empty() {
            self.parts.push(Part::Changed(Vec::new()));
        }
        let is_last = at + 1 == self.parts.len();
        let Some(products) = self.parts.get_mut(at).map(Part::change) else { return };
        let (Ok(place) | Err(place)) = block::place(products, &product.sku);
        match products.get_mut(place).filter(|held| held.sku == product.sku) {
            Some(held) => *held = Arc::new(product),
            None => products.insert(place, Arc::new(product)),
        }
        if products.len() > SIZE {
            // What comes in order fills one part after the other.
            let rest = products.split_off(if is_last { SIZE } else { SIZE / 2 });
            self.parts.insert(at + 1, Part::Changed(rest));
        }
    }

    fn remove(&mut self, sku: &Sku) {
        let at = self.part_of(sku);
        let Some(part) = self.parts.get_mut(at) else { return };
        let Ok(place) = block::place(part.products(), sku) else { return };
        let products = part.change();
        products.remove(place);
        if products.is_empty() {
            self.parts.remove(at);
        }
    }

    /// The part in which a SKU stands, or would.
    fn part_of(&self, sku: &Sku) -> usize {
        let starts_before = |part: &Part| part.products().first().is_some_and(|first| first.sku <= *sku);
        self.parts.partition_point(starts_before).saturating_sub(1)
    }

    /// Prepares one of the parts that changed; whether there was one.
    pub fn prepare(&mut self) -> bool {
        for part in &mut self.parts {
            if let Part::Changed(products) = part {
                *part = Part::Ready(Arc::new(Block::of(std::mem::take(products))));
                return true;
            }
        }
        false
    }

    /// The catalogue, once everything is prepared. Where pages are missing it has no version, so that all of it is fetched.
    pub fn done(mut self) -> Catalogue {
        while self.prepare() {}
        let ready = |part| match part {
            Part::Ready(block) => Some(block),
            Part::Changed(_) => None,
        };
        let blocks: Vec<_> = self.parts.into_iter().filter_map(ready).collect();
        let version = if self.goes_on { 0 } else { self.version };
        Catalogue { version, shelves: shelves(&blocks), blocks }
    }
}

/// The shelves of all blocks, as in a dictionary.
fn shelves(blocks: &[Arc<Block>]) -> Vec<Shelf> {
    let mut shelves = Vec::<Shelf>::new();
    for shelf in blocks.iter().flat_map(|block| &block.shelves) {
        if let Some(same) = shelves.iter_mut().find(|same| same.name == shelf.name) {
            same.count += shelf.count;
        } else {
            let name = fold(&shelf.name);
            shelves.insert(shelves.partition_point(|before| fold(&before.name) <= name), shelf.clone());
        }
    }
    shelves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::product;
    use proptest::prelude::*;
    use shared::quantity::Unit;
    use std::collections::BTreeMap;

    fn milk(number: u32, price: i32) -> Product {
        product(&format!("Lait-{number:06}"), price, Unit::Piece)
    }

    fn whole(products: Vec<Product>) -> CatalogueDelta {
        CatalogueDelta { version: 1, complete: true, products, ..CatalogueDelta::default() }
    }

    fn skus(catalogue: &Catalogue) -> Vec<Sku> {
        catalogue.products().map(|product| product.sku.clone()).collect()
    }

    #[test]
    fn only_what_a_delta_touches_is_prepared_again() {
        let mut draft = Draft::default();
        draft.take(whole((0..10_000).map(|number| milk(number, 100)).collect()));
        let before = draft.done();
        let mut draft = Draft::of(&before);
        draft.take(CatalogueDelta { version: 2, products: vec![milk(5_000, 99)], ..CatalogueDelta::default() });
        assert_eq!((draft.prepare(), draft.prepare()), (true, false));
        let after = draft.done();
        let same = before.blocks.iter().zip(&after.blocks).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        assert_eq!((same, before.blocks.len(), after.len()), (4, 5, 10_000));
    }

    #[test]
    fn pages_lead_to_the_lowest_of_their_versions_and_what_is_changed_after_them_further() {
        let page = |version, complete, number, next: Option<&str>| CatalogueDelta {
            version,
            complete,
            products: vec![milk(number, 100)],
            next: next.map(|sku| sku.parse().unwrap()),
            ..CatalogueDelta::default()
        };
        let mut draft = Draft::default();
        for delta in [page(8, true, 1, Some("A")), page(7, false, 2, Some("B")), page(9, false, 3, None)] {
            draft.take(delta);
        }
        assert_eq!(draft.version(), 7);
        draft.take(page(9, false, 4, None));
        assert_eq!((draft.version(), draft.done().len()), (9, 4));
    }

    #[test]
    fn changes_to_nothing_say_nothing() {
        let mut draft = Draft::default();
        draft.take(CatalogueDelta { version: 5, products: vec![milk(1, 1)], ..CatalogueDelta::default() });
        assert_eq!((draft.version(), draft.done().len()), (0, 0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn it_holds_what_a_map_would(changes in prop::collection::vec((0_u32..9_000, 1_i32..900, any::<bool>()), 1..4_000)) {
            let mut draft = Draft::default();
            draft.take(whole((0..6_000).map(|number| milk(number, 100)).collect()));
            let mut map: BTreeMap<_, _> = (0..6_000).map(|number| milk(number, 100)).map(|it| (it.sku.clone(), it)).collect();
            for (number, price, removes) in changes {
                let it = milk(number, price);
                let mut delta = CatalogueDelta { version: 2, ..CatalogueDelta::default() };
                if removes {
                    map.remove(&it.sku);
                    delta.removed.push(it.sku);
                } else {
                    map.insert(it.sku.clone(), it.clone());
                    delta.products.push(it);
                }
                draft.take(delta);
            }
            let catalogue = draft.done();
            prop_assert_eq!(skus(&catalogue), map.keys().cloned().collect::<Vec<_>>());
            prop_assert_eq!(catalogue.shelves().iter().map(|shelf| shelf.count).sum::<usize>(), map.len());
            prop_assert!(map.values().all(|it| catalogue.get(&it.sku).is_some_and(|held| **held == *it)));
            prop_assert!(catalogue.blocks.iter().all(|block| (1..=SIZE).contains(&block.products.len())));
        }
    }
}
