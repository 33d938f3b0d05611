//! What a store has, against what is sold there.

use super::read;
use super::support::role::Role;
use shared::api::receipts::StoredReceipt;
use shared::api::stock::StoreStock;
use shared::ids::{Sku, StoreNo};
use std::collections::BTreeMap;
use std::time::Duration;

/// Longer than the savers keep back what they have added up.
const SETTLED: Duration = Duration::from_secs(3);

/// How much there is of each product, in thousandths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf(BTreeMap<Sku, i64>);

impl Shelf {
    /// What is there while nothing comes and nothing goes.
    pub async fn of(web: &Role, store: StoreNo) -> Self {
        let path = format!("stock?store={store}");
        let mut before = Self::default();
        // The demo's deliveries are on their way at first.
        for _ in 0..20 {
            let now = Self::from(read::of::<StoreStock>(web, &path).await);
            if now == before && !now.0.is_empty() {
                return now;
            }
            before = now;
            tokio::time::sleep(SETTLED).await;
        }
        panic!("the stock of store {store} does not come to rest");
    }

    /// What a store had that got all of it at once, before it sold anything, as bots' stores do.
    pub fn full(stock: &StoreStock) -> Self {
        Self(stock.levels.iter().map(|level| (level.sku.clone(), level.level.par.into())).collect())
    }

    /// What is left once this was sold.
    pub fn sell(&mut self, receipts: &[StoredReceipt]) {
        for line in receipts.iter().flat_map(|receipt| &receipt.sealed.body.lines) {
            *self.0.entry(line.sku.clone()).or_default() -= i64::from(line.quantity);
        }
    }

    /// Expects that there is as much of everything.
    pub fn assert_is(&self, other: &Self) {
        let differs = |sku: &&Sku| self.0.get(*sku) != other.0.get(*sku);
        let wrong: Vec<_> = self.0.keys().chain(other.0.keys()).filter(differs).collect();
        let told = |shelf: &Self| wrong.iter().map(|sku| shelf.0.get(*sku).copied()).collect::<Vec<_>>();
        assert!(wrong.is_empty(), "of {wrong:?} there is {:?} and should be {:?}", told(other), told(self));
    }
}

impl From<StoreStock> for Shelf {
    fn from(stock: StoreStock) -> Self {
        Self(stock.levels.into_iter().map(|level| (level.sku, level.level.on_hand.into())).collect())
    }
}
