//! What is wrong with a series is seen, kept and told; what is right stays silent.

use super::Book;
use crate::ledger::series::Series;
use crate::store::projections::ProjectionKind;
use crate::testing::{Till, recorded, sale, second};
use shared::chain::{Hash, Head};
use shared::event::Recorded;
use shared::finding::FindingKind;
use shared::ids::ReceiptId;

fn series<'a>(book: &'a Book, till: &Till) -> &'a Series {
    let id = till.series();
    book.ledger.series(&(id.register, id.letter.clone())).unwrap()
}

#[test]
fn an_unbroken_chain_has_no_findings() {
    let mut till = Till::new(1, 1);
    let mut book = Book::of([till.enrolment(1)].into_iter().chain((0..5).map(|_| sale(&till.sell(&[("A", 1)])))));
    let status = series(&book, &till).status();
    assert_eq!((status.head, status.copies, status.gap_since), (till.head(), 0, None));
    assert!(status.saved.is_complete());
    assert_eq!(book.checkpoint().findings(), []);
}

#[test]
fn a_gap_opens_with_the_record_that_shows_it_and_heals() {
    let mut till = Till::new(1, 1);
    let receipts: Vec<_> = (0..4).map(|_| sale(&till.sell(&[("A", 1)]))).collect();
    let mut book = Book::of([till.enrolment(1), receipts[0].clone(), receipts[3].clone()]);
    assert_eq!(series(&book, &till).status().gap_since, Some(second(3)));
    assert_eq!(series(&book, &till).status().head.number, 1);
    book.take(&recorded(4, receipts[2].clone()));
    assert_eq!(series(&book, &till).status().gap_since, Some(second(3)), "it is still the same gap");
    book.take(&recorded(5, receipts[1].clone()));
    let healed = series(&book, &till).status();
    assert_eq!((healed.gap_since, healed.head), (None, till.head()));
    assert_eq!(book.checkpoint().findings(), []);
}

#[test]
fn a_gap_at_the_beginning_shows_too() {
    let mut till = Till::new(1, 1);
    let (first, second_one) = (sale(&till.sell(&[("A", 1)])), sale(&till.sell(&[("A", 1)])));
    let mut book = Book::of([second_one]);
    assert_eq!(series(&book, &till).gap_since, Some(second(1)));
    assert_eq!(series(&book, &till).status().head, Head::GENESIS);
    book.take(&recorded(2, first));
    assert_eq!(series(&book, &till).gap_since, None);
}

#[test]
fn two_receipts_of_one_number_are_a_fork() {
    let mut till = Till::new(1, 1);
    let first = sale(&till.sell(&[("A", 1)]));
    let mut twin = till.clone();
    twin.rewind(Head::GENESIS);
    let fork = sale(&twin.issue(ReceiptId::mint(77, &[7; 10]), 0, &[("A", 2)]));
    let next = sale(&till.sell(&[("A", 1)]));
    let mut book = Book::of([till.enrolment(1), first, fork, next]);
    assert_eq!(series(&book, &till).status().head, till.head());
    assert_eq!(book.on_hand("A"), -4000, "the goods of both are gone");
    assert_eq!(book.checkpoint().findings(), [(3, FindingKind::Fork)]);
}

#[test]
fn what_was_altered_behind_the_intake_is_found_once_whether_or_not_it_was_flagged() {
    let mut till = Till::new(1, 1);
    let mut altered = till.sell(&[("A", 1)]);
    altered.body.lines[0].quantity = altered.body.lines[0].quantity.saturating_plus(altered.body.lines[0].quantity);
    let found = [(2, FindingKind::AlteredContent), (2, FindingKind::WrongSum)];
    for flags in [vec![], vec![FindingKind::AlteredContent], found.map(|(_, kind)| kind).to_vec()] {
        let mut book = Book::of([till.enrolment(1)]);
        book.take(&Recorded { flags, ..recorded(2, sale(&altered)) });
        assert_eq!(book.checkpoint().findings(), found);
    }
}

