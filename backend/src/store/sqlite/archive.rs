//! Reading everything out of SQLite, and putting documents in as they were.

use super::Sqlite;
use crate::store::archive::{Archive, KindDocument, Table};
use crate::store::documents::{RawDocument, Revision};
use crate::store::{StoreError, search_page};
use async_trait::async_trait;
use rusqlite::{Connection, Row, params};
use serde::de::DeserializeOwned;
use shared::api::Page;
use shared::event::{Event, Recorded};
use shared::ids::StoreNo;
use shared::position::Position;
use shared::time::Timestamp;

impl Sqlite {
    /// Gives the log in this file an epoch, from the next time that it is opened.
    pub async fn begin_epoch(&self, epoch: u32) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection.execute("UPDATE facts SET value = ?1 WHERE name = 'epoch'", [epoch.to_string()])?;
            Ok(())
        })
        .await
    }
}

#[async_trait]
impl Archive for Sqlite {
    async fn records(&self, table: Table, after: Option<&str>, limit: usize) -> Result<Page<Recorded>, StoreError> {
        let rows = match table {
            Table::Receipts => {
                let after: Option<(u32, u64)> = cursor(after)?;
                self.read(move |connection| receipts(connection, after.unwrap_or_default(), limit + 1)).await?
            }
            Table::Movements => {
                let after: Option<(u32, String)> = cursor(after)?;
                self.read(move |connection| movements(connection, &after.unwrap_or_default(), limit + 1)).await?
            }
        };
        let place = |record: &Recorded| match table {
            Table::Receipts => text(&(record.position.epoch, record.position.offset)),
            Table::Movements => text(&(record.store, record.event.id().uuid().simple().to_string())),
        };
        Ok(search_page::page(rows, limit, place))
    }

    async fn every_document(&self, after: Option<&str>, limit: usize) -> Result<Page<KindDocument>, StoreError> {
        let after: (String, String) = cursor(after)?.unwrap_or_default();
        let rows = self.read(move |connection| documents(connection, &after, limit + 1)).await?;
        Ok(search_page::page(rows, limit, |row| text(&(&row.kind, &row.document.id))))
    }

    async fn put_documents(&self, documents: &[KindDocument]) -> Result<(), StoreError> {
        let documents = documents.to_vec();
        self.write(move |connection| documents.iter().try_for_each(|document| put(connection, document))).await
    }
}

fn text(place: &impl serde::Serialize) -> String {
    serde_json::to_string(place).unwrap_or_default()
}

fn cursor<T: DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, StoreError> {
    Ok(text.map(serde_json::from_str).transpose()?)
}

fn receipts(connection: &Connection, after: (u32, u64), limit: usize) -> Result<Vec<Recorded>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT epoch, offset, store, accepted_at, body, 'receipt' FROM receipts
         WHERE (epoch, offset) > (?1, ?2) ORDER BY epoch, offset LIMIT ?3",
    )?;
    let rows = select.query_map(params![after.0, after.1, limit], |row| Ok(recorded(row)))?;
    rows.map(|row| row?).collect()
}

/// Ids are compared as the bytes that they are; the cursor has them in hexadecimal digits.
fn movements(connection: &Connection, after: &(u32, String), limit: usize) -> Result<Vec<Recorded>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT epoch, offset, store, accepted_at, body, kind FROM movements
         WHERE (store, id) > (?1, unhex(?2)) ORDER BY store, id LIMIT ?3",
    )?;
    let rows = select.query_map(params![after.0, after.1, limit], |row| Ok(recorded(row)))?;
    rows.map(|row| row?).collect()
}

fn recorded(row: &Row<'_>) -> Result<Recorded, StoreError> {
    let corrupt = |error: &dyn std::fmt::Display| StoreError::Corrupt(error.to_string());
    let (body, kind): (Vec<u8>, String) = (row.get(4)?, row.get(5)?);
    Ok(Recorded {
        position: Position { epoch: row.get(0)?, offset: row.get(1)? },
        store: StoreNo::try_from(row.get::<_, u64>(2)?).map_err(|error| corrupt(&error))?,
        accepted_at: Timestamp::from_millisecond(row.get(3)?).map_err(|error| corrupt(&error))?,
        flags: Vec::new(),
        event: Event::decode(&kind, Event::VERSION, &body).map_err(|error| corrupt(&error))?,
    })
}

fn documents(connection: &Connection, after: &(String, String), limit: usize) -> Result<Vec<KindDocument>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT kind, id, revision, body FROM documents WHERE (kind, id) > (?1, ?2) ORDER BY kind, id LIMIT ?3",
    )?;
    let rows = select.query_map(params![after.0, after.1, limit], |row| {
        let document = RawDocument { id: row.get(1)?, revision: Revision(row.get(2)?), body: row.get(3)? };
        Ok(KindDocument { kind: row.get(0)?, document })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn put(connection: &Connection, KindDocument { kind, document }: &KindDocument) -> Result<(), StoreError> {
    let RawDocument { id, revision, body } = document;
    connection
        .prepare_cached("INSERT OR REPLACE INTO documents (kind, id, revision, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![kind, id, revision.0, body])?;
    connection
        .prepare_cached(
            "INSERT INTO revisions (kind, last) VALUES (?1, ?2)
             ON CONFLICT (kind) DO UPDATE SET last = max(last, excluded.last)",
        )?
        .execute(params![kind, revision.0])?;
    Ok(())
}
