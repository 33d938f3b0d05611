//! What receipts are judged by: the stores that they name, and the catalogue.

use super::judge::{Verdict, judge};
use super::posted::Refused;
use crate::store::StoreError;
use crate::web::cache::{Catalogue, StoreView};
use crate::web::state::App;
use shared::chain::Sealed;
use shared::ids::StoreNo;
use shared::receipt::Receipt;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use tokio::time::Instant;

/// A posted receipt, readable or not.
pub type Item = Result<Sealed<Receipt>, Refused>;

/// The stores that some receipts name, and the catalogue.
pub struct Known {
    catalogue: Arc<Catalogue>,
    views: HashMap<StoreNo, Arc<StoreView>>,
}

impl Known {
    /// What is in memory, at most seconds old, or however old while the store is away.
    ///
    /// # Errors
    ///
    /// The store's, where something of it was never read.
    pub async fn lately(app: &App, items: &[Item]) -> Result<Self, StoreError> {
        let held = Self::held(app, items);
        match app.outage.ask(held.is_some(), Self::read(app, items)).await {
            Err(StoreError::Unavailable(why)) => held.ok_or(StoreError::Unavailable(why)),
            answer => answer,
        }
    }

    /// What the store says now, or said after `instant`; nothing while it is away.
    ///
    /// # Errors
    ///
    /// The store's, but for its being away.
    pub async fn since(app: &App, items: &[Item], instant: Instant) -> Result<Option<Self>, StoreError> {
        match app.outage.ask(true, Self::read_since(app, items, instant)).await {
            Err(StoreError::Unavailable(_)) => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// What was read last, if all of it ever was.
    fn held(app: &App, items: &[Item]) -> Option<Self> {
        let views = stores(items).into_iter().map(|no| Some((no, app.stores.held(no)?)));
        Some(Self { catalogue: app.catalogue.held()?, views: views.collect::<Option<_>>()? })
    }

    async fn read(app: &App, items: &[Item]) -> Result<Self, StoreError> {
        let mut known = Self { catalogue: app.catalogue.get().await?, views: HashMap::new() };
        for no in stores(items) {
            known.views.extend(app.stores.get(no).await?.map(|view| (no, view)));
        }
        Ok(known)
    }

    async fn read_since(app: &App, items: &[Item], instant: Instant) -> Result<Self, StoreError> {
        let mut known = Self { catalogue: app.catalogue.latest().await?, views: HashMap::new() };
        for no in stores(items) {
            known.views.extend(app.stores.since(no, instant).await?.map(|view| (no, view)));
        }
        Ok(known)
    }

    /// Judges those that can be read; takes some 50 microseconds each.
    pub fn judge(&self, items: &[Item]) -> Vec<Option<Verdict>> {
        let view = |receipt: &Sealed<Receipt>| self.views.get(&receipt.body.store).map(|view| &**view);
        let verdict = |receipt: &Sealed<Receipt>| judge(receipt, view(receipt), &self.catalogue);
        items.iter().map(|item| item.as_ref().ok().map(verdict)).collect()
    }
}

fn stores(items: &[Item]) -> BTreeSet<StoreNo> {
    items.iter().flatten().map(|receipt| receipt.body.store).collect()
}
