//! Where in the log a record stands.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A record's place in its store's sequence: the log's epoch, then the offset in that store's partition.
///
/// Every projected document carries the position that it reflects and only ever moves forward.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Which log; bumped when a store is moved to another one.
    pub epoch: u32,
    /// The place in that log, at most 2⁵³ − 1; 0 stands before its first record.
    #[serde(deserialize_with = "crate::money::exact")]
    pub offset: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.epoch, self.offset)
    }
}
