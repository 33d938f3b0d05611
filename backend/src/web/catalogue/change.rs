//! Changing products: what the ledger decides by is told first, then the documents are written, then the pages hear.

use crate::model::product::ProductDocument;
use crate::web::cache::Catalogue;
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::publish::Outgoing;
use crate::web::state::App;
use shared::api::catalogue::ImportReport;
use shared::api::live::ServerFrame;
use shared::event::{Event, Settings, ThresholdSetting};
use shared::product::Product;
use shared::store::Store;
use std::collections::BTreeMap;

/// Checks products that are about to be written.
///
/// # Errors
///
/// [`Kind::InvalidProduct`], naming the first that is wrong.
pub fn validate(products: &[Product], catalogue: &Catalogue) -> Result<(), ApiError> {
    let mut seen = BTreeMap::new();
    for product in products {
        product.validate().map_err(|error| Kind::InvalidProduct.because(format!("{}: {error}.", product.sku)))?;
        if seen.insert(&product.sku, ()).is_some() {
            return Err(Kind::InvalidProduct.because(format!("{} comes twice.", product.sku)));
        }
        let other = product.gtin.as_ref().and_then(|gtin| catalogue.by_gtin(gtin));
        if let Some(other) = other.filter(|other| other.product.sku != product.sku) {
            let sku = &other.product.sku;
            return Err(Kind::InvalidProduct.because(format!("{}: its barcode is that of {sku}.", product.sku)));
        }
    }
    Ok(())
}

/// Writes products and says how many were new, changed or the same already.
///
/// A threshold is told to the ledger before its product is written: if this breaks off in between, the same request
/// again does both.
///
/// # Errors
///
/// [`Kind::InvalidProduct`], and the store's and the log's.
pub async fn write(app: &App, products: Vec<Product>, request: &RequestId) -> Result<ImportReport, ApiError> {
    let catalogue = app.catalogue.latest().await?;
    validate(&products, &catalogue)?;
    let mut report = ImportReport { version: catalogue.version(), ..ImportReport::default() };
    let mut documents = Vec::new();
    let mut thresholds = Vec::new();
    for product in products {
        let before = catalogue.by_sku(&product.sku);
        if before.is_some_and(|before| before.product == product) {
            report.unchanged += 1;
            continue;
        }
        if before.is_some() {
            report.changed += 1
        } else {
            report.added += 1
        }
        thresholds.extend(threshold_change(before, &product));
        documents.push(ProductDocument::replacing(before, product));
    }
    if documents.is_empty() {
        return Ok(report);
    }
    tell_ledger(app, thresholds, request).await?;
    let named = |document: &ProductDocument| Ok((document.product.sku.to_string(), serde_json::to_vec(document)?));
    let rows = documents.iter().map(named).collect::<Result<Vec<_>, crate::store::StoreError>>()?;
    app.store.put_all(<ProductDocument as crate::store::documents::Document>::KIND, rows).await?;
    report.version = app.catalogue.latest().await?.version();
    app.hub.announce(&ServerFrame::Catalogue { version: report.version });
    Ok(report)
}

fn threshold_change(before: Option<&ProductDocument>, product: &Product) -> Option<ThresholdSetting> {
    let known = before.and_then(|before| before.product.threshold);
    if known == product.threshold {
        return None;
    }
    Some(ThresholdSetting { sku: product.sku.clone(), threshold: product.threshold.unwrap_or_default() })
}

async fn tell_ledger(app: &App, thresholds: Vec<ThresholdSetting>, request: &RequestId) -> Result<(), ApiError> {
    if thresholds.is_empty() {
        return Ok(());
    }
    let stores = app.store.read_all::<Store>("").await?;
    let event = |store: Store| {
        let id = app.mint.event_id();
        let settings = Settings { id, cut_off: None, training: None, thresholds: thresholds.clone() };
        Outgoing::new(store.no, Event::Settings(settings))
    };
    app.publish(stores.into_iter().map(|store| event(store.value)).collect(), request).await
}
