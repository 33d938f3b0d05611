//! Documents in SQLite.

use super::Sqlite;
use crate::store::StoreError;
use crate::store::documents::{Documents, RawDocument, Revision, Swap};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

#[async_trait]
impl Documents for Sqlite {
    async fn get(&self, kind: &'static str, id: &str) -> Result<Option<RawDocument>, StoreError> {
        let id = id.to_owned();
        self.read(move |connection| {
            let mut select = connection.prepare_cached(
                "SELECT id, revision, body FROM documents WHERE kind = ?1 AND id = ?2 AND body IS NOT NULL",
            )?;
            Ok(select.query_row(params![kind, id], columns).optional()?)
        })
        .await
    }

    async fn swap(
        &self,
        kind: &'static str,
        id: &str,
        expected: Option<Revision>,
        body: Vec<u8>,
    ) -> Result<Swap, StoreError> {
        let id = id.to_owned();
        self.write(move |connection| {
            let (found, _) = current(connection, kind, &id)?.unzip();
            if found != expected {
                return Ok(Swap::Conflict);
            }
            put(connection, kind, &id, Some(&body)).map(Swap::Done)
        })
        .await
    }

    async fn put_all(&self, kind: &'static str, documents: Vec<(String, Vec<u8>)>) -> Result<Revision, StoreError> {
        self.write(move |connection| {
            for (id, body) in &documents {
                let same = current(connection, kind, id)?.is_some_and(|(_, before)| before == *body);
                if !same {
                    put(connection, kind, id, Some(body))?;
                }
            }
            last(connection, kind)
        })
        .await
    }

    async fn delete(&self, kind: &'static str, id: &str) -> Result<(), StoreError> {
        let id = id.to_owned();
        self.write(move |connection| {
            if current(connection, kind, &id)?.is_some() {
                put(connection, kind, &id, None)?;
            }
            Ok(())
        })
        .await
    }

    async fn list_documents(&self, kind: &'static str, prefix: &str) -> Result<Vec<RawDocument>, StoreError> {
        let prefix = prefix.to_owned();
        self.read(move |connection| {
            let mut select = connection.prepare_cached(
                "SELECT id, revision, body FROM documents
                 WHERE kind = ?1 AND id >= ?2 AND substr(id, 1, length(?2)) = ?2 AND body IS NOT NULL ORDER BY id",
            )?;
            let rows = select.query_map(params![kind, prefix], columns)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    async fn changed_since(&self, kind: &'static str, revision: Revision) -> Result<Vec<RawDocument>, StoreError> {
        let revision = i64::try_from(revision.0).unwrap_or(i64::MAX);
        self.read(move |connection| {
            let mut select = connection.prepare_cached(
                "SELECT id, revision, body FROM documents WHERE kind = ?1 AND revision > ?2 ORDER BY revision",
            )?;
            let rows = select.query_map(params![kind, revision], columns)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }
}

fn columns(row: &Row<'_>) -> rusqlite::Result<RawDocument> {
    Ok(RawDocument { id: row.get(0)?, revision: Revision(row.get(1)?), body: row.get(2)? })
}

fn current(connection: &Connection, kind: &str, id: &str) -> Result<Option<(Revision, Vec<u8>)>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT revision, body FROM documents WHERE kind = ?1 AND id = ?2 AND body IS NOT NULL")?;
    Ok(select.query_row(params![kind, id], |row| Ok((Revision(row.get(0)?), row.get(1)?))).optional()?)
}

fn put(connection: &Connection, kind: &str, id: &str, body: Option<&[u8]>) -> Result<Revision, StoreError> {
    let revision: u64 = connection
        .prepare_cached(
            "INSERT INTO revisions (kind, last) VALUES (?1, 1)
             ON CONFLICT (kind) DO UPDATE SET last = last + 1 RETURNING last",
        )?
        .query_row([kind], |row| row.get(0))?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO documents (kind, id, revision, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![kind, id, revision, body])?;
    Ok(Revision(revision))
}

fn last(connection: &Connection, kind: &str) -> Result<Revision, StoreError> {
    let mut select = connection.prepare_cached("SELECT last FROM revisions WHERE kind = ?1")?;
    Ok(Revision(select.query_row([kind], |row| row.get(0)).optional()?.unwrap_or(0)))
}
