//! What refunds do to stock, alerts and totals.

use super::Book;
use crate::ledger::day::DayFigures;
use crate::store::projections::ProjectionKind;
use crate::testing::{Till, count, delivery, portions, recorded, refund_id, sale};
use shared::event::{Event, Recorded};
use shared::finding::FindingKind;
use shared::money::Money;
use shared::payment::TenderKind;

/// A day in seconds.
const DAY: i64 = 86_400;

/// A till that has sold ten of `A`, which were delivered before, and gives some back at a time.
fn sold_and_given_back(seconds: i64, pieces: u32) -> (Event, Event) {
    let mut till = Till::new(1, 1);
    let sold = till.sell_at(100, &[("A", 10)]);
    let back = till.refund(refund_id(1), seconds, &sold, &portions(&sold, &[(1, pieces)]));
    (sale(&sold), sale(&back))
}

fn days(book: &mut Book) -> Vec<DayFigures> {
    book.checkpoint().all(ProjectionKind::Day)
}

#[test]
fn what_comes_back_is_on_hand_again_and_is_no_delivery() {
    let (sold, back) = sold_and_given_back(200, 4);
    let mut book = Book::of([delivery(1, &[("A", 10)]), sold]);
    assert_eq!((book.on_hand("A"), book.notice().raised.len()), (0, 1));
    book.take(&recorded(3, back));
    assert_eq!((book.on_hand("A"), book.level("A").par.thousandths()), (4_000, 10_000));
    let notice = book.notice();
    assert_eq!((notice.cleared.len(), notice.levels.len(), notice.findings.len()), (1, 1, 0));
    assert_eq!((notice.saved[0].total, notice.series[0].head.number), ((-1000).into(), 2));
    assert!(book.checkpoint().open_alerts().is_empty());
}

#[test]
fn totals_taxes_and_tenders_go_down_by_what_was_given_back() {
    let (sold, back) = sold_and_given_back(200, 10);
    let mut book = Book::of([delivery(1, &[("A", 10)]), sold, back]);
    let notice = book.notice();
    assert_eq!((notice.days[0].receipts, notice.days[0].takings), (2, Money::ZERO));
    let day = &days(&mut book)[0];
    let register = day.registers.values().next().unwrap();
    assert_eq!(register.tenders[&TenderKind::Cash], Money::ZERO);
    let sums: Vec<_> = register.taxes.values().map(|sums| (sums.gross, sums.net, sums.tax)).collect();
    assert_eq!(sums, [(Money::ZERO, Money::ZERO, Money::ZERO)]);
    assert!(day.hours.iter().all(|hour| *hour == Money::ZERO));
}

#[test]
fn a_refund_counts_on_the_day_that_it_is_issued() {
    let (sold, back) = sold_and_given_back(DAY, 2);
    let mut book = Book::of([delivery(1, &[("A", 10)]), sold, back]);
    let takings = |day: &DayFigures| day.registers.values().map(|it| it.takings.minor()).sum::<i64>();
    assert_eq!(days(&mut book).iter().map(takings).collect::<Vec<_>>(), [2500, -500]);
}

#[test]
fn a_refund_from_before_a_count_is_noted_and_leaves_the_count_alone() {
    let (sold, back) = sold_and_given_back(200, 4);
    let mut book = Book::of([delivery(1, &[("A", 10)]), sold, count(2, 300, &[("A", 7)]), back]);
    assert_eq!((book.on_hand("A"), book.notice().days[0].takings), (7_000, 1500.into()));
    assert_eq!(book.checkpoint().findings(), [(4, FindingKind::SaleBeforeCount)]);
}

#[test]
fn what_the_intake_flagged_is_found_and_the_goods_count_all_the_same() {
    let (sold, back) = sold_and_given_back(200, 4);
    let mut book = Book::of([delivery(1, &[("A", 10)]), sold]);
    book.take(&Recorded { flags: vec![FindingKind::UnreservedRefund], ..recorded(3, back) });
    assert_eq!(book.on_hand("A"), 4_000);
    assert_eq!(book.checkpoint().findings(), [(3, FindingKind::UnreservedRefund)]);
}
