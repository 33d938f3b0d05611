//! What every event log has to keep, whatever engine it is on.

use super::{Consumer, LogRecord, NewRecord, Partitions};
use crate::testing::Opened;
use crate::testing::{self, Engine, delivery, empty_notice, new_record, sale, second};
use shared::event::Event;
use shared::finding::FindingKind;
use shared::notice::Notice;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longer than any engine takes to give what it has.
const LONG: Duration = Duration::from_mins(1);
/// Long enough to look and find nothing.
const SHORT: Duration = Duration::from_millis(20);

fn numbered(from: u64, to: u64) -> Vec<NewRecord> {
    (from..=to).map(|id| new_record(delivery(id, &[("A", 1)]))).collect()
}

fn event_of(record: &LogRecord) -> Event {
    Event::decode(&record.kind, record.version, &record.payload).unwrap()
}

fn numbers(records: &[LogRecord]) -> Vec<u64> {
    records.iter().map(|record| event_of(record).id().uuid().get_timestamp().unwrap().to_unix()).map(millis).collect()
}

fn millis((seconds, nanos): (u64, u32)) -> u64 {
    seconds * 1000 + u64::from(nanos) / 1_000_000
}

/// The reader of the partition of store 1, with the share of the log that it came from.
struct Reader {
    consumer: Box<dyn Consumer>,
    _share: Box<dyn Partitions>,
}

impl Deref for Reader {
    type Target = dyn Consumer;

    fn deref(&self) -> &Self::Target {
        &*self.consumer
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut *self.consumer
    }
}

async fn reader(opened: &Opened) -> Reader {
    let mut share = opened.log.consume(&CancellationToken::new()).await.unwrap();
    let consumer = tokio::time::timeout(LONG, share.next()).await.unwrap().unwrap();
    Reader { consumer, _share: share }
}

/// Polls until so many records have come.
async fn take(consumer: &mut dyn Consumer, count: usize) -> Vec<LogRecord> {
    let mut records = Vec::new();
    while records.len() < count {
        let more = consumer.poll(count - records.len(), LONG).await.unwrap();
        assert!(!more.is_empty(), "{} of {count} records came", records.len());
        records.extend(more);
    }
    records
}

async fn records_are_given_back_in_the_order_of_their_appends(engine: &dyn Engine) {
    let opened = engine.open().await;
    for first in [1, 4, 7] {
        opened.log.append(numbered(first, first + 2)).await.unwrap();
    }
    let records = take(&mut *reader(&opened).await, 9).await;
    assert_eq!(numbers(&records), (1..=9).collect::<Vec<_>>());
    assert!(records.windows(2).all(|pair| pair[0].position < pair[1].position));
}

async fn a_record_comes_back_as_it_was(engine: &dyn Engine) {
    let opened = engine.open().await;
    let event = sale(&testing::Till::new(7, 2).sell(&[("A", 3)]));
    let record = NewRecord {
        store: testing::store(7),
        event: event.clone(),
        accepted_at: second(5),
        flags: vec![FindingKind::WrongPrice, FindingKind::UnknownSeller],
        request_id: Some("0af7651916cd43dd".into()),
    };
    let plain = NewRecord { flags: Vec::new(), request_id: None, ..record.clone() };
    opened.log.append(vec![record.clone(), plain]).await.unwrap();
    let back = take(&mut *reader(&opened).await, 2).await;
    assert_eq!((back[0].store, back[0].accepted_at), (Some(record.store), record.accepted_at));
    assert_eq!((&back[0].flags, &back[0].request_id), (&Ok(record.flags.clone()), &record.request_id));
    assert_eq!((back[0].kind.as_str(), back[0].version), ("receipt", Event::VERSION));
    assert_eq!(back[0].payload, event.encode().unwrap());
    assert_eq!((&back[1].flags, &back[1].request_id), (&Ok(Vec::new()), &None));
}

async fn appends_at_once_keep_each_ones_order(engine: &dyn Engine) {
    let opened = engine.open().await;
    let appends = (0..20).map(|turn| opened.log.append(numbered(turn * 100 + 1, turn * 100 + 5)));
    futures_util::future::try_join_all(appends).await.unwrap();
    let records = take(&mut *reader(&opened).await, 100).await;
    for turn in 0..20 {
        let own: Vec<_> = numbers(&records).into_iter().filter(|number| number / 100 == turn).collect();
        assert_eq!(own, (turn * 100 + 1..=turn * 100 + 5).collect::<Vec<_>>());
    }
}

async fn an_append_that_nobody_waits_for_is_taken_whole_or_not_at_all(engine: &dyn Engine) {
    let opened = engine.open().await;
    for turn in 0..50_u32 {
        let log = Arc::clone(&opened.log);
        let append = tokio::spawn(async move { log.append(numbered(1, 7)).await });
        tokio::time::sleep(Duration::from_micros(u64::from(turn) * 40)).await;
        append.abort();
        let _ = append.await;
    }
    // Appends are taken in their order, so that this one stands behind all the others.
    opened.log.append(numbered(99, 99)).await.unwrap();
    let mut consumer = reader(&opened).await;
    let mut seen = Vec::new();
    while seen.last() != Some(&99) {
        seen.extend(numbers(&take(&mut *consumer, 1).await));
    }
    seen.pop();
    assert!(seen.chunks(7).all(|whole| whole == [1, 2, 3, 4, 5, 6, 7]), "{seen:?}");
}

async fn what_was_appended_is_there_after_a_restart(engine: &dyn Engine) {
    let opened = engine.open().await;
    opened.log.append(numbered(1, 3)).await.unwrap();
    drop(opened);
    let opened = engine.open().await;
    opened.log.append(numbered(4, 4)).await.unwrap();
    let records = take(&mut *reader(&opened).await, 4).await;
    assert_eq!(numbers(&records), [1, 2, 3, 4]);
}

