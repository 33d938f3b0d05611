//! SQLite's errors as the store's.

use crate::store::StoreError;
use rusqlite::{Error, ErrorCode, ffi};

/// Whether there is no room left. Where it is the memory beside the write-ahead log that cannot grow, SQLite calls it an
/// error of input or output.
pub fn is_full(error: &Error) -> bool {
    let extended = error.sqlite_error().map(|error| error.extended_code);
    error.sqlite_error_code() == Some(ErrorCode::DiskFull) || extended == Some(ffi::SQLITE_IOERR_SHMSIZE)
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            _ if is_full(&error) => Self::Full(text),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::TypeMismatch) | None => {
                Self::Corrupt(text)
            }
            Some(_) => Self::Unavailable(text),
        }
    }
}
