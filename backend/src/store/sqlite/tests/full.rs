//! A file that may not grow, as on a full disk: SQLite is told how many pages it may have.

use crate::store::StoreError;
use crate::store::archive::{Archive, Table};
use crate::store::receipts::{Receipts, SaveOutcome};
use crate::store::sqlite::Sqlite;
use crate::testing::{Till, recorded, sale};
use shared::event::Recorded;

/// The most pages of the file; fewer than it has means as many as it has.
async fn allow(file: &Sqlite, pages: u32) {
    file.write(move |c| Ok(c.pragma_update(None, "max_page_count", pages)?)).await.unwrap();
}

/// Sells until the disk is full: what was saved, what was not, and why.
async fn fill(file: &Sqlite, till: &mut Till) -> (Vec<Recorded>, Recorded, StoreError) {
    let mut saved = Vec::new();
    loop {
        let record = recorded(till.head().number + 1, sale(&till.sell(&[("A", 1)])));
        match file.save(std::slice::from_ref(&record)).await {
            Ok(_) => saved.push(record),
            Err(error) => return (saved, record, error),
        }
    }
}

async fn kept(file: &Sqlite) -> Vec<Recorded> {
    file.records(Table::Receipts, None, 1_000).await.unwrap().items
}

#[tokio::test]
async fn what_was_acknowledged_stays_and_what_was_refused_is_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = Sqlite::open(folder.path()).unwrap();
    allow(&file, 60).await;
    let (saved, refused, error) = fill(&file, &mut Till::new(1, 1)).await;
    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    assert!(saved.len() > 10, "{}", saved.len());
    assert_eq!(kept(&file).await, saved, "a full disk can be read");
    drop(file);
    let file = Sqlite::open(folder.path()).unwrap();
    assert_eq!(kept(&file).await, saved);
    assert_eq!(file.save(&[refused]).await.unwrap(), [SaveOutcome::First]);
}

#[tokio::test]
async fn it_goes_on_where_room_is_made_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let file = Sqlite::open(folder.path()).unwrap();
    allow(&file, 1).await;
    let (saved, refused, error) = fill(&file, &mut Till::new(1, 1)).await;
    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    allow(&file, 10_000).await;
    assert_eq!(file.save(std::slice::from_ref(&refused)).await.unwrap(), [SaveOutcome::First]);
    assert_eq!(kept(&file).await, [saved, vec![refused]].concat());
}
