//! Receipts and movements in SQLite.

use super::Sqlite;
use crate::store::StoreError;
use crate::store::receipts::{Receipts, SaveOutcome};
use crate::store::search_page::{self, ReceiptCursor};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};
use shared::api::Page;
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::event::{Event, Recorded};
use shared::ids::{ReceiptId, StoreNo};
use shared::position::Position;

/// The columns of a record, made before the writer's turn so that the writer only writes.
struct Row {
    position: Position,
    store: StoreNo,
    id: [u8; 16],
    accepted_at: i64,
    columns: Columns,
    body: Vec<u8>,
}

enum Columns {
    Receipt { register: u16, series: String, number: u64, seller: u32, day: String, total: i64, hash: [u8; 32] },
    Movement { kind: &'static str },
}

impl Row {
    fn of(record: &Recorded) -> Result<Self, StoreError> {
        let columns = match &record.event {
            Event::Receipt(receipt) => Columns::Receipt {
                register: receipt.body.register.get(),
                series: receipt.body.series.to_string(),
                number: receipt.body.number.get(),
                seller: receipt.body.seller.get(),
                day: receipt.body.issued_at.local_day().to_string(),
                total: receipt.body.total.minor(),
                hash: *receipt.hash.as_bytes(),
            },
            other => Columns::Movement { kind: other.kind().as_str() },
        };
        Ok(Self {
            position: record.position,
            store: record.store,
            id: *record.event.id().uuid().as_bytes(),
            accepted_at: record.accepted_at.as_millisecond(),
            columns,
            body: record.event.encode()?,
        })
    }

    fn insert(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let Position { epoch, offset } = self.position;
        let (store, id) = (self.store.get(), self.id);
        let inserted = match &self.columns {
            Columns::Receipt { register, series, number, seller, day, total, hash } => connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO receipts (epoch, offset, store, id, register, series, number, seller, day,
                     total, accepted_at, hash, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                )?
                .execute(params![
                    epoch,
                    offset,
                    store,
                    id,
                    register,
                    series,
                    number,
                    seller,
                    day,
                    total,
                    self.accepted_at,
                    hash,
                    self.body
                ])?,
            Columns::Movement { kind } => connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO movements (store, id, epoch, offset, kind, body, accepted_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![store, id, epoch, offset, kind, self.body, self.accepted_at])?,
        };
        Ok(inserted == 1)
    }

    fn existing(&self, connection: &Connection) -> rusqlite::Result<Option<(Position, bool)>> {
        let select = match &self.columns {
            Columns::Receipt { .. } => "SELECT epoch, offset, body FROM receipts WHERE id = ?2 AND store = ?1",
            Columns::Movement { .. } => "SELECT epoch, offset, body, kind FROM movements WHERE store = ?1 AND id = ?2",
        };
        let found = |row: &rusqlite::Row<'_>| {
            let position = Position { epoch: row.get(0)?, offset: row.get(1)? };
            let is_same_kind = match &self.columns {
                Columns::Receipt { .. } => true,
                Columns::Movement { kind } => row.get_ref(3)?.as_str()? == *kind,
            };
            Ok((position, is_same_kind && row.get_ref(2)?.as_blob()? == self.body))
        };
        connection.prepare_cached(select)?.query_row(params![self.store.get(), self.id], found).optional()
    }

    fn save(&self, connection: &Connection) -> Result<SaveOutcome, StoreError> {
        if self.insert(connection)? {
            return Ok(SaveOutcome::First);
        }
        match self.existing(connection)? {
            Some((position, _)) if position == self.position => Ok(SaveOutcome::Redelivered),
            Some((_, identical)) => Ok(SaveOutcome::Copy { identical }),
            None => Err(StoreError::Corrupt(format!("another record stands at position {}", self.position))),
        }
    }
}

#[async_trait]
impl Receipts for Sqlite {
    async fn save(&self, records: &[Recorded]) -> Result<Vec<SaveOutcome>, StoreError> {
        let rows = records.iter().map(Row::of).collect::<Result<Vec<_>, _>>()?;
        self.write(move |connection| rows.iter().map(|row| row.save(connection)).collect()).await
    }

    async fn receipt(&self, id: ReceiptId) -> Result<Option<StoredReceipt>, StoreError> {
        self.read(move |connection| {
            let mut select = connection
                .prepare_cached("SELECT epoch, offset, accepted_at, body FROM receipts WHERE id = ?1 LIMIT 1")?;
            let row = select.query_row([id.uuid().as_bytes()], super::search::columns).optional()?;
            row.map(super::search::stored).transpose()
        })
        .await
    }

    async fn search(&self, query: &ReceiptQuery) -> Result<Page<StoredReceipt>, StoreError> {
        let search = super::search::Search::of(query);
        let limit = search_page::limit(query.limit, 50);
        let rows = self.read(move |connection| search.run(connection, limit + 1)).await?;
        Ok(search_page::page(rows, limit, |receipt| ReceiptCursor::behind(receipt).to_string()))
    }
}
