//! The WebSocket `GET live`: the client subscribes, the server sends a snapshot and then notices.

use crate::ids::StoreNo;
use crate::notice::Notice;
use crate::picture::Snapshot;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// Asks for one store with its levels, or for all stores without; replaces what was asked for before.
    Subscribe {
        /// Which store; all where absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        store: Option<StoreNo>,
    },
}

/// What the server says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// How everything stands; replaces whatever the page held.
    Snapshot {
        /// Every store that was asked for.
        stores: Vec<Snapshot>,
    },
    /// A batch was saved.
    Notice(Box<Notice>),
    /// The catalogue has a later version: fetch what changed.
    Catalogue {
        /// That version.
        version: u64,
    },
    /// What people decide of a store, its registers or its staff have changed: fetch the stores again.
    Stores,
    /// A sign of life, every few seconds.
    Heartbeat {
        /// The server's time.
        #[serde(with = "crate::time::rfc3339")]
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
        at: Timestamp,
        /// How many records are in the log and not saved yet.
        backlog: u64,
        /// How many dead letters name no store, and so are no finding of any; told to whoever watches all stores.
        #[serde(default, skip_serializing_if = "is_none")]
        unplaced: u64,
        /// How often something that tills send was refused lately; told to whoever watches all stores.
        #[serde(default, skip_serializing_if = "is_none")]
        refused: u64,
    },
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks by reference; how large is trivial depends on the machine"
)]
fn is_none(count: &u64) -> bool {
    *count == 0
}

/// Why the server closed a connection (RFC 6455 §7.4.2: 4000 to 4999 are the application's).
pub mod close {
    /// The server stops; reconnect elsewhere or in a moment.
    pub const GOING_AWAY: u16 = 1001;
    /// A frame was no [`super::ClientFrame`].
    pub const RUBBISH: u16 = 4400;
    /// The page did not read fast enough; reconnect for a fresh snapshot.
    pub const TOO_SLOW: u16 = 4408;
}
