//! Notices that are missed, and snapshots that are read while the store moves on.

use super::page::Page;
use super::{House, PATIENCE};
use crate::ledger::StoreLedger;
use crate::live::Hub;
use crate::store::receipts::SaveOutcome;
use crate::testing::faulty::{Away, Op, Plan, Script};
use crate::testing::{Embedded, Engine, Opened, Till, delivery, empty_notice, in_order, sale, second, sku, store};
use shared::event::Recorded;
use shared::notice::Notice;
use std::sync::Arc;
use std::time::Duration;

/// A ledger that writes and tells only when it is bidden.
struct Hand {
    ledger: StoreLedger,
    records: std::vec::IntoIter<Recorded>,
    unsaved: Vec<Recorded>,
}

impl Hand {
    fn new() -> Self {
        let mut till = Till::new(1, 1);
        let sales: Vec<_> = (0..30).map(|_| sale(&till.sell(&[("A", 1)]))).collect();
        let records = in_order([delivery(1, &[("A", 31)])].into_iter().chain(sales));
        Self { ledger: StoreLedger::new(store(1)), records: records.into_iter(), unsaved: Vec::new() }
    }

    /// Takes so many records and says what there is to tell.
    fn take(&mut self, count: usize) -> Arc<Notice> {
        for record in self.records.by_ref().take(count) {
            self.ledger.take(&record, SaveOutcome::First);
            self.unsaved.push(record);
        }
        let draft = self.ledger.take_draft();
        Arc::new(draft.notice(&self.ledger, second(0), 0))
    }

    async fn checkpoint(&mut self, opened: &Opened) {
        opened.store.save(&std::mem::take(&mut self.unsaved)).await.unwrap();
        opened.store.advance(self.ledger.dirty().unwrap()).await.unwrap();
        self.ledger.mark_clean();
    }

    fn on_hand(&self) -> i64 {
        self.ledger.level(&sku("A")).unwrap().on_hand.thousandths()
    }
}

fn shown(page: &Page<'_>) -> Option<i64> {
    Some(page.pictures.get(&store(1))?.level(&sku("A"))?.on_hand.thousandths())
}

#[tokio::test]
async fn a_notice_that_was_lost_heals_by_itself() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::without_saver(&opened);
    let mut hand = Hand::new();
    hand.take(5);
    hand.checkpoint(&opened).await;
    let mut page = Page::open(&house.hub, Some(store(1))).await;
    assert_eq!(shown(&page), Some(hand.on_hand()));
    hand.take(3);
    hand.checkpoint(&opened).await;
    page.until(|page| shown(page) == Some(hand.on_hand())).await;
    drop(page);
    house.close().await;
}

#[tokio::test]
async fn a_notice_that_comes_after_what_it_tells_was_not_missed() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::without_saver(&opened);
    let (mut hand, mut other) = (Hand::new(), empty_notice(1));
    other.store = store(2);
    hand.take(5);
    hand.checkpoint(&opened).await;
    let mut page = Page::open(&house.hub, Some(store(1))).await;
    let mut watcher = Page::open(&house.hub, Some(store(2))).await;
    for offset in 1..=3 {
        let late = hand.take(3);
        hand.checkpoint(&opened).await;
        // Longer than it takes until the picture is read again.
        tokio::time::sleep(Duration::from_millis(1200)).await;
        other.position.offset = offset;
        opened.log.publish(Arc::new(other.clone())).await.unwrap();
        watcher.until(|page| page.pictures[&store(2)].position().offset == offset).await;
        assert_ne!(shown(&page), Some(hand.on_hand()), "others were told meanwhile");
        opened.log.publish(late).await.unwrap();
        page.until(|page| shown(page) == Some(hand.on_hand())).await;
    }
    tokio::time::sleep(Duration::from_millis(2500)).await;
    page.catch_up().await;
    assert_eq!((page.resyncs, watcher.resyncs), (0, 0), "nobody had missed anything");
    drop((page, watcher));
    house.close().await;
}

#[tokio::test]
async fn a_notice_that_was_lost_among_others_heals_too() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::without_saver(&opened);
    let mut hand = Hand::new();
    let mut page = Page::open(&house.hub, Some(store(1))).await;
    hand.take(4);
    hand.checkpoint(&opened).await;
    for offset in 5.. {
        opened.log.publish(Arc::new(empty_notice(offset))).await.unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
        page.catch_up().await;
        if shown(&page) == Some(hand.on_hand()) {
            break;
        }
        assert!(offset < 100, "it never came to that");
    }
    assert_eq!(page.resyncs, 1);
    drop(page);
    house.close().await;
}

fn saved(page: &Page<'_>) -> u64 {
    page.pictures.get(&store(1)).map_or(0, shared::picture::Picture::saved_count)
}

