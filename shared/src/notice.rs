//! What the savers tell the pages: absolute values and positions, one message per batch and store.

use crate::chain::Head;
use crate::finding::Finding;
use crate::ids::{EventId, ReceiptId, ReceiptNo, RegisterNo, SellerNo, SeriesLetter, Sku, StoreNo};
use crate::money::Money;
use crate::position::Position;
use crate::quantity::Quantity;
use crate::ranges::Ranges;
use crate::stock::{StockLevel, Threshold};
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

/// A receipt that is in the store for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Saved {
    /// Which.
    pub id: ReceiptId,
    /// Its register.
    pub register: RegisterNo,
    /// Its series.
    pub series: SeriesLetter,
    /// Its number.
    pub number: ReceiptNo,
    /// Who sold.
    pub seller: SellerNo,
    /// Its total.
    pub total: Money,
    /// Its place in the log.
    #[serde(default)]
    pub position: Position,
    /// When the log took it.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub accepted_at: Timestamp,
    /// Whether it was saved before and only came again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
    /// Whether its content is not what was signed: whoever has the receipt as it was signed keeps it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub altered: bool,
}

/// How much of a product a store has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(from = "FlatLevel")]
pub struct SkuLevel {
    /// Which product.
    pub sku: Sku,
    /// How much.
    #[serde(flatten)]
    pub level: StockLevel,
}

/// A [`SkuLevel`] as it is read. What `serde` derives for flattened fields copies each of them first: slower for a store of
/// 100,000 products, and some kilobytes of program.
#[derive(Deserialize)]
struct FlatLevel {
    sku: Sku,
    on_hand: Quantity,
    par: Quantity,
    #[serde(default)]
    threshold: Threshold,
    #[serde(default, with = "crate::time::rfc3339::optional")]
    counted_at: Option<Timestamp>,
}

impl From<FlatLevel> for SkuLevel {
    fn from(FlatLevel { sku, on_hand, par, threshold, counted_at }: FlatLevel) -> Self {
        Self { sku, level: StockLevel { on_hand, par, threshold, counted_at } }
    }
}

/// A product that ran low in a store. Its store, SKU and `raised` name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alert {
    /// The store.
    pub store: StoreNo,
    /// Which product.
    pub sku: Sku,
    /// The place in the log of the event that took the level below the threshold.
    pub raised: Position,
    /// That event.
    pub cause: EventId,
    /// When the log took that event.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub raised_at: Timestamp,
    /// What is left.
    pub on_hand: Quantity,
    /// What a full shelf holds.
    pub par: Quantity,
    /// When an event lifted the level to the threshold again; open while absent.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::time::rfc3339::optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub cleared_at: Option<Timestamp>,
}

/// How far the journal of a series has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalStatus {
    /// The end of the unbroken run from number 1.
    pub head: Head,
    /// Since when entries are missing, by the time of the record that showed it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::time::rfc3339::optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub gap_since: Option<Timestamp>,
}

/// Which receipts of a series have arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesStatus {
    /// The register.
    pub register: RegisterNo,
    /// Which of its series.
    pub letter: SeriesLetter,
    /// The numbers that are saved.
    pub saved: Ranges,
    /// The end of the unbroken run from number 1.
    pub head: Head,
    /// How many copies of saved receipts came.
    pub copies: u64,
    /// Since when numbers are missing, by the time of the record that showed it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::time::rfc3339::optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub gap_since: Option<Timestamp>,
    /// Its journal, once it has an entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journal: Option<JournalStatus>,
}

/// What one register took on one business day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterDay {
    /// The register.
    pub register: RegisterNo,
    /// The day.
    pub day: Day,
    /// How many receipts.
    pub receipts: u64,
    /// Their sum.
    pub takings: Money,
}

/// One batch of one store, saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// The store.
    pub store: StoreNo,
    /// The last record of the batch; every value below is as of it.
    pub position: Position,
    /// When the batch was saved.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub saved_at: Timestamp,
    /// How many records were behind this one in the log at that time.
    pub backlog: u64,
    /// The receipts of the batch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saved: Vec<Saved>,
    /// The levels that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<SkuLevel>,
    /// The alerts that were raised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raised: Vec<Alert>,
    /// The alerts that were cleared, after those that were raised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<Alert>,
    /// The series that grew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<SeriesStatus>,
    /// The days that grew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<RegisterDay>,
    /// What was found wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_read_as_it_is_written() {
        let whole = r#"{"sku":"MILK","on_hand":1500,"par":9000,"threshold":500,"counted_at":"2026-11-23T13:32:07Z"}"#;
        let level: SkuLevel = serde_json::from_str(whole).unwrap();
        assert_eq!(serde_json::to_string(&level).unwrap(), whole);
        let short: SkuLevel = serde_json::from_str(r#"{"sku":"MILK","on_hand":1500,"par":9000}"#).unwrap();
        let usual = StockLevel { threshold: Threshold::default(), counted_at: None, ..level.level };
        assert_eq!(short.level, usual);
    }
}
