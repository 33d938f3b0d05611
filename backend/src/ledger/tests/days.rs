//! Which day a receipt counts in, and which do not count at all.

use super::Book;
use crate::ledger::day::DayFigures;
use crate::store::projections::ProjectionKind;
use crate::testing::{Till, cut_off, delivery, kind_of_store, recorded, sale};
use shared::finding::FindingKind;
use shared::time::Day;

/// The tests' noon is one o'clock in Paris; this many seconds later it is two in the morning.
const NIGHT: i64 = 13 * 3600;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn takings(book: &Book, text: &str) -> Option<i64> {
    let figures = book.ledger.day(day(text))?;
    Some(figures.registers.values().map(|register| register.takings.minor()).sum())
}

#[test]
fn the_night_counts_in_the_day_before_its_cut_off() {
    let mut till = Till::new(1, 1);
    let mut book = Book::of([cut_off(1, 240), sale(&till.sell_at(NIGHT, &[("A", 1)]))]);
    assert_eq!(takings(&book, "2026-11-23"), Some(250));
    book.take(&recorded(3, cut_off(2, 0)));
    book.take(&recorded(4, sale(&till.sell_at(NIGHT + 60, &[("A", 1)]))));
    assert_eq!(takings(&book, "2026-11-23"), Some(250));
    assert_eq!(takings(&book, "2026-11-24"), Some(250));
}

#[test]
fn a_night_in_december_counts_by_the_hour_on_the_wall() {
    let book = Book::of([sale(&Till::new(1, 1).sell_at(NIGHT, &[("A", 2)]))]);
    let hours = &book.ledger.day(day("2026-11-24")).unwrap().hours;
    assert_eq!((hours.len(), hours[2].minor()), (24, 500));
}

#[test]
fn a_training_receipt_in_a_real_store_counts_nowhere() {
    let (mut real, mut training) = (Till::real(1, 1), Till::new(1, 2));
    let mut stray = recorded(4, sale(&training.sell(&[("A", 5)])));
    stray.flags = vec![FindingKind::WrongKind];
    let mut book = Book::of([kind_of_store(1, false), delivery(2, &[("A", 20)]), sale(&real.sell(&[("A", 1)]))]);
    book.take(&stray);
    let notice = book.notice();
    assert_eq!((book.on_hand("A"), takings(&book, "2026-11-23")), (19_000, Some(250)));
    assert_eq!(notice.days.len(), 1, "only the real register's");
    assert_eq!(notice.saved.len(), 2, "both are saved and said so");
    assert_eq!(notice.series.len(), 2, "both belong to their chains");
    assert_eq!(book.checkpoint().findings(), [(4, FindingKind::WrongKind)]);
}

#[test]
fn a_real_receipt_in_a_training_store_counts_nowhere_either() {
    let mut book = Book::of([kind_of_store(1, true), sale(&Till::real(1, 1).sell(&[("A", 1)]))]);
    assert!(book.notice().days.is_empty());
    assert!(book.ledger.level(&crate::testing::sku("A")).is_none());
}

#[test]
fn a_store_never_changes_between_training_and_real() {
    let mut till = Till::new(1, 1);
    let book = Book::of([kind_of_store(1, true), kind_of_store(2, false), sale(&till.sell(&[("A", 1)]))]);
    assert_eq!(takings(&book, "2026-11-23"), Some(250));
}

#[test]
fn a_late_receipt_joins_its_old_day() {
    let mut till = Till::new(1, 1);
    let mut book = Book::new();
    let mut offset = 0;
    let mut sell = |book: &mut Book, days: i64| {
        offset += 1;
        book.take(&recorded(offset, sale(&till.sell_at(days * 86_400, &[("A", 1)]))));
    };
    for days in 0..6 {
        sell(&mut book, days);
        book.checkpoint();
    }
    assert!(!book.ledger.has_day(day("2026-11-23")), "it was let go of");
    sell(&mut book, 0);
    sell(&mut book, 5);
    let figures: Vec<DayFigures> = book.checkpoint().all(ProjectionKind::Day);
    let receipts: Vec<_> = figures.iter().map(|day| day.registers.values().map(|r| r.receipts).sum::<u64>()).collect();
    assert_eq!(receipts, [2, 1, 1, 1, 1, 2]);
}
