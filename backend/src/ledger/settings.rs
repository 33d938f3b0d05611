//! What the ledger of a store decides by.

use serde::{Deserialize, Serialize};
use shared::event::Settings;
use shared::ids::Sku;
use shared::stock::Threshold;
use shared::time::CutOff;
use std::collections::BTreeMap;

/// The settings of a store, as its events made them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreSettings {
    /// When its business day starts.
    pub cut_off: CutOff,
    /// Whether it is a training store; unknown until its first settings arrive.
    pub training: Option<bool>,
    /// Thresholds that are not the default.
    pub thresholds: BTreeMap<Sku, Threshold>,
}

impl StoreSettings {
    /// Takes a change. Whether a store is for training never changes.
    pub fn take(&mut self, change: &Settings) {
        self.cut_off = change.cut_off.unwrap_or(self.cut_off);
        self.training = self.training.or(change.training);
        for setting in &change.thresholds {
            self.thresholds.insert(setting.sku.clone(), setting.threshold);
        }
    }

    /// The threshold of a product.
    pub fn threshold(&self, sku: &Sku) -> Threshold {
        self.thresholds.get(sku).copied().unwrap_or_default()
    }
}
