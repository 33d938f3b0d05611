//! Finding receipts in MongoDB.

use super::rows::Table;
use super::{Mongo, all};
use crate::store::StoreError;
use crate::store::search_page::{self, ReceiptCursor};
use mongodb::bson::serde_helpers::HumanReadable;
use mongodb::bson::{Bson, DateTime, Document, doc};
use serde::Deserialize;
use shared::api::Page;
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::chain::Sealed;
use shared::position::Position;
use shared::receipt::Receipt;
use shared::time::Timestamp;

/// What is read of a receipt.
#[derive(Deserialize)]
pub struct Stored {
    epoch: u32,
    offset: u64,
    accepted_at: DateTime,
    sealed: HumanReadable<Sealed<Receipt>>,
}

impl Stored {
    /// The receipt.
    pub fn read(self) -> Result<StoredReceipt, StoreError> {
        let accepted_at = Timestamp::from_millisecond(self.accepted_at.timestamp_millis())
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let position = Position { epoch: self.epoch, offset: self.offset };
        Ok(StoredReceipt { position, accepted_at, sealed: self.sealed.0 })
    }
}

/// Runs a search.
pub async fn run(mongo: &Mongo, query: &ReceiptQuery) -> Result<Page<StoredReceipt>, StoreError> {
    let limit = search_page::limit(query.limit, 50);
    let order = Order::of(query);
    let mut filter = criteria(query);
    filter.extend(
        query
            .cursor
            .as_deref()
            .and_then(|cursor| cursor.parse().ok())
            .map(|cursor| order.beyond(cursor))
            .unwrap_or_default(),
    );
    let collection = mongo.collection(Table::Receipts.name()).clone_with_type::<Stored>();
    let rows = u16::try_from(limit + 1).unwrap_or(u16::MAX);
    let find = collection.find(filter).sort(order.sort()).limit(rows.into()).batch_size(rows.into());
    let found = all(find).await?.into_iter().map(Stored::read).collect::<Result<_, _>>()?;
    Ok(search_page::page(found, limit, |receipt| ReceiptCursor::behind(receipt).to_string()))
}

fn criteria(query: &ReceiptQuery) -> Document {
    let mut filter = Document::new();
    let mut narrow = |field: &str, value: Option<Bson>| filter.extend(value.map(|value| (field.to_owned(), value)));
    narrow("store", query.store.map(|store| i64::from(store.get()).into()));
    narrow("register", query.register.map(|register| i64::from(register.get()).into()));
    narrow("series", query.series.as_ref().map(|series| series.as_str().into()));
    narrow("seller", query.seller.map(|seller| i64::from(seller.get()).into()));
    narrow("number", query.number.and_then(|number| i64::try_from(number.get()).ok()).map(Bson::from));
    narrow("total", query.amount.map(|amount| amount.minor().into()));
    narrow("skus", query.product.as_ref().map(|sku| sku.as_str().into()));
    narrow("day", days(query).map(Bson::from));
    filter
}

fn days(query: &ReceiptQuery) -> Option<Document> {
    let bound = |name: &str, day: Option<shared::time::Day>| day.map(|day| (name.to_owned(), day.to_string().into()));
    let days: Document = bound("$gte", query.from).into_iter().chain(bound("$lte", query.to)).collect();
    (!days.is_empty()).then_some(days)
}

/// What pages are ordered by: within a store its positions; over all stores the time of acceptance, since positions of
/// different partitions do not compare.
struct Order {
    fields: &'static [&'static str],
    oldest_first: bool,
}

impl Order {
    fn of(query: &ReceiptQuery) -> Self {
        let fields: &[_] =
            if query.store.is_some() { &["epoch", "offset"] } else { &["accepted_at", "store", "epoch", "offset"] };
        Self { fields, oldest_first: query.oldest_first.unwrap_or(false) }
    }

    fn sort(&self) -> Document {
        let direction = if self.oldest_first { 1 } else { -1 };
        self.fields.iter().map(|&field| (field.to_owned(), direction.into())).collect()
    }

    /// What comes behind a cursor.
    fn beyond(&self, cursor: ReceiptCursor) -> Document {
        let places: Vec<_> = self.fields.iter().map(|&field| (field, value(field, cursor))).collect();
        let (beyond, at_or_beyond) = if self.oldest_first { ("$gt", "$gte") } else { ("$lt", "$lte") };
        let branch = |end: usize| {
            let mut branch: Document =
                places[..end].iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect();
            branch.insert(places[end].0, doc! { beyond: places[end].1.clone() });
            branch
        };
        // The first field's bound says no more than the branches do, but an index can be entered by it.
        let mut filter = doc! { "$or": (0..places.len()).map(branch).collect::<Vec<_>>() };
        filter.insert(places[0].0, doc! { at_or_beyond: places[0].1.clone() });
        filter
    }
}

fn value(field: &str, cursor: ReceiptCursor) -> Bson {
    match field {
        "accepted_at" => DateTime::from_millis(cursor.accepted_at).into(),
        "store" => i64::from(cursor.store.get()).into(),
        "epoch" => i64::from(cursor.position.epoch).into(),
        _ => i64::try_from(cursor.position.offset).unwrap_or(i64::MAX).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::StoreNo;

    #[test]
    fn a_page_goes_on_behind_its_cursor_by_the_fields_that_order_it() {
        let position = Position { epoch: 1, offset: 7 };
        let cursor = ReceiptCursor { accepted_at: 5, store: StoreNo::FIRST, position };
        let order = Order { fields: &["epoch", "offset"], oldest_first: true };
        let right = doc! { "$or": [{ "epoch": { "$gt": 1_i64 } }, { "epoch": 1_i64, "offset": { "$gt": 7_i64 } }], "epoch": { "$gte": 1_i64 } };
        assert_eq!(order.beyond(cursor), right);
        let order = Order { fields: &["accepted_at", "store"], oldest_first: false };
        let time = DateTime::from_millis(5);
        let right = doc! { "$or": [{ "accepted_at": { "$lt": time } }, { "accepted_at": time, "store": { "$lt": 1_i64 } }], "accepted_at": { "$lte": time } };
        assert_eq!(order.beyond(cursor), right);
    }
}
