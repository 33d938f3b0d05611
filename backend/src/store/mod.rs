//! The store: what is known for good.
//!
//! Six facilities, each small enough to be the same on every engine: receipts and movements, which are inserted and
//! never updated; the journal, which is found again among the movements; projections, which only ever move forward; documents, which are replaced by compare-and-swap; dead
//! letters, which wait for somebody to mend them; and the archive, which reads all of it out.

pub mod archive;
#[cfg(test)]
mod contract;
pub mod dead_letters;
pub mod documents;
pub mod journal;
pub mod ledger_docs;
pub mod mongo;
pub mod projections;
pub mod receipts;
pub mod search_page;
pub mod sqlite;

pub use archive::Archive;
pub use dead_letters::DeadLetters;
pub use documents::Documents;
pub use journal::Journal;
pub use projections::Projections;
pub use receipts::Receipts;

/// Why the store did not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached or cannot write; asking again later may help.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// Its disk is full.
    #[error("the store's disk is full: {0}")]
    Full(String),
    /// What it holds cannot be read.
    #[error("the store is damaged: {0}")]
    Corrupt(String),
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

/// Everything that an engine offers.
pub trait Store: Receipts + Journal + Projections + Documents + DeadLetters + Archive + Send + Sync {}

impl<T: Receipts + Journal + Projections + Documents + DeadLetters + Archive + Send + Sync> Store for T {}
