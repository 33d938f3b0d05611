//! Projections: documents that reflect the log up to a position and only ever move forward.

use super::StoreError;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use shared::ids::StoreNo;
use shared::position::Position;

/// What a projected document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectionKind {
    /// What the ledger decides by: cut-off, training, thresholds.
    Settings,
    /// A few hundred stock levels and their open alerts.
    Stock,
    /// One series: its key and which numbers arrived.
    Series,
    /// The figures of one business day.
    Day,
    /// One alert, open or past.
    Alert,
    /// One finding.
    Finding,
}

impl ProjectionKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Settings, Self::Stock, Self::Series, Self::Day, Self::Alert, Self::Finding];

    /// The name under which the store keeps it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Stock => "stock",
            Self::Series => "series",
            Self::Day => "day",
            Self::Alert => "alert",
            Self::Finding => "finding",
        }
    }
}

/// A projected document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projected {
    /// The store that it is about.
    pub store: StoreNo,
    /// What it holds.
    pub kind: ProjectionKind,
    /// Its name within store and kind; documents are listed in the order of their names.
    pub id: String,
    /// The last record that it reflects.
    pub position: Position,
    /// Its JSON.
    pub body: Vec<u8>,
}

/// Which projections to list.
#[derive(Debug, Clone, Default)]
pub struct ProjectionFilter {
    /// One store; all where absent.
    pub store: Option<StoreNo>,
    /// Only names after this one (after this store's, where the listing goes over all stores).
    pub after: Option<(StoreNo, String)>,
    /// Newest names first instead of oldest.
    pub descending: bool,
    /// At most so many; all where absent.
    pub limit: Option<u32>,
}

/// Where projections are kept.
#[async_trait]
pub trait Projections {
    /// Writes documents in the order given, each only if it is ahead of what is there; resolves once they are durable.
    /// Whatever cuts it off, none is written before those that stand ahead of it.
    async fn advance(&self, documents: Vec<Projected>) -> Result<(), StoreError>;

    /// Documents of one kind, by store and name.
    async fn list(&self, kind: ProjectionKind, filter: ProjectionFilter) -> Result<Vec<Projected>, StoreError>;

    /// One document.
    async fn projection(&self, kind: ProjectionKind, store: StoreNo, id: &str)
    -> Result<Option<Projected>, StoreError>;
}
