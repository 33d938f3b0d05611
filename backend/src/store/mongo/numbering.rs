//! Revisions: one growing sequence of numbers per kind, without a transaction over counter and documents.
//!
//! A number is taken first and the document written with it afterwards, so a later number may be written before an
//! earlier one. Whoever reads in between sees the later one, asks from then on for what came after it, and would never
//! see the earlier one. So whoever has written looks whether a later number is there to be seen already, and if it is
//! moves its document to a fresh number, until none is. What is looked for are documents with later numbers and not
//! numbers taken: one that was taken and not yet written has hidden nothing, and whoever writes it finds everything
//! before it in place.
//!
//! What this leaves open: a writer that dies, or loses its server, between writing and looking leaves a change that
//! whoever has read a later one in that moment learns of only by reading everything anew.

use super::update::fit;
use super::{Mongo, ask};
use crate::store::StoreError;
use crate::store::documents::Revision;
use mongodb::bson::{Bson, Document, RawDocumentBuf, doc, rawdoc};
use mongodb::options::ReturnDocument;

/// The collection of documents.
pub const DOCUMENTS: &str = "documents";

/// The collection of the last numbers taken.
pub const REVISIONS: &str = "revisions";

/// A document that was written with a number.
pub struct Written {
    /// Its name.
    pub name: String,
    /// The number.
    pub revision: i64,
}

impl Written {
    fn moved_to(&self, revision: i64) -> RawDocumentBuf {
        rawdoc! {
            "q": { "_id": self.name.as_str(), "revision": self.revision },
            "u": { "$set": { "revision": revision } },
        }
    }
}

/// A revision as MongoDB counts; beyond its numbers there is none.
pub fn number(revision: Revision) -> i64 {
    i64::try_from(revision.0).unwrap_or(i64::MAX)
}

/// A number as a revision.
pub fn revision(number: i64) -> Revision {
    Revision(number.try_into().unwrap_or(0))
}

impl Mongo {
    /// Takes so many numbers; gives the first. The counter is asked for as it was before, since a server that answers out
    /// of its memory may show it as somebody else has left it in the meantime.
    pub(super) async fn take(&self, kind: &str, count: usize) -> Result<i64, StoreError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let revisions = self.collection(REVISIONS).clone_with_type::<Document>();
        let taken = revisions.find_one_and_update(doc! { "_id": kind }, doc! { "$inc": { "last": count } });
        let before = ask(taken.upsert(true).return_document(ReturnDocument::Before)).await?;
        let Some(before) = before else { return Ok(1) };
        let last = before.get("last").and_then(Bson::as_i64);
        last.map(|last| last + 1)
            .ok_or_else(|| StoreError::Corrupt(format!("the last revision of {kind} is no number")))
    }

    /// The highest revision that a document of a kind has; 0 where there is none.
    pub(super) async fn highest(&self, kind: &str) -> Result<i64, StoreError> {
        let documents = self.collection(DOCUMENTS).clone_with_type::<Document>();
        let find = documents.find_one(doc! { "kind": kind }).sort(doc! { "revision": -1 });
        let highest = ask(find.projection(doc! { "revision": 1 })).await?;
        Ok(highest.and_then(|highest| highest.get_i64("revision").ok()).unwrap_or(0))
    }

    /// Moves documents, written with successive numbers, ahead of whatever may have been read before them. What somebody
    /// else has written over meanwhile is theirs to move.
    pub(super) async fn settle(&self, kind: &str, mut written: Vec<Written>) -> Result<Vec<Written>, StoreError> {
        while let Some(end) = written.last().map(|last| last.revision)
            && self.highest(kind).await? > end
        {
            let fresh = self.take(kind, written.len()).await?;
            let moved = self.move_to(fresh, &written).await?;
            if moved == 0 {
                break;
            }
            for (revision, written) in (fresh..).zip(&mut written) {
                written.revision = revision;
            }
        }
        Ok(written)
    }

    async fn move_to(&self, fresh: i64, written: &[Written]) -> Result<usize, StoreError> {
        let (mut moved, mut from) = (0, 0);
        while from < written.len() {
            let to = from + fit(written[from..].iter().map(|written| written.name.len()));
            let chunk = written[from..to].iter().zip(fresh + i64::try_from(from).unwrap_or(i64::MAX)..);
            let statements = chunk.map(|(written, revision)| written.moved_to(revision));
            let updated = self.update(DOCUMENTS, statements.collect::<Vec<_>>(), true).await?;
            super::update::none_failed(&updated.write_errors)?;
            moved += updated.n;
            from = to;
        }
        Ok(moved)
    }
}
