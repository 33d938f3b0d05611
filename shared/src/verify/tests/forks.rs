//! Two records of one number: which of them is named, and that the chain is whole all the same.

use super::{chain, faults, faults_until, sealed, series, sold};
use crate::chain::{Hash, Head, PublicKey, Sealed, Signature};
use crate::ids::SellerNo;
use crate::money::Money;
use crate::receipt::Receipt;
use crate::verify::{Chain, Fault, SeriesHead, SeriesKey, Verification};

/// Another receipt behind the same one, which the series' key has signed too.
fn fork(head: Head) -> Sealed<Receipt> {
    let mut body = sold(head).body;
    body.seller = SellerNo::MAX;
    sealed(body)
}

/// One that somebody without the key has made.
fn forged(head: Head) -> Sealed<Receipt> {
    Sealed { signature: Signature::from_bytes([9; 64]), ..fork(head) }
}

#[test]
fn of_a_fork_the_second_is_named_and_the_chain_goes_on_with_either() {
    let receipts = chain(4);
    let second = fork(receipts[0].head());
    for at in 1..=4 {
        let mut forked = receipts.clone();
        forked.insert(at, second.clone());
        assert_eq!(faults(&forked, 4), [(2, Fault::Inserted)], "{at}");
    }
    let mut last = chain(2);
    last.push(second.clone());
    assert_eq!(faults_until(&last, second.head()), [(2, Fault::Inserted)]);
    assert_eq!(faults(&last, 2), [(2, Fault::Inserted)]);
}

/// A till that was copied goes on with both.
#[test]
fn every_number_of_a_second_chain_is_named_and_what_follows_neither() {
    let mut forked = chain(1);
    let first = forked[0].head();
    let (one, other) = (sold(first), fork(first));
    let (one_more, other_more) = (sold(one.head()), sold(other.head()));
    forked.extend([one, other, one_more, other_more.clone()]);
    let (both, end) = ([(2, Fault::Inserted), (3, Fault::Inserted)], other_more.head());
    assert_eq!(faults_until(&forked, end), both);
    let astray = sold(Head { number: 3, hash: Hash::of(b"neither") });
    forked.push(astray.clone());
    assert_eq!(faults_until(&forked, astray.head())[2..], [(4, Fault::BrokenLink)]);
}

#[test]
fn a_forgery_keeps_no_receipt_from_its_place_wherever_it_stands() {
    let receipts = chain(4);
    for at in [1, 2] {
        let mut with_forged = receipts.clone();
        with_forged.insert(at, forged(receipts[0].head()));
        assert_eq!(faults(&with_forged, 4), [(2, Fault::BadSignature)], "{at}");
        let mut altered = receipts[1].clone();
        altered.body.total = Money::from(1);
        let mut with_altered = receipts.clone();
        with_altered.insert(at, altered);
        assert_eq!(faults(&with_altered, 4), [(2, Fault::Altered)], "{at}");
    }
    let mut torn = receipts;
    torn.splice(1..2, [forged(torn[0].head()), sold(Head { number: 1, hash: Hash::of(b"another") })]);
    assert_eq!(faults(&torn, 4)[..2], [(2, Fault::BadSignature), (2, Fault::BrokenLink)]);
}

/// The saver's head is what was saved first, signed by another enrolled key or not.
#[test]
fn a_chain_may_be_said_to_end_with_what_stands_before_its_genuine_last() {
    let mut receipts = chain(2);
    let (genuine, other) = (receipts[1].head(), forged(receipts[0].head()));
    receipts.insert(1, other.clone());
    for end in [genuine, other.head()] {
        assert_eq!(faults_until(&receipts, end), [(2, Fault::BadSignature)]);
    }
    receipts.push(sold(genuine));
    assert_eq!(faults_until(&receipts, other.head()).last(), Some(&(2, Fault::OtherEnd)));
}

#[test]
fn neither_does_what_cannot_be_read() {
    let mut verification = Verification::default();
    let public_key = PublicKey::from_bytes([1; 32]);
    assert!(verification.introduce(SeriesKey { series: series(), public_key, prev: Hash::GENESIS }));
    let receipts = chain(3);
    for receipt in &receipts {
        if receipt.body.number.get() == 2 {
            verification.take_unreadable(series(), Chain::Receipts, 2);
        }
        verification.take(receipt, |_| true);
    }
    let found = verification.end(&[SeriesHead { series: series(), head: receipts[2].head(), holds: None }], &[]);
    let found: Vec<_> = found.into_iter().map(|finding| (finding.number, finding.fault)).collect();
    assert_eq!(found, [(2, Fault::Altered)]);
}
