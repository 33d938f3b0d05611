//! Finding entries of the journal in MongoDB.

use super::rows::Table;
use super::{Mongo, all};
use crate::store::StoreError;
use crate::store::journal::{self, Journal};
use crate::store::search_page::{self, PositionCursor};
use async_trait::async_trait;
use mongodb::bson::serde_helpers::HumanReadable;
use mongodb::bson::{Bson, DateTime, Document, doc};
use serde::Deserialize;
use shared::api::Page;
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::chain::Sealed;
use shared::event::EventKind;
use shared::journal::JournalEntry;
use shared::position::Position;
use shared::time::Timestamp;

/// What is read of an entry.
#[derive(Deserialize)]
struct Stored {
    epoch: u32,
    offset: u64,
    accepted_at: DateTime,
    body: HumanReadable<Sealed<JournalEntry>>,
}

impl Stored {
    fn read(self) -> Result<StoredEntry, StoreError> {
        let accepted_at = Timestamp::from_millisecond(self.accepted_at.timestamp_millis())
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let position = Position { epoch: self.epoch, offset: self.offset };
        Ok(StoredEntry { position, accepted_at, sealed: self.body.0 })
    }
}

#[async_trait]
impl Journal for Mongo {
    async fn journal(&self, query: &JournalQuery) -> Result<Page<StoredEntry>, StoreError> {
        let limit = search_page::limit(query.limit, 50);
        let rows = u16::try_from(limit + 1).unwrap_or(u16::MAX);
        let collection = self.collection(Table::Movements.name()).clone_with_type::<Stored>();
        let direction = if query.oldest_first.unwrap_or(false) { 1 } else { -1 };
        let order = doc! { "epoch": direction, "offset": direction };
        let find = collection.find(criteria(query)).sort(order).limit(rows.into()).batch_size(rows.into());
        let found = all(find).await?.into_iter().map(Stored::read).collect::<Result<_, _>>()?;
        Ok(journal::page(found, limit))
    }
}

fn criteria(query: &JournalQuery) -> Document {
    let mut filter = doc! { "store": i64::from(query.store.get()), "kind": EventKind::Journal.as_str() };
    let mut narrow = |field: &str, value: Option<Bson>| filter.extend(value.map(|value| (field.to_owned(), value)));
    narrow("body.body.register", query.register.map(|register| i64::from(register.get()).into()));
    narrow("body.body.series", query.series.as_ref().map(|series| series.as_str().into()));
    narrow("body.body.by", query.seller.map(|seller| i64::from(seller.get()).into()));
    narrow("body.body.entry.act", query.act.map(|act| act.as_str().into()));
    narrow("body.body.at", at(query).map(Bson::from));
    let oldest_first = query.oldest_first.unwrap_or(false);
    let cursor = query.cursor.as_deref().and_then(|cursor| cursor.parse().ok());
    filter.extend(cursor.map(|cursor| behind(cursor, oldest_first)).unwrap_or_default());
    filter
}

fn at(query: &JournalQuery) -> Option<Document> {
    let (from, until) = journal::moments(query);
    let bounds = from.map(|from| ("$gte".to_owned(), from.into())).into_iter();
    let bounds: Document = bounds.chain(until.map(|until| ("$lt".to_owned(), until.into()))).collect();
    (!bounds.is_empty()).then_some(bounds)
}

fn behind(PositionCursor(Position { epoch, offset }): PositionCursor, oldest_first: bool) -> Document {
    let (epoch, offset) = (i64::from(epoch), i64::try_from(offset).unwrap_or(i64::MAX));
    let (beyond, at_or_beyond) = if oldest_first { ("$gt", "$gte") } else { ("$lt", "$lte") };
    doc! {
        "$or": [{ "epoch": { beyond: epoch } }, { "epoch": epoch, "offset": { beyond: offset } }],
        "epoch": { at_or_beyond: epoch },
    }
}
