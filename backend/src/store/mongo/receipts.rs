//! Receipts and movements in MongoDB.

use super::rows::{KEPT, Row, Table, position, same};
use super::{BATCH, Mongo, all, ask, search};
use crate::store::StoreError;
use crate::store::receipts::{Receipts, SaveOutcome};
use async_trait::async_trait;
use mongodb::bson::{Document, RawDocument, RawDocumentBuf, doc};
use shared::api::Page;
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::event::Recorded;
use shared::ids::ReceiptId;
use shared::position::Position;
use std::collections::HashMap;

/// What of each name was there before the batch.
type Kept = HashMap<String, RawDocumentBuf>;

#[async_trait]
impl Receipts for Mongo {
    async fn save(&self, records: &[Recorded]) -> Result<Vec<SaveOutcome>, StoreError> {
        let rows = records.iter().map(Row::of).collect::<Result<Vec<_>, _>>()?;
        let firsts = firsts(&rows);
        let (receipts, movements) = tokio::try_join!(
            self.save_to(Table::Receipts, &rows, &firsts),
            self.save_to(Table::Movements, &rows, &firsts),
        )?;
        let judge = |(place, row): (usize, &Row)| {
            let kept = if row.table == Table::Receipts { &receipts } else { &movements };
            let first = firsts[&(row.table, row.name.as_str())];
            match kept.get(&row.name) {
                Some(kept) => Ok(outcome(row, position(kept)?, kept)),
                None if first == place => Ok(SaveOutcome::First),
                None => Ok(outcome(row, rows[first].position, &rows[first].document)),
            }
        };
        rows.iter().enumerate().map(judge).collect()
    }

    async fn receipt(&self, id: ReceiptId) -> Result<Option<StoredReceipt>, StoreError> {
        let collection = self.collection(Table::Receipts.name()).clone_with_type::<search::Stored>();
        let found = ask(collection.find_one(doc! { "sealed.body.id": id.to_string() })).await?;
        found.map(search::Stored::read).transpose()
    }

    async fn search(&self, query: &ReceiptQuery) -> Result<Page<StoredReceipt>, StoreError> {
        search::run(self, query).await
    }
}

/// Where in the batch each name stands first; only that one is inserted.
fn firsts(rows: &[Row]) -> HashMap<(Table, &str), usize> {
    let mut firsts = HashMap::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        firsts.entry((row.table, row.name.as_str())).or_insert(place);
    }
    firsts
}

fn outcome(row: &Row, kept_at: Position, kept: &RawDocument) -> SaveOutcome {
    if kept_at == row.position {
        return SaveOutcome::Redelivered;
    }
    SaveOutcome::Copy { identical: same(kept, &row.document) }
}

impl Mongo {
    /// Inserts one table's rows; gives what was there in place of them.
    async fn save_to(
        &self,
        table: Table,
        rows: &[Row],
        firsts: &HashMap<(Table, &str), usize>,
    ) -> Result<Kept, StoreError> {
        let is_first = |(place, row): &(usize, &Row)| firsts[&(row.table, row.name.as_str())] == *place;
        let new: Vec<_> = rows.iter().enumerate().filter(|(_, row)| row.table == table).filter(is_first).collect();
        let documents: Vec<_> = new.iter().map(|(_, row)| &row.document).collect();
        let there = self.insert_new(table.name(), &documents).await?;
        let names: Vec<_> = there.iter().filter_map(|&place| Some(new.get(place)?.1.name.as_str())).collect();
        self.kept(table, &names).await
    }

    async fn kept(&self, table: Table, names: &[&str]) -> Result<Kept, StoreError> {
        if names.is_empty() {
            return Ok(Kept::new());
        }
        let fields: Document = KEPT.iter().map(|&field| (field.to_owned(), 1.into())).collect();
        let collection = self.collection(table.name());
        let find = collection.find(doc! { "_id": { "$in": names } }).projection(fields).batch_size(BATCH + 1);
        let mut kept = Kept::with_capacity(names.len());
        for document in all(find).await? {
            kept.insert(
                document.get_str("_id").map_err(|error| StoreError::Corrupt(error.to_string()))?.to_owned(),
                document,
            );
        }
        match names.iter().find(|name| !kept.contains_key(**name)) {
            Some(name) => Err(StoreError::Corrupt(format!("{name} is there already and cannot be found"))),
            None => Ok(kept),
        }
    }
}
