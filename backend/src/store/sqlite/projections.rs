//! Projections in SQLite.

use super::Sqlite;
use crate::store::StoreError;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind, Projections};
use async_trait::async_trait;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use shared::ids::StoreNo;
use shared::position::Position;
use std::fmt::Write;

#[async_trait]
impl Projections for Sqlite {
    async fn advance(&self, documents: Vec<Projected>) -> Result<(), StoreError> {
        self.write(move |connection| documents.iter().try_for_each(|document| advance(connection, document))).await
    }

    async fn list(&self, kind: ProjectionKind, filter: ProjectionFilter) -> Result<Vec<Projected>, StoreError> {
        self.read(move |connection| list(connection, kind, &filter)).await
    }

    async fn projection(
        &self,
        kind: ProjectionKind,
        store: StoreNo,
        id: &str,
    ) -> Result<Option<Projected>, StoreError> {
        let id = id.to_owned();
        self.read(move |connection| {
            let mut select = connection.prepare_cached(
                "SELECT store, id, epoch, offset, body FROM projections WHERE kind = ?1 AND store = ?2 AND id = ?3",
            )?;
            let row = select.query_row(params![kind.as_str(), store.get(), id], columns).optional()?;
            row.map(|row| projected(kind, row)).transpose()
        })
        .await
    }
}

fn advance(connection: &Connection, document: &Projected) -> Result<(), StoreError> {
    let Position { epoch, offset } = document.position;
    connection
        .prepare_cached(
            "INSERT INTO projections (kind, store, id, epoch, offset, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (kind, store, id) DO UPDATE
             SET epoch = excluded.epoch, offset = excluded.offset, body = excluded.body
             WHERE (projections.epoch, projections.offset) < (excluded.epoch, excluded.offset)",
        )?
        .execute(params![document.kind.as_str(), document.store.get(), document.id, epoch, offset, document.body])?;
    Ok(())
}

fn list(
    connection: &Connection,
    kind: ProjectionKind,
    filter: &ProjectionFilter,
) -> Result<Vec<Projected>, StoreError> {
    let (beyond, order) = if filter.descending { ("<", "DESC") } else { (">", "ASC") };
    let mut sql = "SELECT store, id, epoch, offset, body FROM projections WHERE kind = ?".to_owned();
    let mut values = vec![Value::from(kind.as_str().to_owned())];
    if let Some(store) = filter.store {
        sql.push_str(" AND store = ?");
        values.push(store.get().into());
    }
    if let Some((store, id)) = &filter.after {
        let _ = write!(sql, " AND (store, id) {beyond} (?, ?)");
        values.extend([store.get().into(), id.clone().into()]);
    }
    let limit = filter.limit.map_or(-1, i64::from);
    let _ = write!(sql, " ORDER BY store {order}, id {order} LIMIT {limit}");
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map(params_from_iter(values), columns)?;
    rows.map(|row| projected(kind, row?)).collect()
}

type Columns = (u32, String, Position, Vec<u8>);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, Position { epoch: row.get(2)?, offset: row.get(3)? }, row.get(4)?))
}

fn projected(kind: ProjectionKind, (store, id, position, body): Columns) -> Result<Projected, StoreError> {
    let store = StoreNo::try_from(u64::from(store)).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(Projected { store, kind, id, position, body })
}
