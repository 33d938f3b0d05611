//! The rows of the saved receipts, inserted once more by nothing but SQLite.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::path::Path;
use std::time::Instant;

/// How many rows share a transaction.
const BATCH: usize = 1000;

/// Rows a second, into a table with the same indexes, each transaction flushed to disk.
pub fn insert_again(data: &Path) -> f64 {
    let source = Connection::open(data.join("comptoir.sqlite")).expect("the data can be opened");
    let target = Connection::open(data.join("bare.sqlite")).expect("a database can be made");
    target.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").expect("SQLite takes its settings");
    let mut definitions = source
        .prepare("SELECT sql FROM sqlite_master WHERE tbl_name = 'receipts' AND sql IS NOT NULL ORDER BY type DESC")
        .expect("the tables are described");
    let definitions = definitions.query_map([], |row| row.get::<_, String>(0)).expect("they are read");
    definitions.for_each(|sql| target.execute_batch(&sql.expect("a text")).expect("the table can be made"));
    let mut select = source.prepare("SELECT * FROM receipts").expect("there are receipts");
    let columns = select.column_count();
    let rows = select.query_map([], |row| (0..columns).map(|place| row.get(place)).collect());
    let rows: Vec<Vec<Value>> = rows.expect("receipts are read").collect::<Result<_, _>>().expect("rows are read");
    let places = vec!["?"; columns].join(", ");
    let mut insert = target.prepare(&format!("INSERT INTO receipts VALUES ({places})")).expect("rows fit");
    let start = Instant::now();
    for batch in rows.chunks(BATCH) {
        target.execute_batch("BEGIN IMMEDIATE").expect("a transaction begins");
        for row in batch {
            insert.execute(params_from_iter(row)).expect("a row is inserted");
        }
        target.execute_batch("COMMIT").expect("a transaction ends");
    }
    crate::figures::per_second(rows.len(), start)
}
