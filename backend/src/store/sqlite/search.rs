//! Finding receipts in SQLite.

use crate::store::StoreError;
use crate::store::search_page::ReceiptCursor;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::position::Position;
use shared::time::Timestamp;

/// A prepared search: conditions and what they compare with.
pub struct Search {
    conditions: Vec<&'static str>,
    values: Vec<Value>,
    oldest_first: bool,
}

impl Search {
    /// The search that a query asks for.
    pub fn of(query: &ReceiptQuery) -> Self {
        let oldest_first = query.oldest_first.unwrap_or(false);
        let mut search = Self { conditions: vec!["TRUE"], values: Vec::new(), oldest_first };
        search.narrow("store = ?", query.store.map(|store| i64::from(store.get())));
        search.narrow("register = ?", query.register.map(|register| i64::from(register.get())));
        search.narrow("series = ?", query.series.as_ref().map(ToString::to_string));
        search.narrow("seller = ?", query.seller.map(|seller| i64::from(seller.get())));
        search.narrow("number = ?", query.number.and_then(|number| i64::try_from(number.get()).ok()));
        search.narrow("total = ?", query.amount.map(shared::money::Money::minor));
        search.narrow("day >= ?", query.from.map(|day| day.to_string()));
        search.narrow("day <= ?", query.to.map(|day| day.to_string()));
        search.narrow(
            "EXISTS (SELECT 1 FROM json_each(CAST(body AS TEXT), '$.body.lines') WHERE value ->> 'sku' = ?)",
            query.product.as_ref().map(ToString::to_string),
        );
        search.after(query.cursor.as_deref().and_then(|cursor| cursor.parse().ok()));
        search
    }

    fn narrow(&mut self, condition: &'static str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.conditions.push(condition);
            self.values.push(value.into());
        }
    }

    fn after(&mut self, cursor: Option<ReceiptCursor>) {
        let Some(Position { epoch, offset }) = cursor.map(|cursor| cursor.position) else { return };
        self.conditions.push(if self.oldest_first { "(epoch, offset) > (?, ?)" } else { "(epoch, offset) < (?, ?)" });
        self.values.extend([Value::from(epoch), Value::from(i64::try_from(offset).unwrap_or(i64::MAX))]);
    }

    /// Runs the search.
    pub fn run(&self, connection: &Connection, limit: usize) -> Result<Vec<StoredReceipt>, StoreError> {
        let order = if self.oldest_first { "epoch, offset" } else { "epoch DESC, offset DESC" };
        let conditions = self.conditions.join(" AND ");
        let sql = format!(
            "SELECT epoch, offset, accepted_at, body FROM receipts WHERE {conditions} ORDER BY {order} LIMIT {limit}"
        );
        let mut select = connection.prepare_cached(&sql)?;
        let rows = select.query_map(params_from_iter(&self.values), columns)?;
        rows.map(|row| stored(row?)).collect()
    }
}

/// The columns that make a stored receipt.
pub type StoredColumns = (Position, i64, Vec<u8>);

/// Reads the columns.
pub fn columns(row: &Row<'_>) -> rusqlite::Result<StoredColumns> {
    Ok((Position { epoch: row.get(0)?, offset: row.get(1)? }, row.get(2)?, row.get(3)?))
}

/// Makes a stored receipt of them.
pub fn stored((position, accepted_at, body): StoredColumns) -> Result<StoredReceipt, StoreError> {
    let accepted_at =
        Timestamp::from_millisecond(accepted_at).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(StoredReceipt { position, accepted_at, sealed: serde_json::from_slice(&body)? })
}
