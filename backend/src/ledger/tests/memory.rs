//! A ledger's memory does not grow with its history.

use super::Book;
use crate::testing::{Till, count, recorded, sale};
use shared::finding::FindingKind;

#[test]
fn a_checkpoint_lets_go_of_what_is_over() {
    let mut till = Till::new(1, 1);
    let mut book = Book::new();
    let mut offset = 0;
    for days in 0..40 {
        for _ in 0..5 {
            let mut record = recorded(offset + 1, sale(&till.sell_at(days * 86_400, &[("A", 1)])));
            record.flags = vec![FindingKind::WrongPrice];
            book.take(&record);
            // Nothing is left, and then there is enough again: an alert comes and goes.
            let seconds = days * 86_400 - 1;
            book.take(&recorded(offset + 2, count(1_000_000 + offset, seconds, &[("A", 30)])));
            offset += 2;
        }
        book.notice();
        book.checkpoint();
        assert!(book.ledger.days.len() <= 3);
        assert!(book.ledger.alerts.is_empty() && book.ledger.findings.is_empty());
        assert!(book.ledger.dirty().unwrap().is_empty(), "a second checkpoint has nothing to write");
    }
    assert_eq!((book.ledger.stock.len(), book.ledger.series.len()), (1, 1));
    assert_eq!(book.documents.findings().len(), 200);
}

#[test]
fn what_was_told_is_not_told_again() {
    let mut book = Book::of([sale(&Till::new(1, 1).sell(&[("A", 1)]))]);
    assert_eq!(book.notice().saved.len(), 1);
    let empty = book.notice();
    assert!(empty.saved.is_empty() && empty.levels.is_empty() && empty.series.is_empty() && empty.days.is_empty());
}
