//! Queries: the name of one on the first line, and behind it what stands behind an address's question mark.

use super::problem::says_what_to_do;
use comptoir::probe::read_query;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::alerts::AlertQuery;
use shared::api::catalogue::CatalogueQuery;
use shared::api::closings::{ClosingQuery, YearQuery};
use shared::api::dead_letters::LetterQuery;
use shared::api::journal::JournalQuery;
use shared::api::receipts::{ExportQuery, ReceiptQuery};
use shared::api::reports::ReportQuery;
use shared::api::stats::{CompletenessQuery, StatsQuery};
use shared::api::stock::StockQuery;
use std::fmt::Debug;

/// The target `queries`.
pub fn check(data: &[u8]) {
    reads(data);
}

/// The same, and whether it is a query that can be read.
pub fn reads(data: &[u8]) -> bool {
    let Ok(data) = std::str::from_utf8(data) else { return false };
    data.split_once('\n').is_some_and(|(name, text)| is_one(name, text))
}

/// Holds a query that can be read against itself, and one that cannot against what is said of it; tells whether it can.
fn is_read_as_written<T: Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) -> bool {
    match read_query::<T>(text) {
        None => false,
        Some(Err(problem)) => {
            says_what_to_do(&problem);
            false
        }
        Some(Ok(read)) => {
            let written = serde_urlencoded::to_string(&read).expect("a query can be written");
            assert_eq!(read_query(&written), Some(Ok(read)), "{text:?} is written as {written:?}");
            true
        }
    }
}

macro_rules! queries {
    ($($query:ident: $path:literal,)*) => {
        /// The queries, by the paths that take them.
        pub const NAMES: &[&str] = &[$($path),*];

        fn is_one(name: &str, text: &str) -> bool {
            match name {
                $($path => is_read_as_written::<$query>(text),)*
                _ => false,
            }
        }
    };
}

queries! {
    AlertQuery: "/api/v1/alerts",
    CatalogueQuery: "/api/v1/catalogue",
    ClosingQuery: "/api/v1/stores/{store}/closings",
    CompletenessQuery: "/api/v1/completeness",
    ExportQuery: "/api/v1/receipts/export",
    JournalQuery: "/api/v1/journal",
    LetterQuery: "/api/v1/dead-letters",
    ReceiptQuery: "/api/v1/receipts",
    ReportQuery: "/api/v1/stores/{store}/reports/x",
    StatsQuery: "/api/v1/stats",
    StockQuery: "/api/v1/stock",
    YearQuery: "/api/v1/stores/{store}/closings/calendar",
}
