//! The journal's own chain: what is wrong with it is found, and nothing else changes by it.

use super::Book;
use crate::testing::{Till, noted, recorded, sale, second};
use shared::chain::{Hash, Head};
use shared::event::Recorded;
use shared::finding::FindingKind;
use shared::journal::Act;
use shared::notice::JournalStatus;

fn status(book: &Book, till: &Till) -> Option<JournalStatus> {
    let id = till.series();
    book.ledger.series(&(id.register, id.letter.clone())).unwrap().status().journal
}

fn whole(head: Head) -> JournalStatus {
    JournalStatus { head, gap_since: None }
}

#[test]
fn journal_and_receipts_are_chains_of_their_own() {
    let mut till = Till::new(1, 1);
    let enrolment = till.enrolment(1);
    let mut book = Book::of([
        enrolment,
        noted(&till.note(Act::SignedIn)),
        sale(&till.sell(&[("A", 1)])),
        noted(&till.note(Act::DrawerOpened)),
        sale(&till.sell(&[("A", 1)])),
    ]);
    assert_eq!(status(&book, &till), Some(whole(till.journal())));
    assert_eq!(till.journal().number, 2);
    assert_eq!((book.on_hand("A"), book.checkpoint().findings()), (-2000, vec![]));
}

#[test]
fn without_an_entry_there_is_no_journal() {
    let mut till = Till::new(1, 1);
    let book = Book::of([till.enrolment(1), sale(&till.sell(&[("A", 1)]))]);
    assert_eq!(status(&book, &till), None);
}

#[test]
fn a_gap_in_the_journal_opens_and_heals() {
    let mut till = Till::new(1, 1);
    let entries: Vec<_> = (0..3).map(|_| noted(&till.note(Act::DrawerOpened))).collect();
    let mut book = Book::of([till.enrolment(1), entries[2].clone()]);
    assert_eq!(status(&book, &till), Some(JournalStatus { head: Head::GENESIS, gap_since: Some(second(2)) }));
    book.take(&recorded(3, entries[0].clone()));
    book.take(&recorded(4, entries[1].clone()));
    assert_eq!(status(&book, &till), Some(whole(till.journal())));
    assert_eq!(book.checkpoint().findings(), []);
}

#[test]
fn forks_torn_links_and_altered_entries_are_found() {
    let mut till = Till::new(1, 1);
    let enrolment = till.enrolment(1);
    let first = till.note(Act::SignedIn);
    till.rewind_journal(Head::GENESIS);
    let mut fork = till.note(Act::DrawerOpened);
    fork.body.id = crate::testing::event_id(77);
    till.rewind_journal(Head { number: 1, hash: Hash::from_bytes([3; 32]) });
    let torn = till.note(Act::SignedOut);
    let flagged = Recorded { flags: vec![FindingKind::UnknownSeller], ..recorded(5, noted(&till.note(Act::SignedIn))) };
    let mut book = Book::of([enrolment, noted(&first), noted(&fork), noted(&torn)]);
    book.take(&flagged);
    let found = [
        (3, FindingKind::AlteredContent),
        (3, FindingKind::Fork),
        (4, FindingKind::WrongPrev),
        (5, FindingKind::UnknownSeller),
    ];
    assert_eq!(book.checkpoint().findings(), found);
}

#[test]
fn an_entry_that_comes_again_changes_nothing() {
    let mut till = Till::new(1, 1);
    let entry = noted(&till.note(Act::SignedIn));
    let mut book = Book::of([till.enrolment(1), entry.clone(), entry]);
    assert_eq!(status(&book, &till), Some(whole(till.journal())));
    assert_eq!(book.checkpoint().findings(), []);
}
