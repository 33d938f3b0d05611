//! The event log in the embedded engine's SQLite file: one partition, read by this process only.

mod put_back;

use super::{Consumer, EventLog, LogError, LogRecord, NewRecord, Partitions};
use crate::store::StoreError;
use crate::store::sqlite::Sqlite;
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};
use shared::event::Event;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::position::Position;
use shared::time::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

/// The name under which the saver's progress is kept.
const SAVER: &str = "saver";

/// How many notices a slow reader may fall behind before it is told that it missed some.
const NOTICES: usize = 1024;

/// The log in the SQLite file.
pub struct EmbeddedLog {
    file: Arc<Sqlite>,
    appended: watch::Sender<()>,
    notices: broadcast::Sender<Arc<Notice>>,
}

impl EmbeddedLog {
    /// The log of an open file.
    pub fn new(file: Arc<Sqlite>) -> Self {
        Self { file, appended: watch::Sender::new(()), notices: broadcast::Sender::new(NOTICES) }
    }
}

#[async_trait]
impl EventLog for EmbeddedLog {
    async fn append(&self, records: Vec<NewRecord>) -> Result<(), LogError> {
        let rows = records.iter().map(NewRow::of).collect::<Result<Vec<_>, _>>()?;
        self.file.write(move |connection| rows.iter().try_for_each(|row| row.insert(connection))).await?;
        self.appended.send_replace(());
        Ok(())
    }

    async fn consume(&self, stop: &CancellationToken) -> Result<Box<dyn Partitions>, LogError> {
        let epoch = self.file.epoch();
        let committed = self.file.read(move |connection| committed(connection, epoch)).await?;
        let consumer = EmbeddedConsumer {
            file: Arc::clone(&self.file),
            appended: self.appended.subscribe(),
            stop: stop.clone(),
            committed,
            next: committed.offset + 1,
        };
        Ok(Box::new(OnePartition(Some(consumer))))
    }

    async fn publish(&self, notice: Arc<Notice>) -> Result<(), LogError> {
        // Without a page that listens there is nobody to tell; a page that comes later starts with a snapshot.
        let _ = self.notices.send(notice);
        Ok(())
    }

    fn notices(&self) -> broadcast::Receiver<Arc<Notice>> {
        self.notices.subscribe()
    }

    async fn backlog(&self) -> Result<u64, LogError> {
        let epoch = self.file.epoch();
        let (end, committed) = self.file.read(move |c| Ok((end(c)?, committed(c, epoch)?))).await?;
        Ok(end.saturating_sub(committed.offset))
    }
}

/// The partition that there is, until it is taken.
struct OnePartition(Option<EmbeddedConsumer>);

#[async_trait]
impl Partitions for OnePartition {
    async fn next(&mut self) -> Result<Box<dyn Consumer>, LogError> {
        match self.0.take() {
            Some(consumer) => Ok(Box::new(consumer)),
            None => std::future::pending().await,
        }
    }
}

/// The saver's reader.
struct EmbeddedConsumer {
    file: Arc<Sqlite>,
    appended: watch::Receiver<()>,
    stop: CancellationToken,
    committed: Position,
    next: u64,
}

#[async_trait]
impl Consumer for EmbeddedConsumer {
    fn partition(&self) -> u32 {
        0
    }

    fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }

    fn committed(&self) -> Position {
        self.committed
    }

    async fn poll(&mut self, max: usize, wait: Duration) -> Result<Vec<LogRecord>, LogError> {
        self.appended.mark_unchanged();
        let records = self.read(max).await?;
        if !records.is_empty() || tokio::time::timeout(wait, self.appended.changed()).await.is_err() {
            return Ok(records);
        }
        self.read(max).await
    }

    async fn end(&mut self) -> Result<u64, LogError> {
        Ok(self.file.read(end).await?)
    }

    async fn commit(&mut self, position: Position) -> Result<(), LogError> {
        self.file.write(move |connection| commit(connection, position)).await?;
        self.committed = self.committed.max(position);
        Ok(())
    }
}

