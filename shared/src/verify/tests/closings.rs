//! Closings are held against the receipts of the same export.

use super::journal::noted;
use super::{chain, series};
use crate::chain::{Hash, Head, PublicKey, Sealed};
use crate::closing::{Closed, Closing, ToDate};
use crate::journal::{Act, JournalEntry};
use crate::receipt::Receipt;
use crate::sums::Sums;
use crate::verify::{Chain, Fault, SeriesHead, SeriesKey, Verification};

/// The closing of three receipts, as `change` has it, behind another entry.
fn closed(receipts: &[Sealed<Receipt>], change: impl FnOnce(&mut Closing)) -> Vec<Sealed<JournalEntry>> {
    let mut sums = Sums::default();
    for receipt in receipts {
        sums.add(&receipt.body);
    }
    let mut closing = Closed::default().next(&sums, receipts[2].head(), "2026-11-23".parse().unwrap()).unwrap();
    change(&mut closing);
    let first = noted(Head::GENESIS, Act::SignedIn);
    let second = noted(first.head(), Act::DayClosed(Box::new(closing)));
    vec![first, second]
}

fn faults(receipts: &[Sealed<Receipt>], entries: &[Sealed<JournalEntry>]) -> Vec<(Chain, u64, Fault)> {
    let mut verification = Verification::default();
    let public_key = PublicKey::from_bytes([1; 32]);
    assert!(verification.introduce(SeriesKey { series: series(), public_key, prev: Hash::GENESIS }));
    for entry in entries {
        verification.take(entry, |_| true);
    }
    for receipt in receipts {
        verification.take(receipt, |_| true);
    }
    let head = receipts.last().map_or(Head::GENESIS, Sealed::<Receipt>::head);
    let journal = entries.last().map_or(Head::GENESIS, Sealed::<JournalEntry>::head);
    let [heads, journals] = [head, journal].map(|head| [SeriesHead { series: series(), head, holds: None }]);
    let found = verification.end(&heads, &journals);
    found.into_iter().map(|finding| (finding.chain, finding.number, finding.fault)).collect()
}

#[test]
fn a_closing_of_what_is_there_is_clean() {
    let receipts = chain(3);
    assert_eq!(faults(&receipts, &closed(&receipts, |_| ())), []);
}

/// The till that signs it may be the one that lies.
#[test]
fn a_closing_that_says_something_else_is_found_though_it_is_signed() {
    let receipts = chain(3);
    let wrong = closed(&receipts, |closing| {
        closing.period.tenders.clear();
        closing.to_date = Some(ToDate { month: closing.period.clone(), year: closing.period.clone() });
    });
    assert_eq!(faults(&receipts, &wrong), [(Chain::Journal, 2, Fault::WrongClosing)]);
    let reset = closed(&receipts, |closing| closing.perpetual.algebraic = 1.into());
    assert_eq!(faults(&receipts, &reset), [(Chain::Journal, 2, Fault::WrongClosing)]);
}

/// Whoever cuts the end off and publishes another one is betrayed by what was closed.
#[test]
fn a_closing_of_receipts_that_are_not_there_is_found() {
    let receipts = chain(3);
    let entries = closed(&receipts, |_| ());
    assert_eq!(faults(&receipts[..2], &entries), [(Chain::Journal, 2, Fault::UncoveredClosing)]);
}

#[test]
fn what_is_not_as_it_was_signed_is_not_in_the_sums() {
    let receipts = chain(3);
    let entries = closed(&receipts, |_| ());
    let mut altered = receipts[1].clone();
    altered.body.total = 1.into();
    for at in [1, 2] {
        let mut with_altered = receipts.clone();
        with_altered.insert(at, altered.clone());
        assert_eq!(faults(&with_altered, &entries), [(Chain::Receipts, 2, Fault::Altered)], "{at}");
    }
}