#[test]
fn a_wrong_predecessor_is_found_within_and_at_the_root() {
    let mut till = Till::new(1, 1);
    let enrolment = till.enrolment(1);
    till.rewind(Head { number: 0, hash: Hash::from_bytes([1; 32]) });
    let rootless = sale(&till.sell(&[("A", 1)]));
    till.rewind(Head { number: 1, hash: Hash::from_bytes([2; 32]) });
    let torn = sale(&till.sell(&[("A", 1)]));
    let right = sale(&till.sell(&[("A", 1)]));
    let mut book = Book::of([enrolment, rootless, torn, right]);
    assert_eq!(book.checkpoint().findings(), [(2, FindingKind::WrongPrev), (3, FindingKind::WrongPrev)]);
    assert_eq!(series(&book, &till).status().saved.count(), 3);
}

/// Whoever reads findings one after the other goes on behind the last name: one written before it would never be read.
#[test]
fn the_findings_of_a_record_are_written_in_the_order_of_their_names_whichever_was_found_first() {
    let mut till = Till::new(1, 1);
    let mut book = Book::of([till.enrolment(1)]);
    till.rewind(Head { number: 0, hash: Hash::from_bytes([1; 32]) });
    let torn = recorded(2, sale(&till.sell(&[("A", 1)])));
    book.take(&Recorded { flags: vec![FindingKind::WrongPrice], ..torn });
    let found: Vec<_> = book.ledger.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(found, [FindingKind::WrongPrev, FindingKind::WrongPrice]);
    let written = book.ledger.dirty().unwrap().into_iter().filter(|written| written.kind == ProjectionKind::Finding);
    let names: Vec<_> = written.map(|written| written.id).collect();
    assert_eq!(names.len(), 2);
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn a_copy_is_counted_and_said_saved_again_but_changes_nothing() {
    let mut till = Till::new(1, 1);
    let receipt = till.sell(&[("A", 1)]);
    let mut book = Book::of([till.enrolment(1), sale(&receipt)]);
    book.notice();
    book.take(&recorded(3, sale(&receipt)));
    let notice = book.notice();
    assert_eq!((notice.saved.len(), notice.saved[0].id, notice.saved[0].again), (1, receipt.body.id, true));
    assert!(notice.levels.is_empty() && notice.days.is_empty() && notice.findings.is_empty());
    assert_eq!((notice.series[0].copies, book.on_hand("A")), (1, -1000));
    assert_eq!(book.checkpoint().findings(), []);
}

#[test]
fn a_copy_with_other_content_is_a_finding() {
    let mut till = Till::new(1, 1);
    let id = ReceiptId::mint(1, &[1; 10]);
    let first = sale(&till.issue(id, 0, &[("A", 1)]));
    let other = sale(&till.issue(id, 60, &[("A", 5)]));
    let mut book = Book::of([till.enrolment(1), first, other]);
    let notice = book.notice();
    assert_eq!(notice.findings.len(), 1);
    assert_eq!(notice.findings[0].event, Some(id.into()));
    assert_eq!(notice.saved.iter().map(|saved| saved.number.get()).collect::<Vec<_>>(), [1], "the other is not saved");
    assert_eq!((notice.series[0].saved.count(), book.on_hand("A")), (1, -1000));
    assert_eq!(book.checkpoint().findings(), [(3, FindingKind::CopyDiffers)]);
}

#[test]
fn a_delivery_that_comes_again_is_not_taken_again() {
    let same = || crate::testing::delivery(1, &[("A", 9)]);
    let mut book = Book::of([same(), same(), crate::testing::delivery(1, &[("A", 5)])]);
    assert_eq!(book.on_hand("A"), 9000);
    assert_eq!(book.checkpoint().findings(), [(3, FindingKind::CopyDiffers)]);
}

#[test]
fn what_the_intake_found_is_kept_once_for_each_kind() {
    let mut record = recorded(1, sale(&Till::new(1, 1).sell(&[("A", 1), ("B", 1)])));
    record.flags = vec![FindingKind::WrongPrice, FindingKind::UnknownProduct, FindingKind::WrongPrice];
    let mut book = Book::new();
    book.take(&record);
    assert_eq!(book.notice().findings.len(), 2);
    assert_eq!(book.checkpoint().findings(), [(1, FindingKind::UnknownProduct), (1, FindingKind::WrongPrice)]);
}
