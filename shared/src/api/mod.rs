//! What goes over HTTP and the WebSocket, one file per subject. All under `/api/v1`.

pub mod alerts;
pub mod baskets;
pub mod catalogue;
pub mod closings;
pub mod dead_letters;
pub mod journal;
pub mod live;
pub mod problem;
pub mod receipts;
pub mod refunds;
pub mod refusals;
pub mod reports;
pub mod sessions;
pub mod setup;
pub mod simulations;
pub mod stats;
pub mod stock;
pub mod stores;

/// What every path but the operational ones starts with.
pub const BASE: &str = "/api/v1";

/// One page of a longer list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// What to give as `cursor` for the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
