//! Inserting what is not there yet.

use super::error::{DUPLICATE, of_code};
use super::{Mongo, ask};
use crate::store::StoreError;
use mongodb::bson::RawDocumentBuf;
use mongodb::error::{ErrorKind, InsertManyError};

impl Mongo {
    /// Inserts documents, each at most once; resolves once a majority has them. Gives the places of those whose name was
    /// there. One command, as long as the server takes them in one (100,000 documents, 48 MB).
    pub(super) async fn insert_new(
        &self,
        collection: &str,
        documents: &[&RawDocumentBuf],
    ) -> Result<Vec<usize>, StoreError> {
        if documents.is_empty() {
            return Ok(Vec::new());
        }
        let collection = self.collection(collection);
        let insert = collection.insert_many(documents.iter().copied()).ordered(false);
        let Err(error) = ask(insert).await else { return Ok(Vec::new()) };
        match *error.kind {
            ErrorKind::InsertMany(failure) => duplicates(&failure),
            _ => Err(error.into()),
        }
    }
}

/// The answer counts as a whole or not at all: what failed for any other reason, or is not with a majority, is inserted
/// again by whoever asks again, and found to be there.
fn duplicates(failure: &InsertManyError) -> Result<Vec<usize>, StoreError> {
    if let Some(unconfirmed) = &failure.write_concern_error {
        return Err(of_code(unconfirmed.code, &unconfirmed.message));
    }
    let errors = failure.write_errors.as_deref().unwrap_or_default();
    match errors.iter().find(|error| error.code != DUPLICATE) {
        Some(other) => Err(of_code(other.code, &other.message)),
        None => Ok(errors.iter().map(|error| error.index).collect()),
    }
}
