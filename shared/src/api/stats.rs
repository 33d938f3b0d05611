//! Figures over all stores.

use crate::ids::StoreNo;
use crate::money::Money;
use crate::notice::SeriesStatus;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// Which day's figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct StatsQuery {
    /// One store; all where absent.
    pub store: Option<StoreNo>,
    /// The business day; today in each store where absent.
    pub day: Option<Day>,
}

/// The figures of one store on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreDay {
    /// The store.
    pub store: StoreNo,
    /// The day.
    pub day: Day,
    /// Whether they are of training.
    pub training: bool,
    /// How many receipts.
    pub receipts: u64,
    /// Their sum.
    pub takings: Money,
    /// The takings of each hour of the clock on the wall, 0 to 23.
    pub hours: Vec<Money>,
    /// The takings of the same weekday a week before, up to its end.
    pub week_before: Money,
}

/// The figures of all stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stats {
    /// One entry per store.
    pub stores: Vec<StoreDay>,
    /// How many records are in the log and not saved yet.
    pub backlog: u64,
}

/// Of which store to tell what has arrived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct CompletenessQuery {
    /// One store; all where absent.
    pub store: Option<StoreNo>,
}

/// Which receipts of each series of a store have arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreCompleteness {
    /// The store.
    pub store: StoreNo,
    /// Its series.
    pub series: Vec<SeriesStatus>,
}
