//! The whole catalogue in memory, kept up with the store by its changes.

use crate::model::product::ProductDocument;
use crate::store::documents::{Document, RawDocument, Revision};
use crate::store::{Store, StoreError};
use axum::body::Bytes;
use shared::api::catalogue::CatalogueDelta;
use shared::ids::{Gtin, Sku};
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long the store is not asked again: what another instance changed shows here after so long.
const LIFETIME: Duration = Duration::from_secs(1);

/// The catalogue at one version.
#[derive(Debug, Default)]
pub struct Catalogue {
    version: Revision,
    products: BTreeMap<Sku, Arc<ProductDocument>>,
    by_gtin: HashMap<String, Sku>,
    whole: OnceLock<Bytes>,
}

impl Catalogue {
    /// Its version; it grows with every change.
    pub const fn version(&self) -> u64 {
        self.version.0
    }

    /// A product by its SKU.
    pub fn by_sku(&self, sku: &Sku) -> Option<&ProductDocument> {
        self.products.get(sku).map(|product| &**product)
    }

    /// A product by its barcode; a GTIN of 8, 12 or 13 digits is the same as with zeros before it (GS1 3.3.2).
    pub fn by_gtin(&self, gtin: &Gtin) -> Option<&ProductDocument> {
        self.by_sku(self.by_gtin.get(&gtin_14(gtin))?)
    }

    /// Every product, by SKU.
    pub fn products(&self) -> impl Iterator<Item = &ProductDocument> {
        self.products.values().map(|product| &**product)
    }

    /// All of it as the JSON of a [`CatalogueDelta`], written once per version.
    ///
    /// # Errors
    ///
    /// [`StoreError::Corrupt`] where a product cannot be written as JSON.
    pub fn whole(&self) -> Result<Bytes, StoreError> {
        if let Some(bytes) = self.whole.get() {
            return Ok(bytes.clone());
        }
        let bytes = Bytes::from(serde_json::to_vec(&self.page(None, usize::MAX))?);
        Ok(self.whole.get_or_init(|| bytes).clone())
    }

    /// The first products, or those whose SKUs come after one, by SKU.
    pub fn page(&self, after: Option<&Sku>, limit: usize) -> CatalogueDelta {
        let start = after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut rest = self.products.range::<Sku, _>((start, Bound::Unbounded)).map(|(_, document)| &document.product);
        let products: Vec<_> = rest.by_ref().take(limit).cloned().collect();
        let next = rest.next().and(products.last()).map(|last| last.sku.clone());
        CatalogueDelta { version: self.version(), complete: after.is_none(), products, removed: Vec::new(), next }
    }

    fn with(&self, changes: Vec<RawDocument>) -> Result<Self, StoreError> {
        let mut next = Self { version: self.version, products: self.products.clone(), ..Self::default() };
        for RawDocument { id, revision, body } in changes {
            let sku: Sku = id.parse().map_err(|error| StoreError::Corrupt(format!("product {id}: {error}")))?;
            next.version = next.version.max(revision);
            match body {
                Some(body) => drop(next.products.insert(sku, Arc::new(serde_json::from_slice(&body)?))),
                None => drop(next.products.remove(&sku)),
            }
        }
        let barcodes = next.products.iter().filter_map(|(sku, it)| Some((it.product.gtin.as_ref()?, sku)));
        next.by_gtin = barcodes.map(|(gtin, sku)| (gtin_14(gtin), sku.clone())).collect();
        Ok(next)
    }
}

fn gtin_14(gtin: &Gtin) -> String {
    format!("{:0>14}", gtin.as_str())
}

/// The latest catalogue that is known here.
pub struct CatalogueCache {
    store: Arc<dyn Store>,
    /// The turn of whoever asks the store; what is held can be had meanwhile.
    asking: tokio::sync::Mutex<()>,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    catalogue: Arc<Catalogue>,
    /// Nothing before the first answer.
    checked_at: Option<Instant>,
}

