//! A file of the first schema, with a shop in it, comes forward whole.

use crate::log::embedded::EmbeddedLog;
use crate::log::{EventLog, LogRecord};
use crate::store::archive::{Archive, Table};
use crate::store::dead_letters::{DeadLetter, DeadLetters, LetterFilter, LetterId};
use crate::store::documents::{Documents, RawDocument, Revision};
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind, Projections};
use crate::store::receipts::{Receipts, SaveOutcome};
use crate::store::sqlite::migrate::{MIGRATIONS, migrate};
use crate::store::sqlite::open::FILE;
use crate::store::sqlite::{BesideError, Sqlite};
use crate::testing::{Till, at, delivery, new_record, recorded, sale, second, store};
use rusqlite::{Connection, params};
use shared::event::{Event, Recorded};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// What the first version wrote beside records: an unreadable one at place 4, whatever was derived up to there, a
/// document that is there and one that was deleted, and how far it had come.
const REST: &str = "
INSERT INTO events VALUES (4, 1, 'hat', 7, 1795435204000, NULL, NULL, x'686174');
INSERT INTO dead_letters VALUES (1, 4, 'hat', 'nobody knows hats', x'686174');
INSERT INTO projections VALUES ('day', 1, '2026-11-23', 1, 3, x'7b7d');
INSERT INTO documents VALUES ('shop', '1', 2, x'7b7d'), ('shop', '2', 3, NULL);
INSERT INTO revisions VALUES ('shop', 3);
INSERT INTO commits VALUES ('saver', 1, 4);
INSERT INTO facts VALUES ('starts', '7'), ('epoch', '1');
";

/// A shop whose file has just come forward.
struct Shop {
    file: Arc<Sqlite>,
    /// A delivery and two sales, at places 1 to 3.
    kept: Vec<Recorded>,
    /// A sale that is in the log, and not saved yet.
    waiting: Recorded,
    folder: TempDir,
}

impl Shop {
    fn brought_forward() -> Self {
        let (folder, mut till) = (tempfile::tempdir().unwrap(), Till::new(1, 1));
        let mut sell = |offset| recorded(offset, sale(&till.sell(&[("A", 2)])));
        let kept = vec![recorded(1, delivery(1, &[("A", 20)])), sell(2), sell(3)];
        let waiting = sell(5);
        write(&folder.path().join(FILE), &kept, &waiting).unwrap();
        assert!(matches!(Sqlite::open_beside(folder.path()), Err(BesideError::Older(_))));
        Self { file: Arc::new(Sqlite::open(folder.path()).unwrap()), kept, waiting, folder }
    }

    async fn records(&self, table: Table) -> Vec<Recorded> {
        self.file.records(table, None, 10).await.unwrap().items
    }

    async fn number(&self, sql: &'static str) -> usize {
        self.file.read(move |c| Ok(c.query_row(sql, [], |row| row.get(0))?)).await.unwrap()
    }
}

fn write(path: &Path, kept: &[Recorded], waiting: &Recorded) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    migrate(&mut connection, &MIGRATIONS[..1]).unwrap();
    connection.execute_batch(REST)?;
    kept.iter().chain([waiting]).try_for_each(|record| append(&connection, record))?;
    kept.iter().try_for_each(|record| keep(&connection, record))
}

fn append(connection: &Connection, record: &Recorded) -> rusqlite::Result<()> {
    let Recorded { position, store, accepted_at, event, .. } = record;
    let values = params![
        position.offset,
        store.get(),
        event.kind().as_str(),
        accepted_at.as_millisecond(),
        event.encode().unwrap()
    ];
    connection.execute("INSERT INTO events VALUES (?1, ?2, ?3, 1, ?4, NULL, NULL, ?5)", values).map(drop)
}

