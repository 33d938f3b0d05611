//! The embedded engine: log and store in one SQLite file, one writer with group commit, readers apart.

mod dead_letters;
mod documents;
mod error;
mod migrate;
mod open;
mod projections;
mod readers;
mod receipts;
mod search;
mod writer;

pub use open::OpenError;

use super::StoreError;
use readers::Readers;
use rusqlite::Connection;
use std::fs::File;
use std::path::Path;
use writer::Writer;

/// An open SQLite file. It is locked against other processes as long as this lives.
pub struct Sqlite {
    writer: Writer,
    readers: Readers,
    epoch: u32,
    _lock: File,
}

impl Sqlite {
    /// Opens the file in `folder`, making both where they are missing and migrating an older one forward.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        open::open(folder)
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
        self.writer.run(work).await
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
