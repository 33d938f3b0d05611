//! Chains with something wrong with them.

mod closings;
#[cfg(feature = "verify")]
mod export;
mod forks;
mod journal;

use super::*;
use crate::basket::Basket;
use crate::canonical::Canonical;
use crate::chain::Signature;
use crate::coin::SmallestCoin;
use crate::ids::{ReceiptId, RegisterNo, SellerNo, StoreNo};
use crate::money::{Currency, Money};
use crate::payment::{Payment, TenderKind};
use crate::product::Product;
use crate::quantity::{Quantity, Unit};
use crate::receipt::{Issue, Issuer, Receipt};
use crate::refund::left;

pub(super) fn series() -> SeriesId {
    SeriesId { store: StoreNo::FIRST, register: RegisterNo::FIRST, letter: "A".parse().unwrap() }
}

pub(super) fn sold(head: Head) -> Sealed<Receipt> {
    let product = Product {
        sku: "A".parse().unwrap(),
        gtin: None,
        name: "Pain".to_owned(),
        category: String::new(),
        price: 100.into(),
        tax: 550.try_into().unwrap(),
        unit: Unit::Piece,
        threshold: None,
    };
    let mut basket = Basket::default();
    basket.add(&product, Quantity::ONE).unwrap();
    let mut payment = Payment::of(100.into());
    payment.tender(TenderKind::Cash, 100.into()).unwrap();
    sealed(Receipt::issue(&basket, &payment, &issuer(head), issue(head)).unwrap())
}

fn issuer(head: Head) -> Issuer {
    Issuer {
        series: series(),
        head,
        seller: SellerNo::FIRST,
        siret: None,
        currency: Currency::Euro,
        simulated: true,
        smallest_coin: SmallestCoin::ONE,
    }
}

fn issue(head: Head) -> Issue {
    let at = "2026-11-23T14:32:07.250+01:00".parse().unwrap();
    Issue { id: ReceiptId::mint(head.number, &[1; 10]), basket: None, opened_at: at, issued_at: at }
}

fn sealed(body: Receipt) -> Sealed<Receipt> {
    Sealed { hash: body.digest(), body, signature: Signature::from_bytes([0; 64]) }
}

fn chain(length: usize) -> Vec<Sealed<Receipt>> {
    let mut receipts: Vec<Sealed<Receipt>> = Vec::new();
    for _ in 0..length {
        receipts.push(sold(receipts.last().map_or(Head::GENESIS, Sealed::<Receipt>::head)));
    }
    receipts
}

/// The faults of an export whose published end is that of `length` receipts, with the numbers that show them.
fn faults(receipts: &[Sealed<Receipt>], length: usize) -> Vec<(u64, Fault)> {
    faults_until(receipts, chain(length).last().map_or(Head::GENESIS, Sealed::<Receipt>::head))
}

/// The faults of an export whose published end is this one.
fn faults_until(receipts: &[Sealed<Receipt>], head: Head) -> Vec<(u64, Fault)> {
    let mut verification = Verification::default();
    let key = PublicKey::from_bytes([1; 32]);
    assert!(verification.introduce(SeriesKey { series: series(), public_key: key, prev: Hash::GENESIS }));
    for receipt in receipts {
        verification.take(receipt, |_| receipt.signature == Signature::from_bytes([0; 64]));
    }
    let found = verification.end(&[SeriesHead { series: series(), head, holds: None }], &[]);
    found.into_iter().map(|finding| (finding.number, finding.fault)).collect()
}

#[test]
fn a_whole_chain_has_no_fault_and_neither_has_an_empty_one() {
    assert_eq!(faults(&chain(5), 5), []);
    assert_eq!(faults(&[], 0), []);
}

#[test]
fn a_refund_is_one_of_the_chain() {
    let mut receipts = chain(2);
    let (original, head) = (receipts[0].body.clone(), receipts[1].head());
    let all = left(&original, []).unwrap();
    let refund = Receipt::refund(&original, &all, TenderKind::Cash, &issuer(head), issue(head)).unwrap();
    receipts.push(sealed(refund));
    receipts.push(sold(receipts[2].head()));
    assert_eq!(faults_until(&receipts, receipts[3].head()), []);
    receipts[2].body.refunds = None;
    assert_eq!(faults_until(&receipts, receipts[3].head()), [(3, Fault::Altered)]);
}

