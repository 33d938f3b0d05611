//! Reading the file beside the process that works on it, as of one moment.

use super::Sqlite;
use super::migrate;
use super::open::{FILE, epoch};
use super::readers::Readers;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// Why the file cannot be read, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum BesideError {
    /// There is none.
    #[error("{0} holds no data of comptoir: name the right folder with --data")]
    Nothing(PathBuf),
    /// An earlier version has written it.
    #[error("{0} is of an earlier comptoir: start this version on it once, which brings it forward")]
    Older(PathBuf),
    /// It is something else, or of a later version.
    #[error("{path} cannot be read: {cause}")]
    Other {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        cause: String,
    },
}

/// Opens the file in `folder` by one connection in one transaction: its first reading fixes what it sees.
pub fn open(folder: &Path) -> Result<Sqlite, BesideError> {
    let path = folder.join(FILE);
    if !path.is_file() {
        return Err(BesideError::Nothing(folder.to_owned()));
    }
    let other = |cause: &dyn std::fmt::Display| BesideError::Other { path: path.clone(), cause: cause.to_string() };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&path, flags).map_err(|error| other(&error))?;
    connection.execute_batch("PRAGMA temp_store = MEMORY; BEGIN").map_err(|error| other(&error))?;
    match migrate::is_current(&connection) {
        Ok(true) => {}
        Ok(false) => return Err(BesideError::Older(path)),
        Err(error) => return Err(other(&error)),
    }
    let epoch = epoch(&connection).map_err(|error| other(&error))?;
    Ok(Sqlite { writer: None, readers: Readers::of(vec![connection]), epoch, _lock: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    async fn kinds(file: &Sqlite) -> usize {
        file.read(|c| Ok(c.query_row("SELECT count(*) FROM revisions", [], |row| row.get(0))?)).await.unwrap()
    }

    async fn add(file: &Sqlite, kind: &'static str) -> Result<usize, StoreError> {
        file.write(move |c| Ok(c.execute("INSERT INTO revisions VALUES (?1, 1)", [kind])?)).await
    }

    #[tokio::test]
    async fn sees_one_moment_of_a_file_that_somebody_writes() {
        let folder = tempfile::tempdir().unwrap();
        let writing = Sqlite::open(folder.path()).unwrap();
        add(&writing, "a").await.unwrap();
        let beside = open(folder.path()).unwrap();
        add(&writing, "b").await.unwrap();
        assert_eq!((kinds(&beside).await, kinds(&writing).await), (1, 2));
        assert!(matches!(add(&beside, "c").await, Err(StoreError::Unavailable(_))));
        drop(writing);
        assert_eq!(kinds(&open(folder.path()).unwrap()).await, 2);
    }

    #[test]
    fn makes_nothing_and_takes_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(open(folder.path()), Err(BesideError::Nothing(_))));
        assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
        std::fs::write(folder.path().join(FILE), "my holiday pictures".repeat(100)).unwrap();
        assert!(matches!(open(folder.path()), Err(BesideError::Other { .. })));
    }

    #[test]
    fn an_older_and_a_later_file_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        drop(Sqlite::open(folder.path()).unwrap());
        let raw = Connection::open(folder.path().join(FILE)).unwrap();
        raw.pragma_update(None, "user_version", 1).unwrap();
        assert!(matches!(open(folder.path()), Err(BesideError::Older(_))));
        raw.pragma_update(None, "user_version", 99).unwrap();
        assert!(open(folder.path()).err().unwrap().to_string().contains("later than"));
    }
}
