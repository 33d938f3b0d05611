//! What can go wrong, and what to do.

use crate::log::LogError;
use crate::store::{StoreError, mongo, sqlite};
use shared::ids::StoreNo;
use std::io;
use std::path::PathBuf;

/// Why nothing, or not everything, was carried.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file is there already.
    #[error("{0} is there already: name another file, or move it away")]
    Exists(PathBuf),
    /// The file cannot be read or written.
    #[error("{path} cannot be used: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        cause: io::Error,
    },
    /// It is something else.
    #[error("this is not an archive that comptoir backup has written")]
    Foreign,
    /// A later version has written it.
    #[error(
        "the archive has format {found}, and this comptoir knows none later than {known}: restore it by a later one"
    )]
    Later {
        /// Its format.
        found: u32,
        /// The latest that this program knows.
        known: u32,
    },
    /// Its end is missing.
    #[error("the archive ends too early: it was cut off when it was written or copied; nothing was restored from it")]
    Truncated,
    /// It is not as it was written.
    #[error("the archive is not as it was written ({0}): take another copy of it")]
    Altered(String),
    /// A row cannot be told in an archive.
    #[error("{0} cannot be archived: {1}")]
    Untold(String, String),
    /// The target holds something else.
    #[error("{0} is not empty: restore into an empty one")]
    NotEmpty(String),
    /// Another restore was broken off there.
    #[error("{place} holds a part of {other}: finish that first by the same command, or empty it")]
    HalfOfAnother {
        /// Where.
        place: String,
        /// Of what.
        other: String,
    },
    /// A restore was broken off there.
    #[error("the store holds only a part of {0}: run the command that broke off again, which finishes it")]
    Unfinished(String),
    /// Positions of several partitions do not fit into one sequence.
    #[error(
        "the archive is of a log with {0} partitions, and the embedded engine's is one sequence: restore it into MongoDB"
    )]
    Partitions(u32),
    /// No moment was found in which a store's sums agreed with each other.
    #[error("the sums of store {0} are half written: see that a saver runs, and try again")]
    HalfWritten(StoreNo),
    /// What arrived is not what was sent.
    #[error("what arrived is not what was sent: {0}; empty the target and try again")]
    Differs(String),
    /// The log could not be saved.
    #[error("what is in the log cannot be saved: {0}")]
    Stalled(String),
    /// The data folder cannot be used.
    #[error(transparent)]
    Open(#[from] sqlite::OpenError),
    /// The data folder cannot be read.
    #[error(transparent)]
    Beside(#[from] sqlite::BesideError),
    /// The address of the store is wrong.
    #[error(transparent)]
    Mongo(#[from] mongo::OpenError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
}