#[test]
fn altered_content_is_named_even_if_it_is_hashed_again() {
    let mut receipts = chain(4);
    receipts[1].body.total = Money::from(1);
    assert_eq!(faults(&receipts, 4), [(2, Fault::Altered)]);
    receipts[1] = Sealed { signature: Signature::from_bytes([9; 64]), ..sealed(receipts[1].body.clone()) };
    assert_eq!(faults(&receipts, 4), [(2, Fault::BadSignature), (3, Fault::BrokenLink)]);
}

#[test]
fn a_removed_receipt_is_named_wherever_it_was() {
    for gone in 0..4 {
        let mut receipts = chain(5);
        receipts.remove(gone);
        assert_eq!(faults(&receipts, 5), [(gone as u64 + 1, Fault::Missing)], "{gone}");
    }
    assert_eq!(faults(&chain(5)[..4], 5), [(5, Fault::OtherEnd)]);
    assert_eq!(faults(&[], 5), [(5, Fault::OtherEnd)]);
}

#[test]
fn an_inserted_receipt_is_named() {
    let mut receipts = chain(4);
    receipts.insert(2, receipts[1].clone());
    assert_eq!(faults(&receipts, 4), [(2, Fault::Inserted)]);
    let mut longer = chain(4);
    longer.push(sold(longer[3].head()));
    assert_eq!(faults(&longer, 4), [(4, Fault::OtherEnd)]);
}

#[test]
fn a_gap_is_named_by_its_first_number_however_wide_it_is() {
    let mut receipts = chain(9);
    receipts.drain(2..6);
    assert_eq!(faults(&receipts, 9), [(3, Fault::Missing)]);
    receipts.insert(3, chain(9)[3].clone());
    assert_eq!(faults(&receipts, 9), [(3, Fault::Missing), (5, Fault::Missing), (4, Fault::Reordered)]);
    let mut absurd = chain(2);
    absurd[1].body.number = 9_007_199_254_740_991.try_into().unwrap();
    assert_eq!(faults(&absurd, 2)[..2], [(2, Fault::Missing), (9_007_199_254_740_991, Fault::Altered)]);
}

/// Each gap costs the same, however many there are: else a file of some megabytes would hold a verifier up for hours.
#[test]
fn gaps_without_number_are_named_in_their_order() {
    const GAPS: u64 = 300_000;
    let mut verification = Verification::default();
    let key = PublicKey::from_bytes([1; 32]);
    assert!(verification.introduce(SeriesKey { series: series(), public_key: key, prev: Hash::GENESIS }));
    for gap in 1..=GAPS {
        verification.take_unreadable(series(), Chain::Receipts, 2 * gap);
    }
    let found = verification.end(&[], &[]);
    let numbers: Vec<_> = found.iter().take(4).map(|finding| (finding.number, finding.fault)).collect();
    assert_eq!(numbers, [(1, Fault::Missing), (2, Fault::Altered), (3, Fault::Missing), (4, Fault::Altered)]);
    assert_eq!(found.len() as u64, 2 * GAPS + 1);
}

#[test]
fn a_series_is_taken_up_once_and_has_to_have_an_end() {
    let key = || SeriesKey { series: series(), public_key: PublicKey::from_bytes([1; 32]), prev: Hash::GENESIS };
    let mut verification = Verification::default();
    assert!(verification.introduce(key()));
    verification.take(&chain(3)[2], |_| true);
    assert!(!verification.introduce(key()), "what is missing would be forgotten");
    let found = verification.end(&[], &[]);
    let found: Vec<_> = found.into_iter().map(|finding| (finding.number, finding.fault)).collect();
    assert_eq!(found, [(1, Fault::Missing), (3, Fault::OtherEnd)]);
}

#[test]
fn receipts_that_changed_places_are_named() {
    let mut receipts = chain(4);
    receipts.swap(1, 2);
    assert_eq!(faults(&receipts, 4), [(2, Fault::Reordered)]);
}

#[test]
fn a_series_without_a_key_is_named() {
    let mut verification = Verification::default();
    verification.take(&chain(1)[0], |_| true);
    let found = verification.end(&[], &[]);
    assert_eq!(found.iter().map(|finding| finding.fault).collect::<Vec<_>>(), [Fault::NoKey]);
}
