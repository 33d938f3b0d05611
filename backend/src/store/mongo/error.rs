//! The driver's errors as the store's.

use crate::store::StoreError;
use mongodb::error::{Error, ErrorKind, WriteFailure};

/// Another document has the name already.
pub const DUPLICATE: i32 = 11000;

/// The longest text of an error that is passed on; the driver's hold whole documents.
const TEXT: usize = 400;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match &*error.kind {
            ErrorKind::Command(told) => of_code(told.code, &told.message),
            ErrorKind::Write(WriteFailure::WriteError(told)) => of_code(told.code, &told.message),
            ErrorKind::Write(WriteFailure::WriteConcernError(told)) => of_code(told.code, &told.message),
            kind @ (ErrorKind::Bson(_) | ErrorKind::InvalidArgument { .. }) => Self::Corrupt(short(&kind.to_string())),
            kind => Self::Unavailable(short(&kind.to_string())),
        }
    }
}

impl From<mongodb::bson::error::Error> for StoreError {
    fn from(error: mongodb::bson::error::Error) -> Self {
        Self::Corrupt(short(&error.to_string()))
    }
}

/// What an error code of the server means. Whatever is not known to last is taken as passing.
pub fn of_code(code: i32, message: &str) -> StoreError {
    let text = format!("{} (MongoDB's code {code})", short(message));
    match code {
        // OutOfDiskSpace, QuotaExceeded; Atlas tells a full cluster by its one code for everything.
        14031 | 12501 => StoreError::Full(text),
        8000 if message.contains("quota") => StoreError::Full(text),
        // The document is too large, or is not what the collection takes.
        10334 | 17419 | 17420 | 121 | DUPLICATE => StoreError::Corrupt(text),
        _ => StoreError::Unavailable(text),
    }
}

fn short(text: &str) -> String {
    text.chars().take(TEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn what_may_pass_is_told_from_what_lasts() {
        let gone = Error::from(io::Error::from(io::ErrorKind::ConnectionReset));
        assert!(matches!(StoreError::from(gone), StoreError::Unavailable(_)));
        assert!(matches!(of_code(10107, "not primary"), StoreError::Unavailable(_)));
        assert!(matches!(of_code(64, "waiting for replication timed out"), StoreError::Unavailable(_)));
        assert!(matches!(of_code(14031, "available disk space"), StoreError::Full(_)));
        assert!(matches!(of_code(8000, "you are over your space quota"), StoreError::Full(_)));
        assert!(matches!(of_code(8000, "user is not allowed"), StoreError::Unavailable(_)));
        assert!(matches!(of_code(10334, "too large"), StoreError::Corrupt(_)));
    }
}
