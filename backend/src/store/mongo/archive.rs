//! Reading everything out of MongoDB, and putting documents in as they were. Every page is a range of names.

use super::documents::text;
use super::numbering::{DOCUMENTS, REVISIONS, number, revision};
use super::update::{fit, none_failed};
use super::{Mongo, all, kept, names};
use crate::store::archive::{Archive, KindDocument, Table};
use crate::store::documents::RawDocument;
use crate::store::{StoreError, search_page};
use async_trait::async_trait;
use mongodb::bson::{Bson, Document, RawDocumentBuf, doc, rawdoc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use shared::api::Page;
use shared::event::Recorded;
use std::collections::BTreeMap;

/// What a statement holds beside body and id, in bytes.
const FRAME: usize = 300;

#[derive(Deserialize)]
struct DocumentRow {
    kind: String,
    id: String,
    revision: i64,
    body: Option<String>,
}

impl DocumentRow {
    fn read(self) -> KindDocument {
        let body = self.body.map(String::into_bytes);
        KindDocument { kind: self.kind, document: RawDocument { id: self.id, revision: revision(self.revision), body } }
    }
}

#[async_trait]
impl Archive for Mongo {
    async fn records(&self, table: Table, after: Option<&str>, limit: usize) -> Result<Page<Recorded>, StoreError> {
        let rows: Vec<RawDocumentBuf> = self.behind(table.name(), after, limit + 1).await?;
        let rows = rows.iter().map(kept::read).collect::<Result<_, _>>()?;
        Ok(search_page::page(rows, limit, |record: &Recorded| names::record(record.store, record.event.id())))
    }

    async fn every_document(&self, after: Option<&str>, limit: usize) -> Result<Page<KindDocument>, StoreError> {
        let rows: Vec<DocumentRow> = self.behind(DOCUMENTS, after, limit + 1).await?;
        let rows = rows.into_iter().map(DocumentRow::read).collect();
        Ok(search_page::page(rows, limit, |row: &KindDocument| names::document(&row.kind, &row.document.id)))
    }

    async fn put_documents(&self, documents: &[KindDocument]) -> Result<(), StoreError> {
        let mut rest = documents;
        while !rest.is_empty() {
            let size = |row: &KindDocument| row.document.id.len() + row.document.body.as_ref().map_or(0, Vec::len);
            let (chunk, later) = rest.split_at(fit(rest.iter().map(|row| FRAME + size(row))));
            let statements = chunk.iter().map(statement).collect::<Result<Vec<_>, _>>()?;
            none_failed(&self.update(DOCUMENTS, statements, true).await?.write_errors)?;
            rest = later;
        }
        self.reserve(documents).await
    }
}

impl Mongo {
    /// Documents by their names, behind one.
    async fn behind<T: DeserializeOwned + Send + Sync>(
        &self,
        collection: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<T>, StoreError> {
        let collection = self.collection(collection).clone_with_type::<T>();
        let behind = after.map_or_else(Document::new, |after| doc! { "_id": { "$gt": after } });
        let rows = u32::try_from(limit).unwrap_or(u32::MAX);
        all(collection.find(behind).sort(doc! { "_id": 1 }).limit(rows.into()).batch_size(rows)).await
    }

    /// Sees that no revision of these is given out again.
    async fn reserve(&self, documents: &[KindDocument]) -> Result<(), StoreError> {
        let mut lasts = BTreeMap::<&str, i64>::new();
        for KindDocument { kind, document } in documents {
            let last = lasts.entry(kind).or_default();
            *last = (*last).max(number(document.revision));
        }
        let reserve = |(kind, last): (&str, i64)| {
            rawdoc! { "q": { "_id": kind }, "u": { "$max": { "last": last } }, "upsert": true }
        };
        let statements: Vec<_> = lasts.into_iter().map(reserve).collect();
        if statements.is_empty() {
            return Ok(());
        }
        none_failed(&self.update(REVISIONS, statements, true).await?.write_errors)
    }
}

fn statement(KindDocument { kind, document }: &KindDocument) -> Result<RawDocumentBuf, StoreError> {
    let RawDocument { id, body, .. } = document;
    let body = body.clone().map(|body| text(id, body)).transpose()?.map_or(Bson::Null, Bson::String);
    let change = doc! { "kind": kind, "id": id, "revision": number(document.revision), "body": body };
    let statement = doc! { "q": { "_id": names::document(kind, id) }, "u": { "$set": change }, "upsert": true };
    Ok(RawDocumentBuf::try_from(statement)?)
}