impl EmbeddedConsumer {
    async fn read(&mut self, max: usize) -> Result<Vec<LogRecord>, LogError> {
        let (epoch, next) = (self.file.epoch(), self.next);
        let records = self.file.read(move |connection| read(connection, epoch, next, max)).await?;
        if let Some(last) = records.last() {
            self.next = last.position.offset + 1;
        }
        Ok(records)
    }
}

/// A record's columns, encoded before the writer's turn.
struct NewRow {
    store: StoreNo,
    kind: &'static str,
    accepted_at: i64,
    flags: Option<String>,
    request_id: Option<String>,
    payload: Vec<u8>,
}

impl NewRow {
    fn of(record: &NewRecord) -> Result<Self, LogError> {
        let rejected = |error: serde_json::Error| LogError::Rejected(error.to_string());
        let flags = (!record.flags.is_empty()).then(|| serde_json::to_string(&record.flags));
        Ok(Self {
            store: record.store,
            kind: record.event.kind().as_str(),
            accepted_at: record.accepted_at.as_millisecond(),
            flags: flags.transpose().map_err(rejected)?,
            request_id: record.request_id.clone(),
            payload: record.event.encode().map_err(rejected)?,
        })
    }

    fn insert(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut insert = connection.prepare_cached(
            "INSERT INTO events (store, kind, version, accepted_at, flags, request_id, payload)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        insert.execute(params![
            self.store.get(),
            self.kind,
            Event::VERSION,
            self.accepted_at,
            self.flags,
            self.request_id,
            self.payload
        ])?;
        Ok(())
    }
}

fn read(connection: &Connection, epoch: u32, next: u64, max: usize) -> Result<Vec<LogRecord>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT offset, store, kind, version, accepted_at, flags, request_id, payload FROM events
         WHERE offset >= ?1 ORDER BY offset LIMIT ?2",
    )?;
    let mut rows = select.query(params![next, max])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(record(row, epoch)?);
    }
    Ok(records)
}

fn record(row: &Row<'_>, epoch: u32) -> Result<LogRecord, StoreError> {
    let corrupt = |error: &dyn std::fmt::Display| StoreError::Corrupt(error.to_string());
    let flags: Option<String> = row.get(5)?;
    Ok(LogRecord {
        position: Position { epoch, offset: row.get(0)? },
        partition: 0,
        store: Some(StoreNo::try_from(row.get::<_, u64>(1)?).map_err(|error| corrupt(&error))?),
        kind: row.get(2)?,
        version: row.get(3)?,
        accepted_at: Timestamp::from_millisecond(row.get(4)?).map_err(|error| corrupt(&error))?,
        flags: flags.map_or(Ok(Vec::new()), |flags| super::flags(flags.as_bytes())),
        request_id: row.get(6)?,
        payload: row.get(7)?,
    })
}

fn committed(connection: &Connection, epoch: u32) -> Result<Position, StoreError> {
    let mut select = connection.prepare_cached("SELECT epoch, offset FROM commits WHERE consumer = ?1")?;
    let found = select.query_row([SAVER], |row| Ok(Position { epoch: row.get(0)?, offset: row.get(1)? })).optional()?;
    Ok(found.unwrap_or(Position { epoch, offset: 0 }))
}

fn commit(connection: &Connection, position: Position) -> Result<(), StoreError> {
    let mut upsert = connection.prepare_cached(
        "INSERT INTO commits (consumer, epoch, offset) VALUES (?1, ?2, ?3)
         ON CONFLICT (consumer) DO UPDATE SET epoch = excluded.epoch, offset = excluded.offset
         WHERE (commits.epoch, commits.offset) < (excluded.epoch, excluded.offset)",
    )?;
    upsert.execute(params![SAVER, position.epoch, position.offset])?;
    Ok(())
}

fn end(connection: &Connection) -> Result<u64, StoreError> {
    let mut select = connection.prepare_cached("SELECT coalesce(max(offset), 0) FROM events")?;
    Ok(select.query_row([], |row| row.get(0))?)
}

impl From<StoreError> for LogError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(cause) | StoreError::Full(cause) => Self::Unavailable(cause),
            StoreError::Corrupt(cause) => Self::Corrupt(cause),
        }
    }
}
