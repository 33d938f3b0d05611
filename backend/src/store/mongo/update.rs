//! The `update` command: many statements in one, on servers that know no `bulkWrite`.

use super::error::of_code;
use super::open::MAJORITY;
use super::{Mongo, ask};
use crate::store::StoreError;
use mongodb::bson::{Document, RawArrayBuf, RawDocumentBuf, deserialize_from_document, rawdoc};
use serde::Deserialize;

/// How many statements a command holds at most.
const STATEMENTS: usize = 1000;

/// How many bytes a command holds at most: well below the 48 MB that a server takes, so that one command does not keep
/// it busy for long.
const BYTES: usize = 8 << 20;

/// A statement that failed.
#[derive(Debug, Deserialize)]
pub struct WriteError {
    /// Its place in the command.
    pub index: usize,
    /// The server's code.
    pub code: i32,
    /// The server's words.
    #[serde(default)]
    pub errmsg: String,
}

#[derive(Debug, Deserialize)]
struct ConcernError {
    code: i32,
    #[serde(default)]
    errmsg: String,
}

/// The answer to a command whose writes a majority has.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Updated {
    /// How many documents the statements matched or made.
    pub n: usize,
    /// The statements that failed; the first only, where the command was ordered.
    #[serde(default)]
    pub write_errors: Vec<WriteError>,
    write_concern_error: Option<ConcernError>,
}

impl Mongo {
    /// Runs statements in one command; resolves once a majority has their effects.
    pub(super) async fn update(
        &self,
        collection: &str,
        statements: impl IntoIterator<Item = RawDocumentBuf> + Send,
        ordered: bool,
    ) -> Result<Updated, StoreError> {
        let updates: RawArrayBuf = statements.into_iter().collect();
        // `run_command` adds nothing of its own, the client's write concern least of all.
        let command = rawdoc! {
            "update": collection,
            "updates": updates,
            "ordered": ordered,
            "writeConcern": { "w": "majority", "wtimeout": i64::try_from(MAJORITY.as_millis()).unwrap_or(i64::MAX) },
        };
        read(ask(self.database.run_raw_command(command)).await?)
    }
}

fn read(reply: Document) -> Result<Updated, StoreError> {
    let updated: Updated = deserialize_from_document(reply)?;
    match &updated.write_concern_error {
        Some(unconfirmed) => Err(of_code(unconfirmed.code, &unconfirmed.errmsg)),
        None => Ok(updated),
    }
}

/// Fails with the first error that is not a duplicate.
pub fn only_duplicates(errors: &[WriteError]) -> Result<(), StoreError> {
    match errors.iter().find(|error| error.code != super::error::DUPLICATE) {
        Some(other) => Err(of_code(other.code, &other.errmsg)),
        None => Ok(()),
    }
}

/// Fails with the first error.
pub fn none_failed(errors: &[WriteError]) -> Result<(), StoreError> {
    errors.first().map_or(Ok(()), |error| Err(of_code(error.code, &error.errmsg)))
}

/// How many of the first items go into one command; at least one where there is any.
pub fn fit(sizes: impl IntoIterator<Item = usize>) -> usize {
    let mut bytes = 0_usize;
    let fits = sizes.into_iter().take(STATEMENTS).take_while(|size| {
        let is_first = bytes == 0;
        bytes += size;
        is_first || bytes <= BYTES
    });
    fits.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mongodb::bson::doc;

    #[test]
    fn an_answer_that_is_ok_is_read_for_its_errors() {
        let unconfirmed = doc! { "ok": 1, "n": 1, "writeConcernError": { "code": 64, "errmsg": "timed out" } };
        assert!(matches!(read(unconfirmed), Err(StoreError::Unavailable(_))));
        let failed = doc! { "ok": 1, "n": 0, "writeErrors": [{ "index": 3, "code": 11000, "errmsg": "E11000" }] };
        let errors = read(failed).unwrap().write_errors;
        assert_eq!(errors[0].index, 3);
        assert!(only_duplicates(&errors).is_ok());
        let full = WriteError { index: 0, code: 14031, errmsg: String::new() };
        assert!(matches!(only_duplicates(&[full]), Err(StoreError::Full(_))));
    }

    #[test]
    fn commands_are_bounded_in_number_and_size() {
        assert_eq!(fit([1; 3]), 3);
        assert_eq!(fit(std::iter::repeat(1)), STATEMENTS);
        assert_eq!(fit([BYTES / 2, BYTES / 2, 1]), 2);
        assert_eq!(fit([BYTES * 2, 1]), 1);
        assert_eq!(fit([]), 0);
    }
}
