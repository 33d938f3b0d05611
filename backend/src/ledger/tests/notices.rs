//! What the pages are told adds up to what the documents say.

use super::{Book, Documents};
use crate::ledger::series::Series;
use crate::ledger::stock::StockPage;
use crate::store::projections::ProjectionKind;
use crate::testing::{Till, delivery, history, in_order, recorded, sale, second};
use proptest::prelude::*;
use shared::finding::{Finding, FindingKind};
use shared::notice::{Alert, Notice, SeriesStatus};
use shared::picture::Picture;
use shared::stock::StockLevel;
use std::collections::BTreeMap;

type Shown = (BTreeMap<String, StockLevel>, BTreeMap<String, Alert>, Vec<SeriesStatus>);

fn shown(picture: &Picture) -> Shown {
    let levels = picture.levels().map(|(sku, level)| (sku.to_string(), *level)).collect();
    let alerts = picture.alerts().into_iter().map(|alert| (alert.sku.to_string(), alert.clone())).collect();
    (levels, alerts, picture.series().cloned().collect())
}

fn written(documents: &Documents) -> Shown {
    let pages = documents.all::<StockPage>(ProjectionKind::Stock);
    let entries = || pages.iter().flat_map(|page| &page.0);
    let levels = entries().map(|(sku, entry)| (sku.to_string(), entry.level)).collect();
    let alerts = entries().filter_map(|(sku, entry)| Some((sku.to_string(), entry.alert.clone()?))).collect();
    (levels, alerts, documents.all::<Series>(ProjectionKind::Series).iter().map(Series::status).collect())
}

proptest! {
    #[test]
    fn a_page_that_saw_every_notice_shows_what_is_written(records in history(), every in 1_usize..20) {
        let mut book = Book::new();
        let mut picture = Picture::empty(crate::testing::store(1));
        for batch in records.chunks(every) {
            book.take_all(batch);
            prop_assert!(picture.apply(&book.notice()));
            book.checkpoint();
        }
        prop_assert_eq!(shown(&picture), written(&book.documents));
        prop_assert_eq!(Some(picture.position()), records.last().map(|record| record.position));
    }

    #[test]
    fn a_notice_that_is_behind_the_picture_comes_right_with_the_next_ones(records in history(), every in 1_usize..10) {
        let mut book = Book::new();
        let mut notices: Vec<Notice> = Vec::new();
        for batch in records.chunks(every) {
            book.take_all(batch);
            notices.push(book.notice());
            book.checkpoint();
        }
        // As if the snapshot said of itself that it is older than it is.
        let mut picture = Picture::empty(crate::testing::store(1));
        for notice in notices.iter().chain(&notices) {
            picture.apply(notice);
        }
        let mut again = picture_from_start(&picture);
        for notice in &notices {
            again.apply(notice);
        }
        prop_assert_eq!(shown(&again), written(&book.documents));
        prop_assert_eq!(again.findings().collect::<Vec<_>>(), picture.findings().collect::<Vec<_>>());
    }
}

/// The same picture that knows nothing of its position.
fn picture_from_start(picture: &Picture) -> Picture {
    let mut snapshot = shared::picture::Snapshot::from(picture.clone());
    snapshot.position = shared::position::Position::default();
    snapshot.into()
}

#[test]
fn a_notice_stands_at_the_last_record_even_after_one_that_cannot_be_read() {
    let mut book = Book::of([delivery(1, &[("A", 9)]), delivery(2, &[("A", 9)])]);
    book.notice();
    book.take(&recorded(7, delivery(3, &[("A", 9)])));
    book.ledger.note_dead_letter(Finding {
        store: crate::testing::store(1),
        position: crate::testing::at(5),
        kind: FindingKind::DeadLetter,
        event: None,
        journal: false,
        detail: "not JSON".into(),
        at: second(5),
    });
    let notice = book.notice();
    assert_eq!((notice.position.offset, notice.findings.len()), (7, 1));
    assert_eq!(book.checkpoint().findings(), [(5, FindingKind::DeadLetter)]);
}

#[test]
fn an_alert_that_grows_worse_in_its_own_batch_is_shown_as_it_ends() {
    let mut till = Till::new(1, 1);
    let events = [delivery(1, &[("A", 20)]), sale(&till.sell(&[("A", 19)])), sale(&till.sell(&[("A", 1)]))];
    let mut book = Book::new();
    book.take_all(&in_order(events));
    let mut picture = Picture::empty(crate::testing::store(1));
    picture.apply(&book.notice());
    assert_eq!(picture.alerts()[0].on_hand.thousandths(), 0);
    assert_eq!(shown(&picture), written(book.checkpoint()));
}
