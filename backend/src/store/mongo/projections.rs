//! Projections in MongoDB. Their names sort by kind, store and id, so every list is a range of names.

use super::{BATCH, Mongo, all, ask, names};
use crate::store::StoreError;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind, Projections};
use async_trait::async_trait;
use mongodb::bson::{Document, doc};
use serde::Deserialize;
use shared::ids::StoreNo;
use shared::position::Position;

/// The collection's name.
pub const PROJECTIONS: &str = "projections";

#[derive(Deserialize)]
struct Row {
    store: StoreNo,
    id: String,
    epoch: u32,
    offset: u64,
    body: String,
}

impl Row {
    fn read(self, kind: ProjectionKind) -> Projected {
        let position = Position { epoch: self.epoch, offset: self.offset };
        Projected { store: self.store, kind, id: self.id, position, body: self.body.into_bytes() }
    }
}

#[async_trait]
impl Projections for Mongo {
    async fn advance(&self, documents: Vec<Projected>) -> Result<(), StoreError> {
        super::advance::advance(self, documents).await
    }

    async fn list(&self, kind: ProjectionKind, filter: ProjectionFilter) -> Result<Vec<Projected>, StoreError> {
        let collection = self.collection(PROJECTIONS).clone_with_type::<Row>();
        let direction = if filter.descending { -1 } else { 1 };
        // To the server a limit of 0 is none.
        if filter.limit == Some(0) {
            return Ok(Vec::new());
        }
        let limit = filter.limit.map_or(0, i64::from);
        let find = collection.find(range(kind, &filter)).sort(doc! { "_id": direction }).limit(limit).batch_size(BATCH);
        Ok(all(find).await?.into_iter().map(|row| row.read(kind)).collect())
    }

    async fn projection(
        &self,
        kind: ProjectionKind,
        store: StoreNo,
        id: &str,
    ) -> Result<Option<Projected>, StoreError> {
        let collection = self.collection(PROJECTIONS).clone_with_type::<Row>();
        let name = doc! { "_id": names::projection(kind, store, id), "store": i64::from(store.get()) };
        Ok(ask(collection.find_one(name)).await?.map(|row| row.read(kind)))
    }
}

fn range(kind: ProjectionKind, filter: &ProjectionFilter) -> Document {
    let prefix = names::projections(kind, filter.store);
    let mut range = Document::new();
    range.extend(names::after(&prefix).map(|end| ("$lt".to_owned(), end.into())));
    range.insert("$gte", prefix);
    if let Some((store, id)) = &filter.after {
        let after = names::projection(kind, *store, id);
        let beyond = if filter.descending { "$lt" } else { "$gt" };
        return within(filter, doc! { "$and": [{ "_id": range }, { "_id": { beyond: after } }] });
    }
    within(filter, doc! { "_id": range })
}

/// Names the store too, so that a sharded collection is asked where it is.
fn within(filter: &ProjectionFilter, mut query: Document) -> Document {
    query.extend(filter.store.map(|store| ("store".to_owned(), i64::from(store.get()).into())));
    query
}