#[tokio::test]
async fn a_lost_notice_heals_where_the_store_was_opened_after_the_page() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::without_saver(&opened);
    let mut hand = Hand::new();
    let mut page = Page::open(&house.hub, None).await;
    opened.log.publish(hand.take(3)).await.unwrap();
    page.until(|page| saved(page) == 2).await;
    hand.take(3);
    hand.checkpoint(&opened).await;
    page.until(|page| saved(page) == 5).await;
    assert_eq!(page.resyncs, 1);
    drop(page);
    house.close().await;
}

#[tokio::test]
async fn a_store_of_which_every_notice_was_lost_is_found() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::without_saver(&opened);
    let mut hand = Hand::new();
    let mut page = Page::open(&house.hub, None).await;
    hand.take(3);
    hand.checkpoint(&opened).await;
    page.until(|page| saved(page) == 2).await;
    assert_eq!(page.resyncs, 1);
    drop(page);
    house.close().await;
}

#[tokio::test]
async fn a_lost_notice_heals_at_once_where_the_store_was_read_half_written() {
    for part in 0..5 {
        let engine = Embedded::new();
        let opened = Arc::new(engine.open().await);
        let mut hand = Hand::new();
        hand.take(4);
        let script = Script::new(Plan::default());
        let house = House::on(&opened, script.store(&opened.store));
        let mut page = Page::open(&house.hub, Some(store(1))).await;
        let (right, place) = (hand.on_hand(), Arc::clone(&opened));
        script.meanwhile(Op::List, script.calls(Op::List) + 1 + part, async move { hand.checkpoint(&place).await });
        page.until(|page| shown(page) == Some(right)).await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        page.catch_up().await;
        assert!(page.is_right(&opened.store).await);
        assert_eq!(page.resyncs, 1, "the rest did not need another one");
        drop(page);
        house.close().await;
    }
}

#[tokio::test]
async fn a_snapshot_read_while_a_checkpoint_is_written_is_whole() {
    for call in 1..=5 {
        let engine = Embedded::new();
        let opened = Arc::new(engine.open().await);
        let mut hand = Hand::new();
        hand.take(5);
        hand.checkpoint(&opened).await;
        let script = Script::new(Plan::default());
        let hub = Arc::new(Hub::new(script.store(&opened.store)));
        let stop = tokio_util::sync::CancellationToken::new();
        let (running, notices, until) = (Arc::clone(&hub), opened.log.notices(), stop.clone());
        let task = tokio::spawn(async move { running.run(notices, until).await });
        let notice = hand.take(4);
        let (right, place) = (hand.on_hand(), Arc::clone(&opened));
        script.meanwhile(Op::List, call, async move {
            place.log.publish(notice).await.unwrap();
            hand.checkpoint(&place).await;
        });
        let mut page = Page::open(&hub, Some(store(1))).await;
        page.until(|page| shown(page) == Some(right)).await;
        assert_eq!(page.resyncs, 0, "the snapshot itself was whole");
        drop(page);
        stop.cancel();
        task.await.unwrap();
    }
}

#[tokio::test]
async fn a_hub_whose_store_never_answers_ends_when_it_is_asked_to() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let mut hand = Hand::new();
    hand.take(2);
    hand.checkpoint(&opened).await;
    let script = Script::new(Plan::default());
    let house = House::on(&opened, script.store(&opened.store));
    let page = Page::open(&house.hub, Some(store(1))).await;
    script.take_store_away(Some(Away::Hangs));
    // By then it has asked for the page's picture again.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    drop(page);
    tokio::time::timeout(PATIENCE, house.close()).await.unwrap();
}

#[tokio::test]
async fn a_hub_that_falls_behind_has_every_page_begin_afresh() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::without_saver(&opened);
    let mut hand = Hand::new();
    hand.take(2);
    hand.checkpoint(&opened).await;
    let mut page = Page::open(&house.hub, Some(store(1))).await;
    let mut watcher = Page::open(&house.hub, None).await;
    // The first thousand are lost on the hub, which has no turn while they are published.
    for notice in [hand.take(9)].into_iter().chain((1000..3000).map(|offset| Arc::new(empty_notice(offset)))) {
        opened.log.publish(notice).await.unwrap();
    }
    page.until(|page| page.resyncs > 0).await;
    watcher.until(|page| page.resyncs > 0).await;
    hand.checkpoint(&opened).await;
    page.until(|page| shown(page) == Some(hand.on_hand())).await;
    drop((page, watcher));
    house.close().await;
}

#[tokio::test]
async fn a_healthy_hub_asks_nobody_to_begin_afresh() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::without_saver(&opened);
    let mut hand = Hand::new();
    let mut page = Page::open(&house.hub, Some(store(1))).await;
    for turn in 0..10 {
        opened.log.publish(hand.take(3)).await.unwrap();
        if turn % 2 == 1 {
            hand.checkpoint(&opened).await;
        }
        page.until(|page| shown(page) == Some(hand.on_hand())).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        page.catch_up().await;
    }
    assert_eq!(page.resyncs, 0);
    drop(page);
    house.close().await;
}
