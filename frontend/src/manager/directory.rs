//! The chain's places and people as the desk names them.

use crate::i18n::desk::direct as say;
use shared::api::stores::StoreDetail;
use shared::author::{Author, Unnumbered, Visitor};
use shared::ids::{SellerNo, StoreNo};
use shared::money::Currency;
use shared::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Whether figures are of real sales or of training ones. The two are never added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Real sales.
    Real,
    /// Simulated ones.
    Training,
}

impl Kind {
    /// That of a store.
    pub const fn of(store: &Store) -> Self {
        if store.training { Self::Training } else { Self::Real }
    }
}

/// Every store that is known, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory(BTreeMap<StoreNo, StoreDetail>);

impl Directory {
    /// The directory of these stores.
    pub fn new(stores: Vec<StoreDetail>) -> Self {
        Self(stores.into_iter().map(|detail| (detail.store.no, detail)).collect())
    }

    /// Whether a store is known.
    pub fn knows(&self, store: StoreNo) -> bool {
        self.0.contains_key(&store)
    }

    /// A store.
    pub fn get(&self, store: StoreNo) -> Option<&StoreDetail> {
        self.0.get(&store)
    }

    /// Takes what was decided of a store; one that is not known is fetched with its registers and staff.
    pub fn put(&mut self, store: Store) {
        if let Some(detail) = self.0.get_mut(&store.no) {
            detail.store = store;
        }
    }

    /// The stores of a kind.
    pub fn of_kind(&self, kind: Kind) -> BTreeSet<StoreNo> {
        self.stores().filter(|store| Kind::of(store) == kind).map(|store| store.no).collect()
    }

    /// Whether there is any store of a kind.
    pub fn has(&self, kind: Kind) -> bool {
        self.stores().any(|store| Kind::of(store) == kind)
    }

    /// Every store.
    pub fn stores(&self) -> impl Iterator<Item = &Store> {
        self.0.values().map(|detail| &detail.store)
    }

    /// The name of a store, or its number where it has not been heard of yet.
    pub fn name(&self, store: StoreNo) -> String {
        self.get(store).map_or_else(|| say::store(store), |detail| detail.store.name.clone())
    }

    /// The currency of a store.
    pub fn currency(&self, store: StoreNo) -> Currency {
        self.get(store).map(|detail| detail.store.currency).unwrap_or_default()
    }

    /// The name of whoever did something in a store, and of their own store where it is another.
    pub fn author(&self, store: StoreNo, author: Author) -> String {
        match author {
            Author::Seller(seller) => self.seller(store, seller),
            Author::Visitor(Visitor { seller, store }) => {
                format!("{} · {}", self.seller(store, seller), self.name(store))
            }
            Author::Unnumbered(Unnumbered::Operator) => say::operator().to_owned(),
            Author::Unnumbered(Unnumbered::Server) => say::server().to_owned(),
        }
    }

    /// The name of a seller, or their number.
    pub fn seller(&self, store: StoreNo, seller: SellerNo) -> String {
        if seller == SellerNo::SELF_SERVICE {
            return say::self_service().to_owned();
        }
        let named = self.get(store).and_then(|detail| detail.sellers.iter().find(|one| one.no == seller));
        named.map_or_else(|| say::seller(seller), |one| one.name.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::coin::SmallestCoin;
    use shared::time::CutOff;

    fn detail(no: u64, training: bool) -> StoreDetail {
        let store = Store {
            no: no.try_into().unwrap(),
            name: format!("S{no}"),
            city: String::new(),
            siret: None,
            time_zone: "Europe/Paris".to_owned(),
            currency: Currency::Euro,
            cut_off: CutOff::default(),
            training,
            refuse_below_zero: false,
            smallest_coin: SmallestCoin::ONE,
            void_needs_manager: false,
        };
        StoreDetail { store, registers: vec![], sellers: vec![] }
    }

    #[test]
    fn real_and_training_stores_are_kept_apart() {
        let directory = Directory::new(vec![detail(1, false), detail(2, true), detail(3, true)]);
        let numbers = |kind| directory.of_kind(kind).into_iter().map(StoreNo::get).collect::<Vec<_>>();
        assert_eq!((numbers(Kind::Real), numbers(Kind::Training)), (vec![1], vec![2, 3]));
        assert!(directory.has(Kind::Real) && !Directory::default().has(Kind::Real));
        assert_eq!(directory.name(StoreNo::FIRST), "S1");
        let visitor = Author::Visitor(Visitor { seller: SellerNo::FIRST, store: StoreNo::FIRST });
        assert!(directory.author(2.try_into().unwrap(), visitor).ends_with(" · S1"));
    }
}