impl CatalogueCache {
    /// A cache that has read nothing yet.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, asking: tokio::sync::Mutex::default(), held: Mutex::default() }
    }

    /// The catalogue, not older than a second.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the store has to be asked and does not answer.
    pub async fn get(&self) -> Result<Arc<Catalogue>, StoreError> {
        let _turn = self.asking.lock().await;
        match self.held_if(|checked_at| checked_at.elapsed() < LIFETIME) {
            Some(catalogue) => Ok(catalogue),
            None => self.catch_up().await,
        }
    }

    /// The catalogue with everything that was written before the call.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the store does not answer.
    pub async fn latest(&self) -> Result<Arc<Catalogue>, StoreError> {
        let _turn = self.asking.lock().await;
        self.catch_up().await
    }

    /// The catalogue as it was read last, however long ago: for whoever has to do without the database.
    pub fn held(&self) -> Option<Arc<Catalogue>> {
        self.held_if(|_| true)
    }

    async fn catch_up(&self) -> Result<Arc<Catalogue>, StoreError> {
        let asked_at = Instant::now();
        let mut catalogue = Arc::clone(&self.lock().catalogue);
        let changes = self.store.changed_since(ProductDocument::KIND, catalogue.version).await?;
        if !changes.is_empty() {
            catalogue = Arc::new(catalogue.with(changes)?);
        }
        *self.lock() = Held { catalogue: Arc::clone(&catalogue), checked_at: Some(asked_at) };
        Ok(catalogue)
    }

    fn held_if(&self, will_do: impl Fn(Instant) -> bool) -> Option<Arc<Catalogue>> {
        let held = self.lock();
        held.checked_at.is_some_and(will_do).then(|| Arc::clone(&held.catalogue))
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::product::Product;
    use shared::quantity::Unit;

    fn change(sku: &str, revision: u64, gtin: Option<&str>) -> RawDocument {
        let product = Product {
            sku: sku.parse().unwrap(),
            gtin: gtin.map(|gtin| gtin.parse().unwrap()),
            name: sku.to_owned(),
            category: String::new(),
            price: 100.into(),
            tax: 550.try_into().unwrap(),
            unit: Unit::Piece,
            threshold: None,
        };
        let body = serde_json::to_vec(&ProductDocument { product, price_before: None }).unwrap();
        RawDocument { id: sku.to_owned(), revision: Revision(revision), body: Some(body) }
    }

    #[test]
    fn changes_and_removals_are_taken_and_barcodes_found_with_or_without_zeros() {
        let catalogue = Catalogue::default();
        let catalogue = catalogue.with(vec![change("A", 1, Some("96385074")), change("B", 2, None)]).unwrap();
        assert_eq!(catalogue.version(), 2);
        assert!(catalogue.by_gtin(&"00000096385074".parse().unwrap()).is_some());
        let removal = RawDocument { body: None, ..change("A", 3, None) };
        let catalogue = catalogue.with(vec![removal]).unwrap();
        assert_eq!((catalogue.version(), catalogue.products().count()), (3, 1));
        assert!(catalogue.by_gtin(&"96385074".parse().unwrap()).is_none());
    }

    #[test]
    fn pages_follow_each_other_until_all_was_told() {
        let changes = ["C", "A", "B"].into_iter().zip(1..).map(|(sku, revision)| change(sku, revision, None));
        let catalogue = Catalogue::default().with(changes.collect()).unwrap();
        let skus = |page: &CatalogueDelta| page.products.iter().map(|it| it.sku.to_string()).collect::<Vec<_>>();
        let first = catalogue.page(None, 2);
        assert_eq!((skus(&first), first.complete, first.version), (vec!["A".to_owned(), "B".to_owned()], true, 3));
        let last = catalogue.page(first.next.as_ref(), 2);
        assert_eq!((skus(&last), last.complete, last.next), (vec!["C".to_owned()], false, None));
        assert_eq!(catalogue.page(None, 3).next, None);
    }
}
