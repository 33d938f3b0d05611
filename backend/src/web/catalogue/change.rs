//! Changing products: what the ledger decides by is told first, then the documents are written, then the pages hear.

use crate::model::product::ProductDocument;
use crate::store::StoreError;
use crate::store::documents::Document;
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
use std::collections::BTreeSet;

/// Checks products that are about to be written.
///
/// # Errors
///
/// [`Kind::InvalidProduct`], naming the first that is wrong.
pub fn validate(products: &[Product], catalogue: &Catalogue) -> Result<(), ApiError> {
    let mut seen = BTreeSet::new();
    for product in products {
        product.validate().map_err(|error| Kind::InvalidProduct.because(format!("{}: {error}.", product.sku)))?;
        if !seen.insert(&product.sku) {
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
    let Changes { mut report, rows, thresholds } = Changes::between(&catalogue, products)?;
    if rows.is_empty() {
        return Ok(report);
    }
    tell_ledger(app, thresholds, request).await?;
    app.store.put_all(ProductDocument::KIND, rows).await?;
    report.version = app.catalogue.latest().await?.version();
    app.hub.announce(&ServerFrame::Catalogue { version: report.version });
    Ok(report)
}

/// What is to be written and told.
struct Changes {
    report: ImportReport,
    rows: Vec<(String, Vec<u8>)>,
    thresholds: Vec<ThresholdSetting>,
}

impl Changes {
    fn between(catalogue: &Catalogue, products: Vec<Product>) -> Result<Self, StoreError> {
        let report = ImportReport { version: catalogue.version(), ..ImportReport::default() };
        let mut changes = Self { report, rows: Vec::new(), thresholds: Vec::new() };
        for product in products {
            changes.take(catalogue.by_sku(&product.sku), product)?;
        }
        Ok(changes)
    }

    fn take(&mut self, before: Option<&ProductDocument>, product: Product) -> Result<(), StoreError> {
        match before {
            Some(before) if before.product == product => {
                self.report.unchanged += 1;
                return Ok(());
            }
            Some(_) => self.report.changed += 1,
            None => self.report.added += 1,
        }
        self.thresholds.extend(threshold_change(before, &product));
        let sku = product.sku.to_string();
        self.rows.push((sku, serde_json::to_vec(&ProductDocument::replacing(before, product))?));
        Ok(())
    }
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
