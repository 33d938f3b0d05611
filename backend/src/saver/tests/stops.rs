//! Stopping, being stopped, and not going too fast.

use super::{append, contents, start, wait_until};
use crate::store::projections::ProjectionKind;
use crate::testing::faulty::{Done, Harm, Op, Plan, Script};
use crate::testing::{Embedded, Engine, Till, at, in_order, sale, store};
use shared::event::Recorded;
use shared::finding::FindingKind;
use std::time::Duration;
use tokio::time::Instant;

fn sales(count: usize) -> Vec<Recorded> {
    let mut till = Till::new(1, 1);
    let sales: Vec<_> = (0..count).map(|_| sale(&till.sell(&[("A", 1)]))).collect();
    in_order(sales)
}

#[tokio::test(start_paused = true)]
async fn a_stop_writes_a_last_checkpoint() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    append(&opened, &sales(20)).await;
    let script = Script::new(Plan { stop_when_told: true, ..Plan::default() });
    start(&opened, &script, Some(50)).task.await.unwrap().unwrap();
    let [.., Done::Advanced(_), Done::Committed(position)] = &script.journal()[..] else {
        panic!("{:?}", script.journal())
    };
    let contents = contents(&opened).await;
    assert!(!contents.receipts.is_empty() && contents.receipts.len() < 20);
    assert_eq!(contents.backlog, 20 - contents.receipts.len() as u64);
    assert_eq!(contents.receipts.last().map(|(position, _)| *position), Some(*position));
    assert!(contents.projections.iter().any(|document| document.position == *position));
}

#[tokio::test(start_paused = true)]
async fn a_stop_is_heard_while_the_store_is_away() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    append(&opened, &sales(20)).await;
    for op in [Op::Consume, Op::Poll, Op::Save, Op::List, Op::End, Op::Publish, Op::Advance, Op::Commit] {
        let script = Script::new(Plan { lasting: true, ..Plan::of(op, 1, Harm::Refused) });
        let saver = start(&opened, &script, None);
        wait_until(async || script.calls(op) > 2).await;
        saver.stop.cancel();
        saver.task.await.unwrap().unwrap();
        assert_eq!(opened.log.backlog().await.unwrap(), 20, "nothing is committed that was not told");
    }
    start(&opened, &Script::new(Plan::default()), None).finish(&opened).await;
    assert_eq!(contents(&opened).await, super::undisturbed(&sales(20), None).await.0);
}

#[tokio::test(start_paused = true)]
async fn what_nobody_was_told_of_is_not_written_down() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    append(&opened, &sales(20)).await;
    let script = Script::new(Plan { lasting: true, ..Plan::of(Op::Publish, 2, Harm::Refused) });
    // Slow enough that its second batch comes before its first checkpoint.
    let saver = start(&opened, &script, Some(10));
    wait_until(async || script.calls(Op::Publish) > 2).await;
    saver.stop.cancel();
    saver.task.await.unwrap().unwrap();
    let told = script.journal().into_iter().filter_map(|done| match done {
        Done::Told(notice) => Some(notice.position),
        _ => None,
    });
    let (told, contents) = (told.max().unwrap(), contents(&opened).await);
    assert!(contents.receipts.iter().any(|(position, _)| *position > told), "the second batch is saved");
    assert!(
        contents.projections.iter().all(|document| document.position <= told),
        "whoever takes it again tells of it"
    );
}

#[tokio::test(start_paused = true)]
async fn a_later_version_stops_it_with_all_before_saved_and_nothing_behind() {
    for (future, rate) in [(7, None), (1, None), (7, Some(10)), (20, None)] {
        let engine = Embedded::new();
        let opened = engine.open().await;
        append(&opened, &sales(20)).await;
        let script = Script::new(Plan { future: Some(future), ..Plan::default() });
        let saver = start(&opened, &script, rate);
        wait_until(async || !saver.health.stalled().is_empty()).await;
        let [(0, why)] = &saver.health.stalled()[..] else { panic!("one partition is left alone") };
        assert!(why.starts_with(&format!("record {}", at(future))) && why.contains("upgrade"), "{why}");
        saver.stop.cancel();
        saver.task.await.unwrap().unwrap();
        let before = contents(&opened).await;
        assert_eq!(before.receipts.len() as u64, future - 1);
        assert_eq!(before.backlog, 21 - future, "what was saved is check-pointed");
        let told = script.journal().into_iter().filter_map(|done| match done {
            Done::Told(notice) => Some(notice.findings),
            _ => None,
        });
        let told: Vec<_> = told.flatten().collect();
        let [told] = &told[..] else { panic!("the pages are told once, not {told:?}") };
        assert_eq!((told.position, told.kind), (at(future), FindingKind::LaterVersion));
        let shown = opened.store.picture(store(1)).await.unwrap();
        assert_eq!(shown.findings().collect::<Vec<_>>(), [told]);
        assert_eq!(shown.position().offset, future - 1);
        drop(opened);
        // Upgraded.
        let opened = engine.open().await;
        start(&opened, &Script::new(Plan::default()), None).finish(&opened).await;
        let mut after = contents(&opened).await;
        after.projections.retain(|document| document.kind != ProjectionKind::Finding);
        assert_eq!(after, super::undisturbed(&sales(20), None).await.0);
    }
}

#[tokio::test(start_paused = true)]
async fn it_never_takes_more_than_was_stated() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    append(&opened, &sales(200)).await;
    let began = Instant::now();
    let script = Script::new(Plan::default());
    start(&opened, &script, Some(50)).finish(&opened).await;
    // A tenth of a second's worth may come at once.
    assert!(began.elapsed() >= Duration::from_millis(3850), "{:?}", began.elapsed());
    let largest = script.journal().into_iter().filter_map(|done| match done {
        Done::Saved(positions) => Some(positions.len()),
        _ => None,
    });
    assert!(largest.max().unwrap() <= 5);
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_where_new_records_come() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let records = sales(30);
    let script = Script::new(Plan::default());
    let saver = start(&opened, &script, None);
    for (place, batch) in records.chunks(10).enumerate() {
        append(&opened, batch).await;
        let so_far = (place + 1) * 10;
        wait_until(async || contents(&opened).await.receipts.len() == so_far).await;
    }
    saver.finish(&opened).await;
    let series = opened.store.projection(ProjectionKind::Series, store(1), "001-A").await.unwrap().unwrap();
    assert_eq!(series.position, at(30));
}
