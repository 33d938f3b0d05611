//! The journal of a series beside its receipts: whatever is wrong with it is named as its own.

use super::{series, sold};
use crate::canonical::Canonical;
use crate::chain::{Hash, Head, PublicKey, Sealed, Signature};
use crate::ids::{EventId, SellerNo};
use crate::journal::{Act, Deed, JournalEntry};
use crate::verify::{Chain, Fault, SeriesHead, SeriesKey, Verification};
use proptest::prelude::*;

pub(super) fn noted(head: Head, act: Act) -> Sealed<JournalEntry> {
    let at = "2026-11-23T14:32:07.250+01:00".parse().unwrap();
    let deed = Deed { act, at, by: SellerNo::FIRST.into(), manager: None };
    sealed(JournalEntry::next(&series(), head, true, EventId::mint(head.number, &[1; 10]), deed).unwrap())
}

fn sealed(body: JournalEntry) -> Sealed<JournalEntry> {
    Sealed { hash: body.digest(), body, signature: Signature::from_bytes([0; 64]) }
}

fn journal(length: usize) -> Vec<Sealed<JournalEntry>> {
    let mut entries: Vec<Sealed<JournalEntry>> = Vec::new();
    for _ in 0..length {
        let head = entries.last().map_or(Head::GENESIS, Sealed::<JournalEntry>::head);
        entries.push(noted(head, Act::DrawerOpened));
    }
    entries
}

/// What is wrong with an export of two receipts and these entries, whose published end is that of `length` entries.
fn faults(entries: &[Sealed<JournalEntry>], length: usize) -> Vec<(Chain, u64, Fault)> {
    let mut verification = Verification::default();
    let public_key = PublicKey::from_bytes([1; 32]);
    assert!(verification.introduce(SeriesKey { series: series(), public_key, prev: Hash::GENESIS }));
    let first = sold(Head::GENESIS);
    let second = sold(first.head());
    verification.take(&first, |_| true);
    for entry in entries {
        verification.take(entry, |_| entry.signature == Signature::from_bytes([0; 64]));
    }
    // In which order the chains stand among each other is nobody's concern.
    verification.take(&second, |_| true);
    assert_eq!((verification.receipts(), verification.entries()), (2, entries.len() as u64));
    let heads = [SeriesHead { series: series(), head: second.head(), holds: None }];
    let last = journal(length).last().map(Sealed::<JournalEntry>::head);
    let journals: Vec<_> = last.map(|head| SeriesHead { series: series(), head, holds: None }).into_iter().collect();
    let found = verification.end(&heads, &journals);
    found.into_iter().map(|finding| (finding.chain, finding.number, finding.fault)).collect()
}

#[test]
fn a_whole_journal_has_no_fault_and_neither_has_none() {
    assert_eq!(faults(&journal(4), 4), []);
    assert_eq!(faults(&[], 0), []);
}

#[test]
fn a_journal_has_to_have_its_published_end() {
    let other_end = |number| vec![(Chain::Journal, number, Fault::OtherEnd)];
    assert_eq!(faults(&journal(4), 3), other_end(3));
    assert_eq!(faults(&journal(3), 4), other_end(4));
    assert_eq!(faults(&journal(3), 0), other_end(3), "an end that is not published may be anywhere");
    assert_eq!(faults(&[], 2), other_end(2));
}

#[test]
fn a_finding_says_which_chain_it_is_of() {
    let mut verification = Verification::default();
    verification.take(&journal(1)[0], |_| true);
    let found = verification.end(&[], &[]);
    assert_eq!(found[0].to_string(), "series 1/1/A journal entry no. 1: its series has no key in this export");
}

proptest! {
    #[test]
    fn an_altered_entry_is_named(length in 1_usize..12, at in any::<prop::sample::Index>()) {
        let (mut entries, at) = (journal(length), at.index(length));
        entries[at].body.entry = Act::SignedIn;
        let number = at as u64 + 1;
        prop_assert_eq!(faults(&entries, length), [(Chain::Journal, number, Fault::Altered)]);
        entries[at] = Sealed { signature: Signature::from_bytes([9; 64]), ..sealed(entries[at].body.clone()) };
        prop_assert_eq!(faults(&entries, length)[0], (Chain::Journal, number, Fault::BadSignature));
    }

    #[test]
    fn a_removed_entry_is_named(length in 2_usize..12, at in any::<prop::sample::Index>()) {
        let (mut entries, at) = (journal(length), at.index(length - 1));
        entries.remove(at);
        prop_assert_eq!(faults(&entries, length), [(Chain::Journal, at as u64 + 1, Fault::Missing)]);
    }

    #[test]
    fn an_inserted_entry_is_named(length in 1_usize..12, at in any::<prop::sample::Index>()) {
        let (mut entries, at) = (journal(length), at.index(length));
        let head = at.checked_sub(1).map_or(Head::GENESIS, |before| entries[before].head());
        entries.insert(at + 1, noted(head, Act::SignedOut));
        prop_assert_eq!(faults(&entries, length), [(Chain::Journal, at as u64 + 1, Fault::Inserted)]);
    }

    #[test]
    fn entries_that_changed_places_are_named(length in 2_usize..12, at in any::<prop::sample::Index>()) {
        let (mut entries, at) = (journal(length), at.index(length - 1));
        entries.swap(at, at + 1);
        prop_assert_eq!(faults(&entries, length), [(Chain::Journal, at as u64 + 1, Fault::Reordered)]);
    }
}
