//! Documents in MongoDB. A deleted one stays, without a body, so that its deletion is told.

use super::error::DUPLICATE;
use super::numbering::{DOCUMENTS, Written, number, revision};
use super::{BATCH, Mongo, all, ask, names};
use crate::store::StoreError;
use crate::store::documents::{Documents, RawDocument, Revision, Swap};
use async_trait::async_trait;
use mongodb::Collection;
use mongodb::bson::{Bson, Document, doc};
use mongodb::error::{ErrorKind, WriteFailure};
use serde::Deserialize;

/// A document as it is kept.
#[derive(Deserialize)]
pub struct Row {
    id: String,
    revision: i64,
    /// Absent where the document was deleted.
    pub body: Option<String>,
}

impl Row {
    fn read(self) -> RawDocument {
        RawDocument { id: self.id, revision: revision(self.revision), body: self.body.map(String::into_bytes) }
    }
}

#[async_trait]
impl Documents for Mongo {
    async fn get(&self, kind: &'static str, id: &str) -> Result<Option<RawDocument>, StoreError> {
        let there = doc! { "_id": names::document(kind, id), "body": { "$ne": null } };
        Ok(ask(self.documents().find_one(there)).await?.map(Row::read))
    }

    async fn swap(
        &self,
        kind: &'static str,
        id: &str,
        expected: Option<Revision>,
        body: Vec<u8>,
    ) -> Result<Swap, StoreError> {
        let body = text(id, body)?;
        let written = match expected {
            Some(expected) => {
                let condition = doc! { "revision": number(expected), "body": { "$ne": null } };
                self.replace(kind, id, condition, body.into(), false).await?
            }
            // Deleted, or never there: a document that is there is not matched, and its name is taken.
            None => self.replace(kind, id, doc! { "body": null }, body.into(), true).await?,
        };
        Ok(written.map_or(Swap::Conflict, Swap::Done))
    }

    async fn put_all(&self, kind: &'static str, documents: Vec<(String, Vec<u8>)>) -> Result<Revision, StoreError> {
        super::put_all::put_all(self, kind, documents).await
    }

    async fn delete(&self, kind: &'static str, id: &str) -> Result<(), StoreError> {
        self.replace(kind, id, doc! { "body": { "$ne": null } }, Bson::Null, false).await?;
        Ok(())
    }

    async fn list_documents(&self, kind: &'static str, prefix: &str) -> Result<Vec<RawDocument>, StoreError> {
        let prefix = names::document(kind, prefix);
        let mut range = Document::new();
        range.extend(names::after(&prefix).map(|end| ("$lt".to_owned(), end.into())));
        range.insert("$gte", prefix);
        let there = doc! { "_id": range, "body": { "$ne": null } };
        let documents = self.documents();
        let find = documents.find(there).sort(doc! { "_id": 1 }).batch_size(BATCH);
        Ok(all(find).await?.into_iter().map(Row::read).collect())
    }

    async fn changed_since(&self, kind: &'static str, revision: Revision) -> Result<Vec<RawDocument>, StoreError> {
        let later = doc! { "kind": kind, "revision": { "$gt": number(revision) } };
        let documents = self.documents();
        let find = documents.find(later).sort(doc! { "revision": 1 }).batch_size(BATCH);
        let mut found = all(find).await?;
        // What moves while the answer is made may stand where it was.
        found.sort_by_key(|row| row.revision);
        Ok(found.into_iter().map(Row::read).collect())
    }
}

/// JSON is kept as the text it is, so that it comes back to the last byte.
pub fn text(id: &str, body: Vec<u8>) -> Result<String, StoreError> {
    String::from_utf8(body).map_err(|error| StoreError::Corrupt(format!("{id}: {error}")))
}

impl Mongo {
    /// The documents, typed.
    pub(super) fn documents(&self) -> Collection<Row> {
        self.collection(DOCUMENTS).clone_with_type()
    }

    /// Gives a document a body and a number if it is as `condition` says, making it where it may be missing.
    async fn replace(
        &self,
        kind: &str,
        id: &str,
        condition: Document,
        body: Bson,
        may_be_missing: bool,
    ) -> Result<Option<Revision>, StoreError> {
        let fresh = self.take(kind, 1).await?;
        let name = names::document(kind, id);
        let mut query = doc! { "_id": name.as_str() };
        query.extend(condition);
        let change = doc! { "$set": { "kind": kind, "id": id, "revision": fresh, "body": body } };
        let documents = self.documents();
        let is_written = match ask(documents.update_one(query, change).upsert(may_be_missing)).await {
            Ok(done) => done.matched_count == 1 || done.upserted_id.is_some(),
            Err(error) if is_duplicate(&error) => false,
            Err(error) => return Err(error.into()),
        };
        if !is_written {
            return Ok(None);
        }
        let settled = self.settle(kind, vec![Written { name, revision: fresh }]).await?;
        Ok(settled.first().map(|written| revision(written.revision)))
    }
}

fn is_duplicate(error: &mongodb::error::Error) -> bool {
    matches!(&*error.kind, ErrorKind::Write(WriteFailure::WriteError(told)) if told.code == DUPLICATE)
}
