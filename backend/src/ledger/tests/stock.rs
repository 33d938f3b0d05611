//! Levels, alerts, thresholds and counts.

use super::Book;
use crate::testing::{Till, count, cut_off, delivery, movement, recorded, sale, second, sku, thresholds};
use shared::event::Event;
use shared::finding::FindingKind;
use shared::stock::{Threshold, Urgency};

fn sold(events: impl IntoIterator<Item = Event>, sales: &[u32]) -> Book {
    let mut till = Till::new(1, 1);
    Book::of(events.into_iter().chain(sales.iter().map(|&pieces| sale(&till.sell(&[("A", pieces)])))))
}

#[test]
fn one_alert_for_each_crossing_whatever_is_sold_below() {
    let mut book = sold([delivery(1, &[("A", 20)])], &[18, 1, 1, 1]);
    let notice = book.notice();
    assert_eq!((notice.raised.len(), notice.cleared.len()), (1, 0));
    assert_eq!((notice.raised[0].raised.offset, notice.raised[0].on_hand), (3, 1000.into()));
    book.take(&recorded(6, delivery(2, &[("A", 9)])));
    let notice = book.notice();
    assert_eq!((notice.raised.len(), notice.cleared.len()), (0, 1));
    assert_eq!((notice.cleared[0].raised.offset, notice.cleared[0].cleared_at), (3, Some(second(6))));
    let documents = book.checkpoint();
    assert!(documents.open_alerts().is_empty());
    assert_eq!(documents.alerts().len(), 1);
    assert_eq!(documents.alerts()[0].cleared_at, Some(second(6)));
}

#[test]
fn a_receipt_with_a_product_on_two_lines_crosses_once() {
    let mut till = Till::new(1, 1);
    let mut receipt = till.sell(&[("A", 10), ("B", 1)]);
    let line = receipt.body.lines[0].clone();
    receipt.body.lines.push(line);
    let mut book = Book::of([delivery(1, &[("A", 20), ("B", 9)]), sale(&receipt)]);
    assert_eq!(book.on_hand("A"), 0);
    assert_eq!(book.notice().raised.len(), 1);
}

#[test]
fn a_count_that_names_a_product_twice_ends_with_one_state() {
    let mut book = Book::of([delivery(1, &[("A", 20)]), count(2, 0, &[("A", 0), ("A", 20)])]);
    assert_eq!(book.on_hand("A"), 20_000);
    let documents = book.checkpoint();
    let open_in_history = documents.alerts().iter().filter(|alert| alert.cleared_at.is_none()).count();
    assert_eq!(open_in_history, documents.open_alerts().len());
}

#[test]
fn a_threshold_raises_and_clears_where_it_is_set() {
    let mut book = sold([delivery(1, &[("A", 20), ("B", 20)])], &[10]);
    assert!(book.notice().raised.is_empty());
    book.take(&recorded(3, thresholds(2, &[("A", 6000), ("C", 5000)])));
    let notice = book.notice();
    assert_eq!((notice.raised.len(), notice.raised[0].raised.offset), (1, 3));
    assert_eq!(notice.levels.len(), 1, "a product that the store never had has no level");
    book.take(&recorded(4, thresholds(3, &[("A", 0)])));
    assert_eq!(book.notice().cleared.len(), 1);
    book.take(&recorded(5, delivery(4, &[("C", 10)])));
    assert_eq!(book.level("C").threshold, Threshold::try_from(5000).unwrap());
    assert_eq!(book.level("B").threshold, Threshold::default());
}

#[test]
fn transfers_move_goods_without_touching_par_downwards() {
    let out = Event::TransferOut(movement(2, 0, &[("A", 15)]));
    let back = Event::TransferIn(movement(3, 0, &[("A", 40)]));
    let mut book = Book::of([delivery(1, &[("A", 20)]), out, back]);
    assert_eq!((book.on_hand("A"), book.level("A").par.thousandths()), (45_000, 45_000));
    book.take(&recorded(4, Event::TransferOut(movement(4, 0, &[("A", 44)]))));
    assert_eq!((book.on_hand("A"), book.level("A").par.thousandths()), (1000, 45_000));
    assert_eq!(book.notice().raised.len(), 1);
}

#[test]
fn a_sale_from_before_a_count_is_noted_and_left_alone() {
    let mut till = Till::new(1, 1);
    let (early, late) = (till.sell_at(100, &[("A", 3), ("B", 1)]), till.sell_at(200, &[("A", 3)]));
    let mut book =
        Book::of([delivery(1, &[("A", 20), ("B", 20)]), count(2, 150, &[("A", 12)]), sale(&early), sale(&late)]);
    assert_eq!((book.on_hand("A"), book.on_hand("B")), (9_000, 19_000));
    assert_eq!(book.level("A").counted_at, Some(second(150)));
    let notice = book.notice();
    assert_eq!(notice.findings.len(), 1);
    assert!(notice.findings[0].detail.contains('A'));
    assert_eq!(notice.days[0].receipts, 2, "the money is counted all the same");
    assert_eq!(book.checkpoint().findings(), [(3, FindingKind::SaleBeforeCount)]);
}

#[test]
fn one_finding_names_every_product_that_was_counted_before() {
    let names: Vec<_> = (0..8).map(|n| format!("P{n}")).collect();
    let items: Vec<_> = names.iter().map(|name| (name.as_str(), 1)).collect();
    let early = Till::new(1, 1).sell_at(100, &items);
    let mut book = Book::of([count(1, 150, &items), sale(&early)]);
    let notice = book.notice();
    assert_eq!(notice.findings.len(), 1);
    assert!(
        names.iter().all(|name| notice.findings[0].detail.contains(name.as_str())),
        "{}",
        notice.findings[0].detail
    );
    assert_eq!(book.checkpoint().findings().len(), 1);
}

#[test]
fn a_count_raises_and_clears() {
    let mut book = Book::of([delivery(1, &[("A", 20)]), count(2, 0, &[("A", 1)])]);
    assert_eq!(book.notice().raised.len(), 1);
    book.take(&recorded(3, count(3, 60, &[("A", 19)])));
    assert_eq!(book.notice().cleared.len(), 1);
    assert_eq!(book.level("A").urgency(), Urgency::Fine);
}

#[test]
fn other_settings_leave_the_stock_alone() {
    let mut book = sold([delivery(1, &[("A", 20)]), cut_off(9, 240)], &[1]);
    book.notice();
    book.take(&recorded(4, cut_off(10, 0)));
    let notice = book.notice();
    assert!(notice.levels.is_empty() && notice.raised.is_empty());
    assert!(book.ledger.level(&sku("B")).is_none());
}
