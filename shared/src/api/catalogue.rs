//! The catalogue and its changes.

use crate::ids::Sku;
use crate::product::Product;
use serde::{Deserialize, Serialize};

/// Which part of the catalogue to send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct CatalogueQuery {
    /// The store whose prices are asked for; the chain has one price list, so this checks only that it exists.
    pub store: Option<crate::ids::StoreNo>,
    /// Only what changed after this version.
    pub since: Option<u64>,
    /// At most so many products, 1 to 5,000; all where absent. A whole catalogue then comes in pages; of changes that are
    /// more than these the whole catalogue comes instead.
    pub limit: Option<u16>,
    /// The page of the whole catalogue that follows, as the page before said; `since` does not count beside it.
    pub after: Option<Sku>,
}

impl CatalogueQuery {
    /// The most products of one page: as many as one import writes.
    pub const LARGEST_PAGE: u16 = 5_000;
}

/// The catalogue, a page of it, or what changed in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueDelta {
    /// The version that these products lead to. Pages may differ in it: together they lead to the lowest.
    pub version: u64,
    /// Whether this is the whole catalogue, or its first page, rather than what is added to something known.
    pub complete: bool,
    /// Products that are there or changed.
    pub products: Vec<Product>,
    /// Products that were taken out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Sku>,
    /// Where the next page starts: what to ask for as `after`. Absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Sku>,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Products that were new.
    pub added: u64,
    /// Products that changed.
    pub changed: u64,
    /// Products that were the same already.
    pub unchanged: u64,
    /// The catalogue's version afterwards.
    pub version: u64,
}
