//! The event log: every store's events in one order, durable before anyone is told so.

#[cfg(test)]
mod contract;
pub mod embedded;
pub mod kafka;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{Deserialize, IntoDeserializer};
use shared::event::Event;
use shared::finding::FindingKind;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::position::Position;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// The kind of the records that name the log which they stand in. They say nothing of any store. Processes that make a log at
/// the same time may each write one, and events may stand between.
pub const MARKER: &str = "marker";

/// A record to append.
#[derive(Debug, Clone)]
pub struct NewRecord {
    /// The store whose sequence it joins.
    pub store: StoreNo,
    /// What happened.
    pub event: Event,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// What the intake found wrong with it.
    pub flags: Vec<FindingKind>,
    /// The request that brought it, for following it through the system.
    pub request_id: Option<String>,
}

/// A record as the log gives it back; its bytes may still turn out to be unreadable.
#[derive(Debug, Clone)]
pub struct LogRecord {
    /// Its place.
    pub position: Position,
    /// The partition that the place is in.
    pub partition: u32,
    /// The store whose sequence it is in, if that can be read.
    pub store: Option<StoreNo>,
    /// The name of its kind.
    pub kind: String,
    /// The version of its form.
    pub version: u16,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// What the intake found wrong with it, unless that cannot be read.
    pub flags: Result<Vec<FindingKind>, FlagsError>,
    /// The request that brought it.
    pub request_id: Option<String>,
    /// What happened, encoded.
    pub payload: Vec<u8>,
}

impl LogRecord {
    /// Whether it only names the log.
    pub fn is_marker(&self) -> bool {
        self.kind == MARKER
    }
}

/// Why the flags of a record are not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FlagsError {
    /// A web tier of a later version has found what this one does not know: without it what is wrong would pass for right.
    #[error("a later version has flagged it with {0:?}, upgrade this one")]
    Later(String),
    /// No web tier has written them.
    #[error("its flags are no list of names")]
    Unreadable,
}

/// The longest part of an unknown flag's name that is told, in characters.
const NAMED: usize = 40;

/// Reads the flags of a record.
///
/// # Errors
///
/// [`FlagsError`].
pub fn flags(bytes: &[u8]) -> Result<Vec<FindingKind>, FlagsError> {
    let names: Vec<String> = serde_json::from_slice(bytes).map_err(|_| FlagsError::Unreadable)?;
    let kind = |name: &String| {
        let text: StrDeserializer<'_, ValueError> = name.as_str().into_deserializer();
        FindingKind::deserialize(text).map_err(|_| FlagsError::Later(name.chars().take(NAMED).collect()))
    };
    names.iter().map(kind).collect()
}

/// Why the log did not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LogError {
    /// It cannot be reached or cannot write; asking again later may help. Nothing is known to be stored.
    #[error("the log is not available: {0}")]
    Unavailable(String),
    /// The record cannot be written in any number of tries.
    #[error("the log cannot take the record: {0}")]
    Rejected(String),
    /// What it holds is not what this program writes.
    #[error("the log is damaged or not ours: {0}")]
    Corrupt(String),
    /// It is another one than it has to be, or cannot be spoken to as it was asked for; the message says what to do.
    #[error("{0}")]
    Refused(String),
    /// Another saver reads this partition by now; what this one has not committed, that one does again.
    #[error("the partition is another saver's by now")]
    Lost,
}

/// The log that all roles share.
#[async_trait]
pub trait EventLog: Send + Sync {
    /// Appends records in their order and resolves once they are durable. Nobody needs to wait for it: it is not cut off
    /// half-way. After a failure some of them may be there; appending them again makes copies, which do not count.
    async fn append(&self, records: Vec<NewRecord>) -> Result<(), LogError>;

    /// Joins the savers that share the partitions among them, until `stop`.
    async fn consume(&self, stop: &CancellationToken) -> Result<Box<dyn Partitions>, LogError>;

    /// Tells every instance; resolves once they can read it.
    async fn publish(&self, notice: Arc<Notice>) -> Result<(), LogError>;

    /// Every notice from here on, perhaps after some earlier ones.
    fn notices(&self) -> broadcast::Receiver<Arc<Notice>>;

    /// How many records are behind the last committed position.
    async fn backlog(&self) -> Result<u64, LogError>;
}

/// The partitions that fall to one saver.
#[async_trait]
pub trait Partitions: Send {
    /// The next partition that falls to this saver, read from behind its last committed position. Pending while there is
    /// none; nothing is lost where nobody waits for it.
    async fn next(&mut self) -> Result<Box<dyn Consumer>, LogError>;
}

/// A reader of one partition that remembers how far it got. Dropping it gives the partition back.
#[async_trait]
pub trait Consumer: Send {
    /// Which partition.
    fn partition(&self) -> u32;

    /// Cancelled when the reader has to come to an end: because of its saver's own stop, or since another saver is to
    /// have the partition, which waits for this one for a few seconds.
    fn stop(&self) -> CancellationToken;

    /// The position after which the first poll starts.
    fn committed(&self) -> Position;

    /// The next records, at most `max`; waits up to `wait` for the first, and may give none.
    async fn poll(&mut self, max: usize, wait: Duration) -> Result<Vec<LogRecord>, LogError>;

    /// The position of the last record in the log, for telling how far behind a reader is.
    async fn end(&mut self) -> Result<u64, LogError>;

    /// Remembers that everything up to and with `position` is done with.
    async fn commit(&mut self, position: Position) -> Result<(), LogError>;
}
