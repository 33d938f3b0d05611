//! The demo: three training stores with staff, shelves and a French supermarket's catalogue.
//!
//! Seeding can break off anywhere, be repeated and run twice at once: documents are written where there are none, and
//! events have ids and contents that follow from what they say.

mod files;
mod shelves;

pub use files::DemoStore;

use crate::clock::Mint;
use crate::log::{EventLog, LogError, NewRecord};
use crate::model::product::ProductDocument;
use crate::model::register::{self, RegisterDocument};
use crate::model::seller::{self, SellerDocument};
use crate::model::{AnyStore, derived, pin, store as store_model};
use crate::store::documents::{Document, Swap};
use crate::store::{Store, StoreError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::event::{Event, Settings, ThresholdSetting};
use shared::ids::StoreNo;
use shared::product::Product;
use std::sync::Arc;

/// Why the demo could not be set up; starting again goes on where it broke off.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A PIN could not be hashed.
    #[error("a PIN could not be hashed: {0}")]
    Pin(#[from] argon2::password_hash::Error),
}

/// Remembers when the demo was set up: its events bear that time, however often they are told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct DemoDocument {
    seeded_at: Timestamp,
    done: bool,
}

impl Document for DemoDocument {
    const KIND: &'static str = "demo";
}

/// The only document of its kind.
const ONLY: &str = "demo";

/// Sets the demo up where it is not yet, and says what to sign in with.
///
/// # Errors
///
/// [`SeedError`].
pub async fn seed(store: &Arc<dyn Store>, log: &dyn EventLog, mint: &Mint) -> Result<Vec<DemoStore>, SeedError> {
    let stores = files::stores();
    let mark = mark(&**store, mint).await?;
    if mark.done {
        return Ok(stores);
    }
    let products = files::products();
    write_products(&**store, &products).await?;
    for demo in &stores {
        write_store(&**store, demo, mint).await?;
        log.append(opening(demo, &products, mark.seeded_at)).await?;
    }
    finish(&**store, mark).await?;
    Ok(stores)
}

async fn mark(store: &AnyStore, mint: &Mint) -> Result<DemoDocument, StoreError> {
    let fresh = DemoDocument { seeded_at: mint.now(), done: false };
    // Whoever is first decides the time; everybody else reads it.
    let _ = store.write(ONLY, None, &fresh).await?;
    Ok(store.read::<DemoDocument>(ONLY).await?.map_or(fresh, |found| found.value))
}

async fn finish(store: &AnyStore, mark: DemoDocument) -> Result<(), StoreError> {
    if let Some(found) = store.read::<DemoDocument>(ONLY).await? {
        // A conflict means that somebody else has finished.
        let _ = store.write(ONLY, Some(found.revision), &DemoDocument { done: true, ..mark }).await?;
    }
    Ok(())
}

/// Writes the products that are not there; a price that somebody changed stays changed.
async fn write_products(store: &AnyStore, products: &[Product]) -> Result<(), StoreError> {
    let there = store.list_documents(ProductDocument::KIND, "").await?;
    let known: std::collections::BTreeSet<_> = there.into_iter().map(|document| document.id).collect();
    let missing = products.iter().filter(|product| !known.contains(product.sku.as_str()));
    let row = |product: &Product| {
        let document = ProductDocument { product: product.clone(), price_before: None };
        Ok((product.sku.to_string(), serde_json::to_vec(&document)?))
    };
    let rows = missing.map(row).collect::<Result<Vec<_>, StoreError>>()?;
    if !rows.is_empty() {
        store.put_all(ProductDocument::KIND, rows).await?;
    }
    Ok(())
}

async fn write_store(store: &AnyStore, demo: &DemoStore, mint: &Mint) -> Result<(), SeedError> {
    let no = demo.store.no;
    create(store, &store_model::id(no), &demo.store).await?;
    for register in &demo.registers {
        create(store, &register::id(no, *register), &RegisterDocument::free(no, *register)).await?;
    }
    for (seller, code) in &demo.sellers {
        let id = seller::id(no, seller.no);
        if store.read::<SellerDocument>(&id).await?.is_none() {
            let pin_hash = pin::hash(code, &mint.random())?;
            create(store, &id, &SellerDocument::hired(no, seller.clone(), pin_hash)).await?;
        }
    }
    Ok(())
}

async fn create<T: Document>(store: &AnyStore, id: &str, document: &T) -> Result<(), StoreError> {
    match store.write(id, None, document).await? {
        Swap::Done(_) | Swap::Conflict => Ok(()),
    }
}

/// Everything that the ledger has to know of a store when it opens.
fn opening(demo: &DemoStore, products: &[Product], seeded_at: Timestamp) -> Vec<NewRecord> {
    let no = demo.store.no;
    let settings = store_model::settings_event(&demo.store);
    let thresholds = Event::Settings(thresholds(no, products));
    let shelves = shelves::fill(no, products, seeded_at);
    let record = |event| NewRecord { store: no, event, accepted_at: seeded_at, flags: Vec::new(), request_id: None };
    [settings, thresholds].into_iter().chain(shelves).map(record).collect()
}

fn thresholds(store: StoreNo, products: &[Product]) -> Settings {
    let setting =
        |product: &Product| Some(ThresholdSetting { sku: product.sku.clone(), threshold: product.threshold? });
    let id = derived::event_id(&["demo thresholds", &store.to_string()]);
    Settings { id, cut_off: None, training: None, thresholds: products.iter().filter_map(setting).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Embedded, Engine};

    #[tokio::test]
    async fn twice_at_once_and_again_leaves_one_demo() {
        let folder = Embedded::new();
        let engine = folder.open().await;
        let mint = Mint::system();
        let seed = || seed(&engine.store, &*engine.log, &mint);
        let (first, second) = tokio::join!(seed(), seed());
        assert_eq!(first.unwrap().len(), 3);
        second.unwrap();
        let backlog = engine.log.backlog().await.unwrap();
        seed().await.unwrap();
        assert_eq!(engine.log.backlog().await.unwrap(), backlog, "a later start tells nothing again");
        let stores = engine.store.read_all::<shared::store::Store>("").await.unwrap();
        assert_eq!(stores.len(), 3);
        assert!(engine.store.read_all::<ProductDocument>("").await.unwrap().len() > 500);
    }
}
