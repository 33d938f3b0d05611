//! Writing many documents in a few commands.

use super::documents::text;
use super::numbering::{DOCUMENTS, Written, revision};
use super::update::{fit, only_duplicates};
use super::{BATCH, Mongo, all, names};
use crate::store::StoreError;
use crate::store::documents::Revision;
use mongodb::bson::{Document, RawDocumentBuf, doc, rawdoc};
use std::collections::{HashMap, HashSet};

/// What a statement holds beside body and id, in bytes.
const FRAME: usize = 300;

struct Entry {
    name: String,
    id: String,
    body: String,
}

impl Entry {
    /// Writes over whatever has an earlier number. Where a later one was written meanwhile, the upsert finds the name
    /// taken, and the entry gets a number later still.
    fn statement(&self, kind: &str, revision: i64) -> RawDocumentBuf {
        rawdoc! {
            "q": { "_id": self.name.as_str(), "revision": { "$lt": revision } },
            "u": {
                "$set": { "kind": kind, "id": self.id.as_str(), "revision": revision, "body": self.body.as_str() },
            },
            "upsert": true,
        }
    }
}

/// Writes what is not the same already, a command at a time.
pub async fn put_all(
    mongo: &Mongo,
    kind: &'static str,
    documents: Vec<(String, Vec<u8>)>,
) -> Result<Revision, StoreError> {
    let mut entries = entries(kind, documents)?;
    while !entries.is_empty() {
        let chunk = fit(entries.iter().map(|entry| FRAME + entry.id.len() + entry.body.len()));
        let mut chunk: Vec<_> = entries.drain(..chunk).collect();
        while !chunk.is_empty() {
            chunk = changed(mongo, chunk).await?;
            chunk = put(mongo, kind, chunk).await?;
        }
    }
    // Not the last number taken: somebody may be about to write with it, and whoever asks for what came after it would
    // not be told.
    mongo.highest(kind).await.map(revision)
}

/// Of several documents with one id the last counts.
fn entries(kind: &str, documents: Vec<(String, Vec<u8>)>) -> Result<Vec<Entry>, StoreError> {
    let lasts: HashMap<_, _> = documents.iter().enumerate().map(|(place, (id, _))| (id.clone(), place)).collect();
    let lasts: HashSet<_> = lasts.into_values().collect();
    let kept = documents.into_iter().enumerate().filter(|(place, _)| lasts.contains(place));
    kept.map(|(_, (id, body))| Ok(Entry { name: names::document(kind, &id), body: text(&id, body)?, id })).collect()
}

async fn changed(mongo: &Mongo, entries: Vec<Entry>) -> Result<Vec<Entry>, StoreError> {
    let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let documents = mongo.collection(DOCUMENTS).clone_with_type::<Document>();
    let find = documents.find(doc! { "_id": { "$in": names } }).projection(doc! { "body": 1 });
    let found = all(find.batch_size(BATCH + 1)).await?;
    let same: HashSet<_> = found
        .iter()
        .filter_map(|document| Some((document.get_str("_id").ok()?, document.get_str("body").ok()?)))
        .collect();
    let is_changed = |entry: &Entry| !same.contains(&(entry.name.as_str(), entry.body.as_str()));
    let changed = entries.iter().map(is_changed).collect::<Vec<_>>();
    Ok(entries.into_iter().zip(changed).filter_map(|(entry, changed)| changed.then_some(entry)).collect())
}

/// Writes documents; gives back those that somebody else was ahead with.
async fn put(mongo: &Mongo, kind: &str, entries: Vec<Entry>) -> Result<Vec<Entry>, StoreError> {
    if entries.is_empty() {
        return Ok(entries);
    }
    let first = mongo.take(kind, entries.len()).await?;
    let statements: Vec<_> = (first..).zip(&entries).map(|(number, entry)| entry.statement(kind, number)).collect();
    let updated = mongo.update(DOCUMENTS, statements, false).await?;
    only_duplicates(&updated.write_errors)?;
    let taken: HashSet<_> = updated.write_errors.iter().map(|error| error.index).collect();
    let (mut written, mut left) = (Vec::new(), Vec::new());
    for (place, (revision, entry)) in (first..).zip(entries).enumerate() {
        if taken.contains(&place) {
            left.push(entry);
        } else {
            written.push(Written { name: entry.name, revision });
        }
    }
    mongo.settle(kind, written).await?;
    Ok(left)
}
