//! The embedded engine: log and store in one SQLite file, one writer with group commit, readers apart.

mod archive;
mod beside;
mod dead_letters;
mod documents;
mod error;
mod journal;
mod migrate;
mod open;
mod projections;
mod readers;
mod receipts;
mod search;
#[cfg(test)]
mod tests;
mod writer;

pub use beside::BesideError;
pub use open::OpenError;

use super::StoreError;
use readers::Readers;
use rusqlite::Connection;
use std::fs::File;
use std::path::Path;
use writer::Writer;

/// An open SQLite file. It is locked against other processes as long as this lives, unless it was opened beside one.
pub struct Sqlite {
    /// Absent where it was opened for reading only.
    writer: Option<Writer>,
    readers: Readers,
    epoch: u32,
    _lock: Option<File>,
}

impl Sqlite {
    /// Opens the file in `folder`, making both where they are missing and migrating an older one forward.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        open::open(folder)
    }

    /// Opens the file in `folder` for reading only, beside the process that may be at work on it, as it is at this
    /// moment: whatever is written later does not show.
    pub fn open_beside(folder: &Path) -> Result<Self, BesideError> {
        beside::open(folder)
    }

    /// The epoch of the log in this file.
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Runs `work` inside the next transaction and resolves once that is durable. An error undoes this work only.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        match &self.writer {
            Some(writer) => writer.run(work).await,
            None => Err(StoreError::Unavailable("it was opened for reading only".into())),
        }
    }

    /// Runs `work` on a connection that only reads, as of the last durable transaction.
    pub async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.readers.run(work).await
    }
}
