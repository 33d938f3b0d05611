//! On a running server.

use super::*;
use crate::archive::migrate::migrate;
use crate::log::kafka::identity::{FoundLog, LogIdentity, ONLY, settle};
use crate::store::documents::Revision;
use crate::testing::MongoDatabase;

async fn identity(place: &Place) -> Option<LogIdentity> {
    place.store().read::<LogIdentity>(ONLY).await.unwrap().map(|found| found.value)
}

fn next_log() -> FoundLog {
    FoundLog { cluster: "next".into(), marker: None, partitions: 12, shortcomings: Vec::new() }
}

/// An embedded log of an epoch, for want of Kafka.
async fn log_of_epoch(desk: &Desk, name: &str, epoch: u32) -> Place {
    desk.open(name).await_log(epoch).await.unwrap();
    desk.open(name)
}

async fn unmoved(records: &[Recorded]) -> BTreeSet<String> {
    let desk = Desk::new();
    let shop = desk.open("shop");
    append(&shop, records).await;
    save(&shop).await;
    figures(&*shop.store()).await
}

#[tokio::test]
async fn an_embedded_archive_is_restored_with_what_waited_in_its_log() {
    let (desk, database) = (Desk::with_archive().await, MongoDatabase::new());
    let target = Place::mongo(database.uri()).await.unwrap();
    let file = Verified::of(&desk.path("archive")).unwrap();
    assert_eq!(restore(&file, &target).await.unwrap(), 3, "what waited was saved in an epoch of its own");
    assert_eq!(identity(&target).await, Some(LogIdentity { epoch: 3, source: None }));
    assert_eq!(figures(&*target.store()).await, unmoved(&day()).await);
    assert_eq!(target.store().get("product", "B").await.unwrap(), None);
    assert_eq!(target.store().changed_since("product", Revision::default()).await.unwrap().len(), 2);
    let again = restore(&file, &target).await.unwrap_err();
    assert!(matches!(again, ArchiveError::NotEmpty(_)), "{again}");
}

#[tokio::test]
async fn a_backup_of_a_store_at_work_is_restored_and_the_log_replayed() {
    let (desk, database, other) = (Desk::new(), MongoDatabase::new(), MongoDatabase::new());
    let source = Place::mongo(database.uri()).await.unwrap();
    assert_eq!(settle(&*source.store(), &next_log()).await.unwrap(), 1);
    let log = desk.open("log");
    append(&log, &day()[..8]).await;
    save_from(&log, source.store()).await;
    source.store().save(&day()[8..10]).await.unwrap();
    decide(&*source.store()).await;
    let counts = write(&source, &desk.path("archive"), second(0)).await.unwrap();
    assert_eq!(counts["receipt"], 4, "what is saved and not in the sums comes again from the log");
    append(&log, &day()[8..]).await;
    save_from(&log, source.store()).await;

    let target = Place::mongo(other.uri()).await.unwrap();
    let file = Verified::of(&desk.path("archive")).unwrap();
    assert_eq!(restore(&file, &target).await.unwrap(), 2);
    assert_eq!(settle(&*target.store(), &next_log()).await.unwrap(), 2, "it takes the log that it is given");
    let replayed = log_of_epoch(&desk, "replayed", 2).await;
    append(&replayed, &day()).await;
    save_from(&replayed, target.store()).await;
    assert_eq!(figures(&*target.store()).await, figures(&*source.store()).await);
    assert_eq!(figures(&*target.store()).await, unmoved(&day()).await);
}

#[tokio::test]
async fn an_embedded_engine_is_moved_with_all_that_it_has() {
    let (desk, database) = (Desk::with_archive().await, MongoDatabase::new());
    let target = Place::mongo(database.uri()).await.unwrap();
    let shop = desk.open("shop");
    let locked = migrate(&desk.path("shop"), &target).await.unwrap_err().to_string();
    assert!(locked.contains("stop that one"), "{locked}");
    drop(shop);
    let moved = migrate(&desk.path("shop"), &target).await.unwrap();
    assert_eq!((moved.saved, moved.epoch, moved.counts["receipt"]), (3, 2, 8));
    assert_eq!(identity(&target).await, Some(LogIdentity { epoch: 2, source: None }));
    assert_eq!(projections(&*target.store()).await, projections(&*desk.open("shop").store()).await);
    let again = migrate(&desk.path("shop"), &target).await.unwrap_err();
    assert!(matches!(again, ArchiveError::NotEmpty(_)), "{again}");
}

#[tokio::test]
async fn a_move_that_broke_off_goes_on() {
    let (desk, database) = (Desk::with_archive().await, MongoDatabase::new());
    let target = Place::mongo(database.uri()).await.unwrap();
    let of = crate::archive::migrate::source_name(&desk.path("shop"));
    crate::archive::mark::claim(&target, &of).await.unwrap();
    target.store().save(&day()[4..6]).await.unwrap();
    let moved = migrate(&desk.path("shop"), &target).await.unwrap();
    assert_eq!(moved.counts["receipt"], 8);
    assert_eq!(figures(&*target.store()).await, unmoved(&day()).await);
}
