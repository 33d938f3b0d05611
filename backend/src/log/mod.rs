//! The event log: every store's events in one order, durable before anyone is told so.

#[cfg(test)]
mod contract;
pub mod embedded;

use async_trait::async_trait;
use jiff::Timestamp;
use shared::event::Event;
use shared::finding::FindingKind;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::position::Position;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;

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
    /// The store whose sequence it is in.
    pub store: StoreNo,
    /// The name of its kind.
    pub kind: String,
    /// The version of its form.
    pub version: u16,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// What the intake found wrong with it.
    pub flags: Vec<FindingKind>,
    /// The request that brought it.
    pub request_id: Option<String>,
    /// What happened, encoded.
    pub payload: Vec<u8>,
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
}

/// The log that all roles share.
#[async_trait]
pub trait EventLog: Send + Sync {
    /// Appends records and resolves once they are durable. All or none of them are taken.
    async fn append(&self, records: Vec<NewRecord>) -> Result<(), LogError>;

    /// A consumer that starts after the last committed position.
    async fn consume(&self) -> Result<Box<dyn Consumer>, LogError>;

    /// Tells every instance; resolves once they can read it.
    async fn publish(&self, notice: Arc<Notice>) -> Result<(), LogError>;

    /// Every notice from here on.
    fn notices(&self) -> broadcast::Receiver<Arc<Notice>>;

    /// How many records are behind the last committed position.
    async fn backlog(&self) -> Result<u64, LogError>;
}

/// A reader of one partition that remembers how far it got.
#[async_trait]
pub trait Consumer: Send {
    /// The position after which the first poll starts.
    fn committed(&self) -> Position;

    /// The next records, at most `max`; waits up to `wait` for the first, and may give none.
    async fn poll(&mut self, max: usize, wait: Duration) -> Result<Vec<LogRecord>, LogError>;

    /// The position of the last record in the log, for telling how far behind a reader is.
    async fn end(&mut self) -> Result<u64, LogError>;

    /// Remembers that everything up to and with `position` is done with.
    async fn commit(&mut self, position: Position) -> Result<(), LogError>;
}
