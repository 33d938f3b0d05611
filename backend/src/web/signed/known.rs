//! What records are judged by: the stores that they name, and the catalogue.

use super::posted::Refused;
use super::{Signed, Verdict};
use crate::store::StoreError;
use crate::web::cache::{Catalogue, StoreView};
use crate::web::state::App;
use shared::chain::Sealed;
use shared::ids::StoreNo;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use tokio::time::Instant;

/// A posted record, readable or not.
pub type Item<T> = Result<Sealed<T>, Refused>;

/// The stores that some records name, and the catalogue.
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
    pub async fn lately<T: Signed>(app: &App, items: &[Item<T>]) -> Result<Self, StoreError> {
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
    pub async fn since<T: Signed>(app: &App, items: &[Item<T>], instant: Instant) -> Result<Option<Self>, StoreError> {
        match app.outage.ask(true, Self::read_since(app, items, instant)).await {
            Err(StoreError::Unavailable(_)) => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// What was read last, if all of it ever was.
    fn held<T: Signed>(app: &App, items: &[Item<T>]) -> Option<Self> {
        let views = stores(items).into_iter().map(|no| Some((no, app.stores.held(no)?)));
        Some(Self { catalogue: app.catalogue.held()?, views: views.collect::<Option<_>>()? })
    }

    async fn read<T: Signed>(app: &App, items: &[Item<T>]) -> Result<Self, StoreError> {
        let mut known = Self { catalogue: app.catalogue.get().await?, views: HashMap::new() };
        for no in stores(items) {
            known.views.extend(app.stores.get(no).await?.map(|view| (no, view)));
        }
        Ok(known)
    }

    async fn read_since<T: Signed>(app: &App, items: &[Item<T>], instant: Instant) -> Result<Self, StoreError> {
        let mut known = Self { catalogue: app.catalogue.latest().await?, views: HashMap::new() };
        for no in stores(items) {
            known.views.extend(app.stores.since(no, instant).await?.map(|view| (no, view)));
        }
        Ok(known)
    }

    /// Judges those that can be read; takes some 50 microseconds each.
    pub fn judge<T: Signed>(&self, items: &[Item<T>]) -> Vec<Option<Verdict>> {
        let verdict = |sealed: &Sealed<T>| match self.views.get(&sealed.body.store()) {
            Some(view) => T::judge(sealed, view, &self.catalogue),
            None => Verdict::Unsigned,
        };
        items.iter().map(|item| item.as_ref().ok().map(verdict)).collect()
    }
}

fn stores<T: Signed>(items: &[Item<T>]) -> BTreeSet<StoreNo> {
    items.iter().flatten().map(|sealed| sealed.body.store()).collect()
}
