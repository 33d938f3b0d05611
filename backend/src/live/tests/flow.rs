//! Pages come and go while receipts are saved.

use super::page::Page;
use super::{House, wait_until};
use crate::testing::{Embedded, Engine, Till, delivery, empty_notice, kind_of_store, new_record, sale, store};
use shared::api::live::ServerFrame;
use shared::ids::StoreNo;
use shared::picture::Picture;
use std::sync::Arc;

/// Sells in two stores, a receipt at a time.
struct Street {
    tills: [Till; 2],
    sold: u32,
}

impl Street {
    async fn open(opened: &crate::testing::Opened) -> Self {
        for (no, id) in [(1, 1), (2, 11)] {
            let events = [kind_of_store(id, true), delivery(id + 1, &[("A", 60), ("B", 60), ("C", 60)])];
            let records = events.map(|event| crate::log::NewRecord { store: store(no), ..new_record(event) });
            opened.log.append(records.into()).await.unwrap();
        }
        Self { tills: [Till::new(1, 1), Till::new(2, 1)], sold: 0 }
    }

    async fn sell(&mut self, opened: &crate::testing::Opened, receipts: u32) {
        for _ in 0..receipts {
            self.sold += 1;
            let place = self.sold as usize;
            let receipt = self.tills[place % 2].sell(&[(["A", "B", "C"][place % 3], 1 + self.sold % 3)]);
            opened.log.append(vec![new_record(sale(&receipt))]).await.unwrap();
        }
    }
}

fn saved(picture: Option<&Picture>) -> u64 {
    picture.map_or(0, Picture::saved_count)
}

#[tokio::test]
async fn a_page_that_comes_at_any_time_ends_with_the_stores_picture() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::open(&opened);
    let mut street = Street::open(&opened).await;
    let mut pages = Vec::new();
    for _ in 0..12 {
        street.sell(&opened, 10).await;
        pages.push(Page::open(&house.hub, Some(store(1))).await);
        pages.push(Page::open(&house.hub, None).await);
        for page in &mut pages {
            page.catch_up().await;
        }
    }
    wait_until(async || opened.log.backlog().await.unwrap() == 0).await;
    for page in &mut pages {
        page.until(|page| page.pictures.values().all(|picture| saved(Some(picture)) == 60)).await;
        assert!(page.is_right(&opened.store).await);
    }
    assert_eq!(pages.iter().map(|page| page.resyncs).sum::<u32>(), 0, "nobody had missed anything");
    drop(pages);
    house.close().await;
}

#[tokio::test]
async fn a_store_that_is_not_yet_written_is_shown_to_whoever_watches_all() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::open(&opened);
    let mut watcher = Page::open(&house.hub, None).await;
    let mut street = Street::open(&opened).await;
    street.sell(&opened, 2).await;
    watcher.until(|page| saved(page.pictures.get(&store(1))) + saved(page.pictures.get(&store(2))) == 2).await;
    // Their first checkpoint may still be to come.
    let late = Page::open(&house.hub, None).await;
    assert_eq!(late.pictures.len(), 2);
    assert!(late.pictures.values().all(|picture| picture.saved_count() == 1));
    drop((watcher, late));
    house.close().await;
}

#[tokio::test]
async fn a_page_that_does_not_read_for_long_begins_afresh() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::without_saver(&opened);
    let mut page = Page::open(&house.hub, Some(StoreNo::FIRST)).await;
    let mut watcher = Page::open(&house.hub, Some(StoreNo::FIRST)).await;
    for offset in 1..=300 {
        opened.log.publish(Arc::new(empty_notice(offset))).await.unwrap();
        watcher.until(|page| page.pictures[&StoreNo::FIRST].position().offset == offset).await;
    }
    page.catch_up().await;
    assert_eq!((page.resyncs, watcher.resyncs), (1, 0));
    assert_eq!(page.pictures[&StoreNo::FIRST].position().offset, 300);
    drop((page, watcher));
    house.close().await;
}

#[tokio::test]
async fn what_is_announced_reaches_every_page() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    let house = House::without_saver(&opened);
    let mut one = house.hub.subscribe(Some(StoreNo::FIRST)).await.unwrap();
    let mut all = house.hub.subscribe(None).await.unwrap();
    house.hub.announce(&ServerFrame::Catalogue { version: 7 });
    for frames in [&mut one.frames, &mut all.frames] {
        let crate::live::Frame::Text(text) = frames.recv().await.unwrap() else { panic!("a text") };
        assert_eq!(text.as_str(), r#"{"type":"catalogue","version":7}"#);
    }
    house.close().await;
}
