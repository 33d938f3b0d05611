//! Opening the file, and saying what to do where that cannot be done.

use super::error::is_full;
use super::migrate::{self, MIGRATIONS, MigrateError};
use super::readers::Readers;
use super::writer::Writer;
use super::{Sqlite, StoreError};
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The database within the data folder.
pub const FILE: &str = "comptoir.sqlite";

/// Why the data folder cannot be used, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process holds it.
    #[error("{0} is in use by another comptoir: stop that one, or choose another folder with --data")]
    Locked(PathBuf),
    /// It cannot be written.
    #[error(
        "{0} cannot be written: give this user write permission on the folder and its files, or choose another folder with --data"
    )]
    ReadOnly(PathBuf),
    /// Its disk is full.
    #[error("the disk of {0} is full: free some space and start again; nothing that was acknowledged is lost")]
    Full(PathBuf),
    /// A later version has written it.
    #[error(
        "{path} was written by a later comptoir (schema {found}, this one knows {known}): start that version, or restore a backup made before the upgrade"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema that it has.
        found: u32,
        /// The latest schema that this program knows.
        known: u32,
    },
    /// It is something else.
    #[error("{0} is not a comptoir database: move it away, or choose another folder with --data")]
    Foreign(PathBuf),
    /// Anything else.
    #[error("{path} cannot be used: {cause}")]
    Other {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        cause: String,
    },
}

/// Opens the database in `folder`.
pub fn open(folder: &Path) -> Result<Sqlite, OpenError> {
    std::fs::create_dir_all(folder).map_err(|error| from_io(&error, folder))?;
    let lock = lock(folder)?;
    let path = folder.join(FILE);
    let mut connection = Connection::open(&path).map_err(|error| from_sqlite(&error, &path))?;
    configure(&connection).map_err(|error| from_sqlite(&error, &path))?;
    migrate::migrate(&mut connection, MIGRATIONS).map_err(|error| from_migrate(error, &path))?;
    let epoch = probe(&connection).map_err(|error| from_sqlite(&error, &path))?;
    let readers = Readers::open(&path).map_err(|error| from_sqlite(&error, &path))?;
    let writer = Writer::start(connection).map_err(|error| from_io(&error, &path))?;
    Ok(Sqlite { writer: Some(writer), readers, epoch, _lock: Some(lock) })
}

fn lock(folder: &Path) -> Result<File, OpenError> {
    let path = folder.join("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| from_io(&error, folder))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(from_io(&error, folder)),
    }
}

/// WAL lets readers go on while the writer writes; FULL makes every commit durable before it is reported.
fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "locking_mode", "NORMAL")?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Writes a mark, so that a full or read-only disk shows at the start and not at the first sale. Gives the epoch.
fn probe(connection: &Connection) -> rusqlite::Result<u32> {
    connection.execute(
        "INSERT INTO facts (name, value) VALUES ('starts', '1')
         ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)",
        [],
    )?;
    connection.execute("INSERT OR IGNORE INTO facts (name, value) VALUES ('epoch', '1')", [])?;
    epoch(connection)
}

/// The epoch of the log in the file.
pub fn epoch(connection: &Connection) -> rusqlite::Result<u32> {
    let epoch: Option<String> =
        connection.query_row("SELECT value FROM facts WHERE name = 'epoch'", [], |row| row.get(0)).optional()?;
    Ok(epoch.and_then(|text| text.parse().ok()).unwrap_or(1))
}

fn from_io(error: &io::Error, path: &Path) -> OpenError {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnly(path.to_owned()),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => OpenError::Full(path.to_owned()),
        _ => OpenError::Other { path: path.to_owned(), cause: error.to_string() },
    }
}

fn from_sqlite(error: &rusqlite::Error, path: &Path) -> OpenError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        _ if is_full(error) => OpenError::Full(path),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => OpenError::ReadOnly(path),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::Locked(path),
        Some(ErrorCode::NotADatabase) => OpenError::Foreign(path),
        _ => OpenError::Other { path, cause: error.to_string() },
    }
}

fn from_migrate(error: MigrateError, path: &Path) -> OpenError {
    match error {
        MigrateError::Newer { found, known } => OpenError::Newer { path: path.to_owned(), found, known },
        MigrateError::Foreign => OpenError::Foreign(path.to_owned()),
        MigrateError::Sqlite(error) => from_sqlite(&error, path),
    }
}

impl From<OpenError> for StoreError {
    fn from(error: OpenError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_error(folder: &Path) -> String {
        open(folder).err().unwrap().to_string()
    }

    #[test]
    fn a_folder_is_for_one_process_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = open(folder.path()).unwrap();
        assert!(open_error(folder.path()).contains("stop that one"));
        drop(first);
        assert!(open(folder.path()).is_ok());
    }

    #[test]
    fn a_file_of_a_later_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        drop(open(folder.path()).unwrap());
        let raw = Connection::open(folder.path().join(FILE)).unwrap();
        raw.pragma_update(None, "user_version", 99).unwrap();
        drop(raw);
        assert!(open_error(folder.path()).contains("later comptoir (schema 99"));
    }

    #[test]
    fn something_else_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "my holiday pictures".repeat(100)).unwrap();
        assert!(open_error(folder.path()).contains("not a comptoir database"));
        let other = tempfile::tempdir().unwrap();
        let raw = Connection::open(other.path().join(FILE)).unwrap();
        raw.execute_batch("CREATE TABLE pictures (x)").unwrap();
        drop(raw);
        assert!(open_error(other.path()).contains("not a comptoir database"));
    }

    #[test]
    fn what_a_failing_disk_says_becomes_what_to_do() {
        let failure = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        let path = Path::new("data");
        for full in [rusqlite::ffi::SQLITE_FULL, rusqlite::ffi::SQLITE_IOERR_SHMSIZE] {
            assert!(from_sqlite(&failure(full), path).to_string().contains("free some space"));
            assert!(matches!(failure(full).into(), StoreError::Full(_)));
        }
        assert!(from_sqlite(&failure(rusqlite::ffi::SQLITE_READONLY), path).to_string().contains("write permission"));
        assert!(from_sqlite(&failure(rusqlite::ffi::SQLITE_BUSY), path).to_string().contains("stop that one"));
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        assert!(from_io(&denied, path).to_string().contains("write permission"));
    }
}