fn keep(connection: &Connection, record: &Recorded) -> rusqlite::Result<()> {
    let (offset, id, body) = (record.position.offset, record.event.id().uuid(), record.event.encode().unwrap());
    let Event::Receipt(receipt) = &record.event else {
        let values = params![id.as_bytes(), offset, record.event.kind().as_str(), body];
        return connection.execute("INSERT INTO movements VALUES (1, ?1, 1, ?2, ?3, ?4)", values).map(drop);
    };
    let (number, total) = (receipt.body.number.get(), receipt.body.total.minor());
    let (accepted_at, hash) = (record.accepted_at.as_millisecond(), receipt.hash.as_bytes());
    let values = params![offset, id.as_bytes(), number, total, accepted_at, hash, body];
    let insert = "INSERT INTO receipts VALUES (1, ?1, 1, ?2, 1, 'A', ?3, 1, '2026-11-23', ?4, ?5, ?6, ?7)";
    connection.execute(insert, values).map(drop)
}

#[tokio::test]
async fn it_is_of_the_current_schema_from_then_on() {
    let shop = Shop::brought_forward();
    assert_eq!(shop.number("PRAGMA user_version").await, MIGRATIONS.len());
    assert_eq!(shop.number("SELECT CAST(value AS INTEGER) FROM facts WHERE name = 'starts'").await, 8);
    let Shop { file, folder, .. } = shop;
    drop(file);
    assert!(Sqlite::open_beside(folder.path()).is_ok());
    assert!(Sqlite::open(folder.path()).is_ok());
}

#[tokio::test]
async fn receipts_and_movements_are_as_they_were_recorded() {
    let shop = Shop::brought_forward();
    // The first schema did not keep when the log took a movement: that comes from the log.
    assert_eq!(shop.records(Table::Movements).await, shop.kept[..1]);
    assert_eq!(shop.records(Table::Receipts).await, shop.kept[1..]);
    let again = shop.file.save(&shop.kept).await.unwrap();
    assert!(again.iter().all(|outcome| *outcome == SaveOutcome::Redelivered), "{again:?}");
}

#[tokio::test]
async fn an_unreadable_record_is_told_by_its_place_store_and_time() {
    let shop = Shop::brought_forward();
    let letters = shop.file.letters(LetterFilter { open_only: true, store: Some(store(1)) }, None, 10).await.unwrap();
    let hat = DeadLetter {
        id: LetterId { position: at(4), partition: 0 },
        store: Some(store(1)),
        kind: "hat".to_owned(),
        version: 7,
        accepted_at: second(4),
        payload: b"hat".to_vec(),
        reason: "nobody knows hats".to_owned(),
        mended_at: None,
    };
    assert_eq!(letters.items, [hat]);
}

#[tokio::test]
async fn documents_keep_their_revisions_and_projections_their_positions() {
    let shop = Shop::brought_forward();
    let there = RawDocument { id: "1".to_owned(), revision: Revision(2), body: Some(b"{}".to_vec()) };
    let deleted = RawDocument { id: "2".to_owned(), revision: Revision(3), body: None };
    assert_eq!(shop.file.changed_since("shop", Revision(0)).await.unwrap(), [there, deleted]);
    assert_eq!(shop.file.put_all("shop", vec![("3".to_owned(), Vec::new())]).await.unwrap(), Revision(4));
    let days = shop.file.list(ProjectionKind::Day, ProjectionFilter::default()).await.unwrap();
    let (kind, id, body) = (ProjectionKind::Day, "2026-11-23".to_owned(), b"{}".to_vec());
    assert_eq!(days, [Projected { store: store(1), kind, id, position: at(3), body }]);
}

#[tokio::test]
async fn the_log_goes_on_behind_what_was_saved() {
    let shop = Shop::brought_forward();
    let log = EmbeddedLog::new(Arc::clone(&shop.file));
    log.append(vec![new_record(delivery(2, &[("B", 1)]))]).await.unwrap();
    let mut partitions = log.consume(&CancellationToken::new()).await.unwrap();
    let mut consumer = partitions.next().await.unwrap();
    assert_eq!(consumer.committed(), at(4));
    let read: Vec<LogRecord> = consumer.poll(10, Duration::ZERO).await.unwrap();
    assert_eq!(read.iter().map(|record| record.position).collect::<Vec<_>>(), [at(5), at(6)]);
    assert_eq!(read[0].payload, shop.waiting.event.encode().unwrap());
}
