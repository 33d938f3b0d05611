//! Carrying what is known to another place: `comptoir backup`, `comptoir restore`, `comptoir migrate`.
//!
//! What is carried is a store as of one place in each of its stores' sequences: the sums as they stand there, the records
//! that they are made of and no others, and everything that people have decided. A record that is saved but not yet in
//! the sums stays behind: it would come back from the log under another position, be taken for a copy, and never count.
//! So replaying the log in its next epoch ends where a store that was never moved ends: what was carried comes again as
//! copies, which do not count, and what was not comes for the first time.

mod backup;
mod cut;
mod digest;
mod drain;
mod entry;
mod error;
mod from_line;
mod line;
mod mark;
mod migrate;
mod options;
mod place;
mod progress;
mod put;
mod read_out;
mod reader;
mod restore;
#[cfg(test)]
mod tests;
mod to_line;
mod writer;

pub use backup::run as backup;
pub use error::ArchiveError;
pub use mark::unfinished;
pub use migrate::run as migrate;
pub use options::{BackupOptions, MigrateOptions, RestoreOptions};
pub use reader::{ArchiveReader, Next};
pub use restore::run as restore;