async fn a_consumer_starts_after_the_last_commit(engine: &dyn Engine) {
    let opened = engine.open().await;
    opened.log.append(numbered(1, 5)).await.unwrap();
    let mut consumer = reader(&opened).await;
    let records = take(&mut *consumer, 5).await;
    assert!(consumer.committed() < records[0].position);
    drop(consumer);
    // Nothing was committed: everything comes again.
    let mut consumer = reader(&opened).await;
    let records = take(&mut *consumer, 5).await;
    consumer.commit(records[2].position).await.unwrap();
    assert_eq!(consumer.committed(), records[2].position);
    drop((consumer, opened));
    let opened = engine.open().await;
    let mut consumer = reader(&opened).await;
    assert_eq!(consumer.committed(), records[2].position);
    assert_eq!(numbers(&take(&mut *consumer, 2).await), [4, 5]);
    assert!(consumer.poll(10, SHORT).await.unwrap().is_empty());
}

async fn a_commit_only_moves_forward(engine: &dyn Engine) {
    let opened = engine.open().await;
    opened.log.append(numbered(1, 5)).await.unwrap();
    let mut consumer = reader(&opened).await;
    let records = take(&mut *consumer, 5).await;
    consumer.commit(records[3].position).await.unwrap();
    consumer.commit(records[1].position).await.unwrap();
    assert_eq!(consumer.committed(), records[3].position);
    drop(consumer);
    let mut consumer = reader(&opened).await;
    assert_eq!(consumer.committed(), records[3].position);
    assert_eq!(numbers(&take(&mut *consumer, 1).await), [5]);
}

async fn a_poll_gives_at_most_what_was_asked_for(engine: &dyn Engine) {
    let opened = engine.open().await;
    opened.log.append(numbered(1, 10)).await.unwrap();
    let mut consumer = reader(&opened).await;
    let mut seen = Vec::new();
    while seen.len() < 10 {
        let records = consumer.poll(3, LONG).await.unwrap();
        assert!((1..=3).contains(&records.len()));
        seen.extend(numbers(&records));
    }
    assert_eq!(seen, (1..=10).collect::<Vec<_>>());
}

async fn a_poll_waits_for_the_first_record(engine: &dyn Engine) {
    let opened = engine.open().await;
    let mut consumer = reader(&opened).await;
    assert!(consumer.poll(10, SHORT).await.unwrap().is_empty());
    for number in 1..=20 {
        let (polled, appended) = tokio::join!(consumer.poll(10, LONG), opened.log.append(numbered(number, number)));
        appended.unwrap();
        assert_eq!(numbers(&polled.unwrap()), [number]);
    }
}

async fn the_backlog_is_what_is_behind_the_commit(engine: &dyn Engine) {
    let opened = engine.open().await;
    assert_eq!(opened.log.backlog().await.unwrap(), 0);
    opened.log.append(numbered(1, 5)).await.unwrap();
    assert_eq!(opened.log.backlog().await.unwrap(), 5);
    let mut consumer = reader(&opened).await;
    let records = take(&mut *consumer, 5).await;
    assert_eq!(opened.log.backlog().await.unwrap(), 5);
    consumer.commit(records[1].position).await.unwrap();
    assert_eq!(opened.log.backlog().await.unwrap(), 3);
    assert_eq!(consumer.end().await.unwrap(), records[4].position.offset);
}

async fn a_notice_reaches_everyone_who_listens(engine: &dyn Engine) {
    let opened = engine.open().await;
    opened.log.publish(Arc::new(empty_notice(1))).await.unwrap();
    let mut receivers = [opened.log.notices(), opened.log.notices()];
    for offset in 2..=4 {
        opened.log.publish(Arc::new(empty_notice(offset))).await.unwrap();
    }
    for receiver in &mut receivers {
        let mut received = Vec::new();
        while received.last() != Some(&empty_notice(4)) {
            received.push(Notice::clone(&*tokio::time::timeout(LONG, receiver.recv()).await.unwrap().unwrap()));
        }
        // What was told a while ago may come before.
        assert!(received.ends_with(&[2, 3, 4].map(empty_notice)), "{received:?}");
        assert!(received.len() <= 4);
    }
}

async fn an_empty_append_changes_nothing(engine: &dyn Engine) {
    let opened = engine.open().await;
    opened.log.append(Vec::new()).await.unwrap();
    let mut consumer = reader(&opened).await;
    assert!(consumer.poll(10, SHORT).await.unwrap().is_empty());
    assert_eq!(opened.log.backlog().await.unwrap(), 0);
}

macro_rules! on_every_engine {
    ($($check:ident),* $(,)?) => {
        mod embedded {
            $(
                #[tokio::test]
                async fn $check() {
                    super::$check(&crate::testing::Embedded::new()).await;
                }
            )*
        }
        mod on_kafka {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    super::$check(&crate::testing::KafkaTopics::new()).await;
                }
            )*
        }
    };
}

on_every_engine!(
    records_are_given_back_in_the_order_of_their_appends,
    a_record_comes_back_as_it_was,
    appends_at_once_keep_each_ones_order,
    an_append_that_nobody_waits_for_is_taken_whole_or_not_at_all,
    what_was_appended_is_there_after_a_restart,
    a_consumer_starts_after_the_last_commit,
    a_commit_only_moves_forward,
    a_poll_gives_at_most_what_was_asked_for,
    a_poll_waits_for_the_first_record,
    the_backlog_is_what_is_behind_the_commit,
    a_notice_reaches_everyone_who_listens,
    an_empty_append_changes_nothing,
);
