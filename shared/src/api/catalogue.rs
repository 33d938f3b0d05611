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
}

/// The catalogue, or what changed in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueDelta {
    /// The version that these products lead to.
    pub version: u64,
    /// Whether this is the whole catalogue rather than changes.
    pub complete: bool,
    /// Products that are there or changed.
    pub products: Vec<Product>,
    /// Products that were taken out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Sku>,
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
