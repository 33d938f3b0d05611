//! Finding entries of the journal in SQLite.

use super::Sqlite;
use crate::store::StoreError;
use crate::store::journal::{self, Journal};
use crate::store::search_page::{self, PositionCursor};
use async_trait::async_trait;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use shared::api::Page;
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::position::Position;
use shared::time::Timestamp;

/// A prepared search: conditions and what they compare with.
struct Search {
    conditions: Vec<&'static str>,
    values: Vec<Value>,
    oldest_first: bool,
}

impl Search {
    fn of(query: &JournalQuery) -> Self {
        let oldest_first = query.oldest_first.unwrap_or(false);
        let mut search = Self { conditions: vec!["kind = 'journal'"], values: Vec::new(), oldest_first };
        let (from, until) = journal::moments(query);
        search.narrow("store = ?", Some(i64::from(query.store.get())));
        search.narrow("json ->> '$.body.register' = ?", query.register.map(|register| i64::from(register.get())));
        search.narrow("json ->> '$.body.series' = ?", query.series.as_ref().map(ToString::to_string));
        search.narrow("json ->> '$.body.by' = ?", query.seller.map(|seller| i64::from(seller.get())));
        search.narrow("json ->> '$.body.entry.act' = ?", query.act.map(|act| act.as_str().to_owned()));
        search.narrow("json ->> '$.body.at' >= ?", from);
        search.narrow("json ->> '$.body.at' < ?", until);
        search.after(query.cursor.as_deref().and_then(|cursor| cursor.parse().ok()));
        search
    }

    fn narrow(&mut self, condition: &'static str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.conditions.push(condition);
            self.values.push(value.into());
        }
    }

    fn after(&mut self, cursor: Option<PositionCursor>) {
        let Some(PositionCursor(Position { epoch, offset })) = cursor else { return };
        self.conditions.push(if self.oldest_first { "(epoch, offset) > (?, ?)" } else { "(epoch, offset) < (?, ?)" });
        self.values.extend([Value::from(epoch), Value::from(i64::try_from(offset).unwrap_or(i64::MAX))]);
    }

    fn run(&self, connection: &Connection, limit: usize) -> Result<Vec<StoredEntry>, StoreError> {
        let order = if self.oldest_first { "epoch, offset" } else { "epoch DESC, offset DESC" };
        let conditions = self.conditions.join(" AND ");
        let sql = format!(
            "SELECT epoch, offset, accepted_at, body FROM (SELECT *, CAST(body AS TEXT) AS json FROM movements)
             WHERE {conditions} ORDER BY {order} LIMIT {limit}"
        );
        let mut select = connection.prepare_cached(&sql)?;
        let rows = select.query_map(params_from_iter(&self.values), super::search::columns)?;
        rows.map(|row| stored(row?)).collect()
    }
}

fn stored((position, accepted_at, body): super::search::StoredColumns) -> Result<StoredEntry, StoreError> {
    let accepted_at =
        Timestamp::from_millisecond(accepted_at).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(StoredEntry { position, accepted_at, sealed: serde_json::from_slice(&body)? })
}

#[async_trait]
impl Journal for Sqlite {
    async fn journal(&self, query: &JournalQuery) -> Result<Page<StoredEntry>, StoreError> {
        let (search, limit) = (Search::of(query), search_page::limit(query.limit, 50));
        let rows = self.read(move |connection| search.run(connection, limit + 1)).await?;
        Ok(journal::page(rows, limit))
    }
}
