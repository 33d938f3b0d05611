//! The lines of an archive. Each is a JSON object with one member, whose name is the kind of line.

use crate::store::projections::ProjectionKind;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use shared::finding::FindingKind;
use shared::ids::StoreNo;
use shared::position::Position;
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// The format that this program writes; it reads this one and all before it.
pub const FORMAT: u32 = 1;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format of the lines behind it.
    pub format: u32,
    /// The version of the program that wrote them.
    pub version: String,
    /// When they were written.
    pub written_at: Timestamp,
    /// The engine that they were read from: `embedded` or `mongodb`.
    pub engine: String,
    /// The epoch of the log that the engine was fed from.
    pub epoch: u32,
    /// How many partitions that log has; absent where the engine has not been given one yet.
    pub partitions: Option<u32>,
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// How many lines of each kind there are.
    pub counts: Counts,
    /// SHA-256 over all bytes before this line, in hexadecimal digits.
    pub sha256: String,
}

/// How many lines of each kind there are.
pub type Counts = BTreeMap<String, u64>;

/// A line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The first one.
    Comptoir(Header),
    /// A document that the ledger has made.
    Projection(ProjectionLine),
    /// A receipt.
    Receipt(RecordLine),
    /// Anything else that happened.
    Movement(RecordLine),
    /// A record that could not be read.
    DeadLetter(LetterLine),
    /// A document that people or the web tier have made.
    Document(DocumentLine),
    /// A record that is in the log and not in the sums yet.
    Event(EventLine),
    /// The last one.
    End(End),
}

/// A projection.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProjectionLine {
    /// Its store.
    pub store: StoreNo,
    /// Its kind.
    pub kind: ProjectionKind,
    /// Its name.
    pub id: String,
    /// Its position.
    pub position: Position,
    /// Its JSON, as it is kept.
    pub body: Box<RawValue>,
}

/// A receipt or a movement.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordLine {
    /// Its store.
    pub store: StoreNo,
    /// Its position.
    pub position: Position,
    /// When the log took it.
    pub accepted_at: Timestamp,
    /// Its kind.
    pub kind: String,
    /// Whether the receipt did not have the hash that was signed when it came, which a finding tells of.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub altered: bool,
    /// Its JSON, as it is kept.
    pub body: Box<RawValue>,
}

/// A dead letter.
#[derive(Debug, Serialize, Deserialize)]
pub struct LetterLine {
    /// Its position.
    pub position: Position,
    /// The partition of the position.
    pub partition: u32,
    /// Its store.
    pub store: Option<StoreNo>,
    /// Its kind.
    pub kind: String,
    /// The version of its form.
    pub version: u16,
    /// When the log took it.
    pub accepted_at: Timestamp,
    /// Its bytes, in base64.
    pub payload: String,
    /// Why it could not be read, in English.
    pub reason: String,
    /// When a mended copy was published.
    pub mended_at: Option<Timestamp>,
}

/// A document.
#[derive(Debug, Serialize, Deserialize)]
pub struct DocumentLine {
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub id: String,
    /// Its revision.
    pub revision: u64,
    /// Absent where it was deleted.
    pub body: Option<Box<RawValue>>,
}

/// A record of the log.
#[derive(Debug, Serialize, Deserialize)]
pub struct EventLine {
    /// Its position.
    pub position: Position,
    /// The partition of the position.
    pub partition: u32,
    /// Its store.
    pub store: Option<StoreNo>,
    /// Its kind.
    pub kind: String,
    /// The version of its form.
    pub version: u16,
    /// When the log took it.
    pub accepted_at: Timestamp,
    /// What the intake found wrong with it.
    pub flags: Vec<FindingKind>,
    /// The request that brought it.
    pub request_id: Option<String>,
    /// Its bytes, in base64.
    pub payload: String,
}
