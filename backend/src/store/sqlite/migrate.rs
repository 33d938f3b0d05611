//! Bringing a file's schema forward, one step after the other, each in a transaction of its own.

use rusqlite::{Connection, Transaction};

/// The steps; the n-th leads from schema n to schema n + 1. A step that was released is never changed.
pub const MIGRATIONS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("dead_letters.sql"),
    include_str!("movements.sql"),
    include_str!("journal.sql"),
];

/// Marks the file as ours (`PRAGMA application_id`): the letters "Cptr".
const APPLICATION_ID: i32 = 0x4370_7472;

/// Why a file cannot be brought forward.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A later version has written it.
    #[error("schema {found} is later than {known}")]
    Newer {
        /// The schema that it has.
        found: u32,
        /// The latest schema that this program knows.
        known: u32,
    },
    /// It is another program's.
    #[error("not a comptoir database")]
    Foreign,
    /// SQLite failed.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

/// Runs the steps that the file has not seen yet.
pub fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), MigrateError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    refuse_foreign(connection)?;
    if found > known {
        return Err(MigrateError::Newer { found, known });
    }
    for (schema, step) in (1_u32..).zip(steps).skip(found as usize) {
        let transaction = connection.transaction()?;
        apply(&transaction, schema, step)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Whether a file has seen all steps that this program knows.
pub fn is_current(connection: &Connection) -> Result<bool, MigrateError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    refuse_foreign(connection)?;
    if found > known { Err(MigrateError::Newer { found, known }) } else { Ok(found == known) }
}

fn apply(transaction: &Transaction<'_>, schema: u32, step: &str) -> rusqlite::Result<()> {
    transaction.execute_batch(step)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", schema)
}

fn refuse_foreign(connection: &Connection) -> Result<(), MigrateError> {
    let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if id == APPLICATION_ID || tables == 0 { Ok(()) } else { Err(MigrateError::Foreign) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &[&str] = &["CREATE TABLE a (x); INSERT INTO a VALUES (1);"];
    const LATER: &[&str] = &["CREATE TABLE a (x); INSERT INTO a VALUES (1);", "ALTER TABLE a ADD COLUMN y DEFAULT 7;"];

    #[test]
    fn an_older_file_is_brought_forward_with_its_data() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, OLD).unwrap();
        migrate(&mut connection, LATER).unwrap();
        migrate(&mut connection, LATER).unwrap();
        let row: (i32, i32) = connection.query_row("SELECT x, y FROM a", [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        assert_eq!(row, (1, 7));
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, OLD).unwrap();
        let broken = &[OLD[0], "CREATE TABLE b (x); nonsense;"];
        assert!(migrate(&mut connection, broken).is_err());
        let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
        assert_eq!(tables, 1);
        assert!(matches!(migrate(&mut connection, &[]), Err(MigrateError::Newer { found: 1, known: 0 })));
    }
}
