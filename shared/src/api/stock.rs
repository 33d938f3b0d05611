//! Stock and its movements.

use crate::event::StockItem;
use crate::ids::{EventId, Sku, StoreNo};
use crate::notice::SkuLevel;
use serde::{Deserialize, Serialize};

/// Which levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct StockQuery {
    /// The store.
    pub store: StoreNo,
    /// One product only.
    #[serde(default)]
    pub sku: Option<Sku>,
}

/// The levels of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreStock {
    /// The store.
    pub store: StoreNo,
    /// What it has, by SKU.
    pub levels: Vec<SkuLevel>,
}

/// Reports a delivery, `POST stores/{s}/deliveries`, or a count, `POST stores/{s}/counts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMovement {
    /// Minted by the caller, so that a repeated request counts once; by the server where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<EventId>,
    /// What moved: 1 to 1,000 products.
    pub items: Vec<StockItem>,
}

/// Moves goods to another store, `POST stores/{s}/transfers`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTransfer {
    /// Minted by the caller, so that a repeated request counts once; by the server where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<EventId>,
    /// Where the goods go.
    pub to: StoreNo,
    /// What moved: 1 to 1,000 products.
    pub items: Vec<StockItem>,
}

/// The event that the log took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovementAccepted {
    /// Its id.
    pub id: EventId,
}
