//! What an archive may be put into, and how restoring goes on where it broke off.

use super::*;
use crate::archive::mark::{self, RestoreMark, unfinished};
use crate::archive::put::Filling;
use crate::archive::read_out::Sink;
use crate::archive::reader::{ArchiveReader, Next};
use crate::config::EngineOptions;
use crate::engine::Engine;
use crate::log::EventLog;
use crate::store::documents::Revision;
use crate::testing::at;
use clap::Parser;

#[tokio::test(start_paused = true)]
async fn everything_is_as_it_was_and_the_log_goes_on_in_the_next_epoch() {
    let desk = Desk::with_archive().await;
    assert_eq!(desk.restore("archive", "target").await.unwrap(), 2);
    let (shop, target) = (desk.open("shop"), desk.open("target"));
    let (before, after) = (shop.store(), target.store());
    assert_eq!(projections(&*after).await, projections(&*before).await);
    for kind in ["product", "seller"] {
        let changes = async |store: &AnyStore| store.changed_since(kind, Revision::default()).await.unwrap();
        assert_eq!(changes(&*after).await, changes(&*before).await);
    }
    assert_eq!(target.fed_from().await.unwrap(), (2, Some(1)));
    assert_eq!(target.log().unwrap().backlog().await.unwrap(), 3, "what was not saved waits in the log");
    save(&target).await;
    save(&shop).await;
    assert_eq!(figures(&*after).await, figures(&*before).await);
    assert!(projections(&*after).await.iter().any(|projected| projected.position.epoch == 2));
    drop((shop, target, before, after));
    desk.back_up("target", "second").await.unwrap();
    assert_eq!(desk.restore("second", "third").await.unwrap(), 3);
}

#[tokio::test(start_paused = true)]
async fn only_an_empty_place_is_filled() {
    let desk = Desk::with_archive().await;
    let refused = desk.restore("archive", "shop").await.unwrap_err();
    assert!(matches!(refused, ArchiveError::NotEmpty(_)), "{refused}");
    let waiting = desk.open("waiting");
    append(&waiting, &day()[..1]).await;
    drop(waiting);
    assert!(matches!(desk.restore("archive", "waiting").await, Err(ArchiveError::NotEmpty(_))));
    drop(desk.open("started"));
    assert_eq!(desk.restore("archive", "started").await.unwrap(), 2);
    assert!(matches!(desk.restore("archive", "started").await, Err(ArchiveError::NotEmpty(_))));
}

#[tokio::test(start_paused = true)]
async fn several_partitions_do_not_fit_into_one_sequence() {
    let desk = Desk::with_archive().await;
    let mut file = Verified::of(&desk.path("archive")).unwrap();
    file.pretend_partitions(12);
    let refused = restore(&file, &desk.open("target")).await.unwrap_err().to_string();
    assert!(refused.contains("12 partitions"), "{refused}");
}

/// What a restore that died after so many rows leaves.
async fn broken_off(desk: &Desk, name: &str, rows: usize) {
    let target = desk.open(name);
    let file = Verified::of(&desk.path("archive")).unwrap();
    mark::claim(&target, &file.name()).await.unwrap();
    let mut filling = Filling::new(target.store(), target.log());
    let mut reader = ArchiveReader::open(&desk.path("archive")).unwrap();
    for _ in 0..rows {
        let Next::Entry(entry) = reader.next().unwrap() else { break };
        filling.take(&entry).await.unwrap();
    }
    filling.flush().await.unwrap();
}

#[derive(Parser)]
struct Options {
    #[command(flatten)]
    engine: EngineOptions,
}

#[tokio::test(start_paused = true)]
async fn a_restore_that_broke_off_goes_on_and_until_then_nobody_works_there() {
    let desk = Desk::with_archive().await;
    let whole = {
        desk.restore("archive", "whole").await.unwrap();
        projections(&*desk.open("whole").store()).await
    };
    for rows in [0, 1, 9, 17, 1000] {
        let name = format!("target-{rows}");
        broken_off(&desk, &name, rows).await;
        let data = desk.path(&name);
        let options = Options::parse_from(["", "--data", data.to_str().unwrap()]).engine;
        let engine = Engine::open(&options, &crate::clock::Mint::system()).await.unwrap();
        assert!(engine.prepare().await.unwrap_err().to_string().contains("run the command that broke off again"));
        drop(engine);
        let half = desk.back_up(&name, "never").await.unwrap_err();
        assert!(matches!(half, ArchiveError::Unfinished(_)), "{half}");
        assert_eq!(desk.restore("archive", &name).await.unwrap(), 2);
        let target = desk.open(&name);
        assert_eq!(projections(&*target.store()).await, whole);
        assert_eq!(target.log().unwrap().backlog().await.unwrap(), 3);
        assert_eq!(unfinished(&*target.store()).await.unwrap(), None);
    }
}

#[tokio::test(start_paused = true)]
async fn a_part_of_another_archive_is_not_mixed_with_this_one() {
    let desk = Desk::with_archive().await;
    let target = desk.open("target");
    let other = RestoreMark { of: "the archive of yesterday".into(), arrived: false };
    assert!(matches!(target.store().write("restore", None, &other).await.unwrap(), Swap::Done(_)));
    drop(target);
    let refused = desk.restore("archive", "target").await.unwrap_err().to_string();
    assert!(refused.contains("a part of the archive of yesterday"), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn a_row_that_is_there_from_another_place_is_no_part_of_this_archive() {
    let desk = Desk::new();
    let target = desk.open("target");
    let mut filling = Filling::new(target.store(), None);
    let record = day().pop().unwrap();
    let elsewhere = Recorded { position: at(99), ..record.clone() };
    filling.take(&crate::archive::entry::Entry::Record(record)).await.unwrap();
    filling.flush().await.unwrap();
    filling.take(&crate::archive::entry::Entry::Record(elsewhere)).await.unwrap();
    assert!(matches!(filling.flush().await, Err(ArchiveError::Differs(_))));
}
