//! Which products are listed, and in which order. Pure.

use crate::till::catalogue::Catalogue;
use shared::ids::Sku;
use shared::picture::Picture;
use shared::stock::{StockLevel, Urgency};

/// How a store's products are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// What is out first, then what is low, then by the share that is left.
    Urgency,
    /// As in the dictionary.
    Name,
}

/// The products to list: without a search those that the store has had, with one those that match, whether the store has
/// had them or not.
pub fn wanted(catalogue: &Catalogue, picture: Option<&Picture>, query: &str, sort: Sort) -> Vec<Sku> {
    if !query.trim().is_empty() {
        let found = catalogue.find(query, None, usize::MAX);
        return found.into_iter().map(|product| product.sku.clone()).collect();
    }
    let mut levels: Vec<_> = picture.into_iter().flat_map(Picture::levels).collect();
    let name =
        |sku: &Sku| shared::search::fold(catalogue.get(sku).map_or(sku.as_str(), |product| product.name.as_str()));
    levels.sort_by_cached_key(|(sku, level)| match sort {
        Sort::Urgency => (urgency(level), name(sku)),
        Sort::Name => ((Urgency::Out, 0), name(sku)),
    });
    levels.into_iter().map(|(sku, _)| sku.clone()).collect()
}

fn urgency(level: &StockLevel) -> (Urgency, u8) {
    (level.urgency(), level.percent_left())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::catalogue::Draft;
    use shared::api::catalogue::CatalogueDelta;
    use shared::ids::StoreNo;
    use shared::notice::SkuLevel;
    use shared::picture::Snapshot;
    use shared::product::Product;
    use shared::quantity::{Quantity, Unit};

    fn product(sku: &str, name: &str) -> Product {
        Product {
            sku: sku.parse().unwrap(),
            gtin: None,
            name: name.to_owned(),
            category: String::new(),
            price: 100.into(),
            tax: 550.try_into().unwrap(),
            unit: Unit::Piece,
            threshold: None,
        }
    }

    fn picture(levels: &[(&str, u32)]) -> Picture {
        let level = |&(sku, pieces): &(&str, u32)| SkuLevel {
            sku: sku.parse().unwrap(),
            level: StockLevel {
                on_hand: Quantity::pieces(pieces),
                par: Quantity::pieces(100),
                ..StockLevel::default()
            },
        };
        let snapshot =
            Snapshot { levels: Some(levels.iter().map(level).collect()), ..Picture::empty(StoreNo::FIRST).into() };
        snapshot.into()
    }

    #[test]
    fn what_is_out_comes_first_and_a_search_finds_what_was_never_there() {
        let products = vec![product("A", "Zeste"), product("B", "Œufs"), product("C", "Ail"), product("D", "Sel")];
        let mut draft = Draft::default();
        draft.take(CatalogueDelta { version: 1, complete: true, products, ..CatalogueDelta::default() });
        let catalogue = draft.done();
        let picture = picture(&[("A", 0), ("B", 50), ("C", 3)]);
        let list = |query, sort| {
            wanted(&catalogue, Some(&picture), query, sort).iter().map(Sku::to_string).collect::<Vec<_>>()
        };
        assert_eq!(list("", Sort::Urgency), ["A", "C", "B"]);
        assert_eq!(list(" ", Sort::Name), ["C", "B", "A"]);
        assert_eq!(list("sel", Sort::Name), ["D"]);
        assert_eq!(wanted(&catalogue, None, "", Sort::Name), Vec::<Sku>::new());
    }
}
