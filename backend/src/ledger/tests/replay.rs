//! Whatever was written when a saver died, the next one ends with the same documents.

use super::{Book, Documents};
use crate::ledger::StoreLedger;
use crate::store::projections::ProjectionKind;
use crate::testing::history;
use proptest::prelude::*;
use proptest::sample::Index;
use shared::event::Recorded;

/// The documents after each record; the first is before any.
fn versions(records: &[Recorded]) -> (Book, Vec<Documents>) {
    let mut book = Book::new();
    let mut versions = vec![Documents::default()];
    for record in records {
        book.take(record);
        versions.push(book.checkpoint().clone());
    }
    (book, versions)
}

/// What a crash leaves: a checkpoint writes alerts and findings first and the settings last, so the former are the
/// furthest and the latter the least far; what is between may stand anywhere between.
fn left_behind(versions: &[Documents], least: usize, most: usize, between: &[Index]) -> Documents {
    let mut chosen = between.iter().cycle();
    let mut left = Documents::default();
    for (key, furthest) in &versions[most].0 {
        let version = match key.0 {
            ProjectionKind::Alert | ProjectionKind::Finding => most,
            ProjectionKind::Settings => least,
            _ => least + chosen.next().map_or(0, |index| index.index(most - least + 1)),
        };
        let document = if version == most { Some(furthest) } else { versions[version].0.get(key) };
        left.0.extend(document.map(|document| (key.clone(), document.clone())));
    }
    left
}

/// A new saver's ledger over what is left.
fn take_over(before: &Book, left: Documents) -> Book {
    let mut ledger = StoreLedger::new(crate::testing::store(1));
    for document in left.0.values().filter(|document| document.kind != ProjectionKind::Day) {
        ledger.load(document).unwrap();
    }
    Book { ledger, saved: before.saved.clone(), documents: left }
}

proptest! {
    #[test]
    fn how_often_a_checkpoint_is_written_changes_nothing(records in history(), every in 1_usize..30) {
        let (_, versions) = versions(&records);
        let mut book = Book::new();
        for batch in records.chunks(every) {
            book.take_all(batch);
            book.checkpoint();
        }
        prop_assert_eq!(Some(&book.documents), versions.last());
    }

    #[test]
    fn a_take_over_ends_where_the_first_saver_would_have(
        records in history(),
        places in [any::<Index>(), any::<Index>(), any::<Index>()],
        between in prop::collection::vec(any::<Index>(), 1..12),
        every in 1_usize..20,
    ) {
        let (whole, versions) = versions(&records);
        let mut places = places.map(|place| place.index(records.len() + 1));
        places.sort_unstable();
        let [committed, least, most] = places;
        let mut book = take_over(&whole, left_behind(&versions, least, most, &between));
        for batch in records[committed..].chunks(every) {
            book.take_all(batch);
            book.checkpoint();
        }
        prop_assert_eq!(Some(&book.documents), versions.last());
    }

    #[test]
    fn a_saver_that_has_lost_its_partition_writes_nothing_wrong(
        records in history(),
        places in [any::<Index>(), any::<Index>(), any::<Index>()],
    ) {
        let (_, versions) = versions(&records);
        let mut places = places.map(|place| place.index(records.len() + 1));
        places.sort_unstable();
        let [common, stale, ahead] = places;
        // Two ledgers from one checkpoint on: one is stopped in its tracks, the other overtakes it.
        let mut old = Book::new();
        old.take_all(&records[..common]);
        old.checkpoint();
        let mut new = old.clone();
        new.take_all(&records[common..ahead]);
        new.checkpoint();
        old.take_all(&records[common..stale]);
        new.documents.advance(old.ledger.dirty().unwrap());
        prop_assert_eq!(&new.documents, &versions[ahead]);
    }
}
