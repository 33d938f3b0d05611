//! Reports of what registers took.

use crate::ids::{RegisterNo, StoreNo};
use crate::money::Money;
use crate::payment::Tender;
use crate::tax::TaxLine;
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

/// Which day's report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct ReportQuery {
    /// The business day; the one that runs where absent.
    pub day: Option<Day>,
}

/// The X report of a store: what its registers took on a business day, as far as it is saved, with nothing closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct XReport {
    /// The store.
    pub store: StoreNo,
    /// The business day.
    pub day: Day,
    /// Whether the figures are of training.
    pub training: bool,
    /// When the figures were read.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub as_of: Timestamp,
    /// The registers that sold, by number.
    pub registers: Vec<RegisterReport>,
}

/// What one register took. All sums are of the receipts' own rounded figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterReport {
    /// The register.
    pub register: RegisterNo,
    /// How many receipts.
    pub receipts: u64,
    /// What rounding to the smallest coin has added to what was paid; absent where it comes to nothing.
    #[serde(default, skip_serializing_if = "Money::is_zero")]
    pub rounding: Money,
    /// Their sum.
    pub takings: Money,
    /// By rate of tax.
    pub taxes: Vec<TaxLine>,
    /// By means of payment, change taken off; together they are `takings` and `rounding`.
    pub tenders: Vec<Tender>,
}
