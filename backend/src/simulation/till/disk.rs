//! What a browser keeps: it outlives the page. A sale is one transaction, as in `frontend/src/db/sale.rs`.

use shared::chain::{Head, Sealed};
use shared::ids::SeriesId;
use shared::receipt::Receipt;
use std::collections::BTreeMap;

/// Where a series ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesRecord {
    pub series: SeriesId,
    pub head: Head,
}

/// The browser's database.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    pub series: Option<SeriesRecord>,
    /// The texts of what is not known to be saved, in the order of issue.
    pub outbox: BTreeMap<String, String>,
}

impl Disk {
    /// Writes a receipt and the series' end behind it; nothing where the series has gone on meanwhile.
    pub fn commit(&mut self, before: &SeriesRecord, receipt: &Sealed<Receipt>) -> bool {
        let is_expected = self.series.as_ref() == Some(before);
        if is_expected {
            self.series = Some(SeriesRecord { head: receipt.head(), ..before.clone() });
            self.outbox.insert(key(&receipt.body), serde_json::to_string(receipt).unwrap());
        }
        is_expected
    }

    pub fn let_go(&mut self, receipts: &[Receipt]) {
        for receipt in receipts {
            self.outbox.remove(&key(receipt));
        }
    }

    /// What is not known to be saved, in the order of issue.
    pub fn receipts(&self) -> impl Iterator<Item = Sealed<Receipt>> {
        self.outbox.values().map(|text| serde_json::from_str(text).unwrap())
    }

    pub fn texts(&self) -> Vec<String> {
        self.outbox.values().cloned().collect()
    }
}

fn key(receipt: &Receipt) -> String {
    format!("{}/{}/{}/{:016}", receipt.store, receipt.register, receipt.series, receipt.number.get())
}
