//! Closings: held against the receipts that they cover, in whatever order both arrive, by documents that do not grow.

use super::Book;
use crate::ledger::series::Series;
use crate::store::projections::ProjectionKind;
use crate::testing::{Till, in_order, noted, recorded, sale};
use proptest::prelude::*;
use shared::closing::State;
use shared::event::Event;
use shared::finding::FindingKind;
use shared::journal::Act;

fn states(book: &Book, till: &Till, closings: u64) -> Vec<State> {
    let id = till.series();
    let series = book.ledger.series(&(id.register, id.letter.clone())).unwrap();
    (1..=closings).map(|no| series.periods.state(no.try_into().unwrap())).collect()
}

/// Two days: three sales, then two, each closed.
fn two_days() -> (Till, Vec<Event>) {
    let mut till = Till::new(1, 1);
    let mut events = vec![till.enrolment(1)];
    events.extend((0..3).map(|_| sale(&till.sell(&[("A", 1)]))));
    events.push(noted(&till.close_day(3_600)));
    events.extend((0..2).map(|_| sale(&till.sell(&[("A", 2)]))));
    events.push(noted(&till.close_day(90_000)));
    (till, events)
}

#[test]
fn a_day_is_complete_once_all_of_it_is_saved_and_a_late_sale_opens_none() {
    let (till, mut events) = two_days();
    // The second sale was made on a till that was offline for long.
    let late = events.remove(2);
    let mut book = Book::of(events);
    assert_eq!(states(&book, &till, 2), [State::Waiting, State::Complete]);
    book.take(&recorded(20, late));
    assert_eq!(states(&book, &till, 2), [State::Complete; 2]);
    assert_eq!(book.checkpoint().findings(), []);
}

#[test]
fn a_closing_that_says_something_else_is_found_when_the_last_of_its_receipts_comes() {
    let mut till = Till::new(1, 1);
    let (enrolment, first) = (till.enrolment(1), sale(&till.sell(&[("A", 1)])));
    let closed = till.close_day(60);
    let Act::DayClosed(mut closing) = closed.body.entry else { panic!("it closes") };
    closing.period.total = 1.into();
    till.rewind_journal(shared::chain::Head::GENESIS);
    let wrong = noted(&till.note_at(60, Act::DayClosed(closing), None));
    let mut book = Book::of([enrolment, wrong, first]);
    // The grand total does not follow from such a period either, which shows at once.
    assert_eq!(book.checkpoint().findings(), [(2, FindingKind::WrongClosing), (3, FindingKind::WrongClosing)]);
    assert_eq!(states(&book, &till, 1), [State::Wrong]);
}

#[test]
fn a_receipt_of_a_closed_period_is_stored_and_found() {
    let mut till = Till::new(1, 1);
    let (enrolment, first) = (till.enrolment(1), sale(&till.sell(&[("A", 1)])));
    let mut restored = till.clone();
    let closed = noted(&till.close_day(60));
    let second = sale(&restored.sell(&[("A", 1)]));
    let mut book = Book::of([enrolment, first, closed, second]);
    assert_eq!(book.checkpoint().findings(), [(4, FindingKind::AfterClosing)]);
    assert_eq!((states(&book, &till, 1), book.on_hand("A")), (vec![State::Complete], -2000));
}

/// A thousand sales must not make the documents of a closing larger than three do.
#[test]
fn closing_takes_the_same_few_documents_however_much_was_sold() {
    let bytes = [3, 1_000].map(|sales| {
        let mut till = Till::new(1, 1);
        let mut events = vec![till.enrolment(1)];
        events.extend((0..sales).map(|_| sale(&till.sell(&[("A", 1)]))));
        let mut book = Book::of(events);
        book.checkpoint();
        book.take(&recorded(5_000, noted(&till.close_day(100_000))));
        assert_eq!(states(&book, &till, 1), [State::Complete]);
        let written = book.ledger.dirty().unwrap();
        assert_eq!(
            written.iter().map(|it| it.kind).collect::<Vec<_>>(),
            [ProjectionKind::Series, ProjectionKind::Settings]
        );
        written[0].body.len()
    });
    // Longer figures: of the series, and of its month and its year.
    assert!(bytes[1] <= bytes[0] + 64, "{bytes:?}");
}

proptest! {
    #[test]
    fn whatever_the_order_and_however_often_a_saver_dies(
        order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        every in 1_usize..5,
    ) {
        let (till, events) = two_days();
        let records = in_order(order.iter().map(|&place| events[place].clone()));
        let mut book = Book::new();
        for batch in records.chunks(every) {
            book.take_all(batch);
            book.checkpoint();
            // The next saver begins with the documents, and is given the batch once more.
            let mut next = Book { ledger: crate::ledger::StoreLedger::new(crate::testing::store(1)), ..book.clone() };
            for document in book.documents.0.values() {
                next.ledger.load(document).unwrap();
            }
            next.take_all(batch);
            book = next;
        }
        prop_assert_eq!(states(&book, &till, 2), [State::Complete; 2]);
        prop_assert_eq!(book.checkpoint().findings(), []);
        let series: Vec<Series> = book.documents.all(ProjectionKind::Series);
        prop_assert_eq!(series[0].periods.waiting().count(), 0);
    }
}
