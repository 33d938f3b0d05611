//! Verifying an export without any server: the chain of each series, by the public keys alone.
//!
//! An export lists the receipts of each series in the order of their numbers. What is wrong is named with the first receipt
//! that shows it: altered content, a wrong signature, a number that is missing, that comes twice or out of its order, a
//! predecessor that is another one, and an end that is not the published one (a bare chain cannot show that its tail was cut
//! off).

#[cfg(feature = "verify")]
mod export;

#[cfg(feature = "verify")]
pub use export::{Ending, Export, ExportError, Heading};

use crate::chain::{Hash, Head, PublicKey, Sealed};
use crate::ids::{ReceiptNo, SeriesId};
use crate::receipt::Receipt;
use serde::{Deserialize, Serialize};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// A series as an export introduces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeriesKey {
    /// Which.
    pub series: SeriesId,
    /// The key that signs it.
    pub public_key: PublicKey,
    /// What its first receipt names as its predecessor.
    pub prev: Hash,
}

/// The published end of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeriesHead {
    /// Which.
    pub series: SeriesId,
    /// Its last receipt.
    pub head: Head,
}

/// What is wrong with a receipt, or with what stands where it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Its content is not what was hashed.
    #[error("its content was altered: it is not what was hashed")]
    Altered,
    /// The series' key did not sign its hash.
    #[error("its signature is not by the key of its series")]
    BadSignature,
    /// It names another predecessor than the receipt before it.
    #[error("it does not follow the receipt before it: the chain is broken here")]
    BrokenLink,
    /// Its number stands in the export already.
    #[error("it was inserted: its number is there already")]
    Inserted,
    /// It stands behind a later one.
    #[error("it is out of order: a later number stands before it")]
    Reordered,
    /// It is not there.
    #[error("it is missing")]
    Missing,
    /// The export has no key of its series.
    #[error("its series has no key in this export")]
    NoKey,
    /// The last receipt of the series is another one than the export says.
    #[error("the series does not end with it as the export says: receipts were cut off or put on")]
    OtherEnd,
}

/// What is wrong, and with which receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its series.
    pub series: SeriesId,
    /// Its number.
    pub number: u64,
    /// What is wrong.
    pub fault: Fault,
}

/// A verification under way. It holds a few words for each series and each number that is missing.
#[derive(Debug, Default)]
pub struct Verification {
    series: BTreeMap<SeriesId, Progress>,
    receipts: u64,
    findings: Vec<Finding>,
}

/// How far a series has got.
#[derive(Debug)]
struct Progress {
    key: PublicKey,
    /// The number that comes next, and what it has to name as its predecessor; unknown behind a hole.
    next: u64,
    prev: Option<Hash>,
    /// The last receipt; unknown where it cannot be read.
    last: Option<Head>,
    /// The gaps of numbers that were passed over and have not come since, by their first one.
    missing: BTreeMap<u64, Gap>,
}

/// Numbers that have not come.
#[derive(Debug, Clone, Copy)]
struct Gap {
    /// The last of them.
    to: u64,
    /// The place in the findings that it would take.
    place: usize,
}

impl Verification {
    /// Takes a series up, before its receipts; `false`, and nothing changes, for one that was taken up already.
    pub fn introduce(&mut self, SeriesKey { series, public_key, prev }: SeriesKey) -> bool {
        let Entry::Vacant(entry) = self.series.entry(series) else { return false };
        let last = Some(Head { number: 0, hash: prev });
        entry.insert(Progress { key: public_key, next: 1, prev: Some(prev), last, missing: BTreeMap::new() });
        true
    }

    /// Takes the next receipt. `is_signed` says whether a key signed its hash.
    pub fn take(&mut self, receipt: &Sealed<Receipt>, is_signed: impl FnOnce(&PublicKey) -> bool) {
        self.receipts += 1;
        let (series, number) = (receipt.body.series_id(), receipt.body.number.get());
        let Some(progress) = self.series.get_mut(&series) else {
            return self.findings.push(Finding { series, number, fault: Fault::NoKey });
        };
        let own = match (receipt.is_intact(), is_signed(&progress.key)) {
            (false, _) => Some(Fault::Altered),
            (true, false) => Some(Fault::BadSignature),
            (true, true) => None,
        };
        let place = progress.place(receipt, self.findings.len());
        self.findings.extend(own.or(place).map(|fault| Finding { series, number, fault }));
    }

    /// A receipt that cannot be read: whatever it was is not what was signed.
    pub fn take_unreadable(&mut self, series: SeriesId, number: ReceiptNo) {
        self.receipts += 1;
        let number = number.get();
        if let Some(progress) = self.series.get_mut(&series)
            && number >= progress.next
        {
            progress.pass_to(number, self.findings.len());
            (progress.prev, progress.last) = (None, None);
        }
        self.findings.push(Finding { series, number, fault: Fault::Altered });
    }

    /// How many receipts were taken.
    pub const fn receipts(&self) -> u64 {
        self.receipts
    }

    /// Everything that is wrong, once all receipts were taken, in the order in which it shows. Of a gap its first number is
    /// named; a series whose end is not published may end anywhere, which is wrong too.
    pub fn end(self, heads: &[SeriesHead]) -> Vec<Finding> {
        let Self { series, findings, .. } = self;
        let mut missing = Vec::new();
        for (id, progress) in &series {
            for (&number, gap) in &progress.missing {
                missing.push((gap.place, Finding { series: id.clone(), number, fault: Fault::Missing }));
            }
        }
        missing.sort_by_key(|(place, finding)| (*place, finding.series.clone(), finding.number));
        let mut findings = merged(findings, missing);
        let published: BTreeSet<_> = heads.iter().map(|head| &head.series).collect();
        for (id, progress) in series.iter().filter(|(id, _)| !published.contains(id)) {
            let number = progress.next - 1;
            findings.push(Finding { series: id.clone(), number, fault: Fault::OtherEnd });
        }
        for SeriesHead { series: id, head } in heads {
            let last = series.get(id).map_or(Some(Head::GENESIS), |progress| progress.last);
            if last.is_some_and(|last| last != *head && last.number.max(head.number) > 0) {
                findings.push(Finding { series: id.clone(), number: head.number, fault: Fault::OtherEnd });
            }
        }
        findings
    }
}

/// Puts each gap before the finding at its place, in one go: there may be as many as receipts. Both are in order.
fn merged(findings: Vec<Finding>, gaps: Vec<(usize, Finding)>) -> Vec<Finding> {
    let mut merged = Vec::with_capacity(findings.len() + gaps.len());
    let mut gaps = gaps.into_iter().peekable();
    for (place, finding) in findings.into_iter().enumerate() {
        while let Some((_, gap)) = gaps.next_if(|(before, _)| *before <= place) {
            merged.push(gap);
        }
        merged.push(finding);
    }
    merged.extend(gaps.map(|(_, gap)| gap));
    merged
}

impl Progress {
    /// Takes the place of a receipt in its series, and says what is wrong with it.
    fn place(&mut self, receipt: &Sealed<Receipt>, findings: usize) -> Option<Fault> {
        let number = receipt.body.number.get();
        if number < self.next {
            return Some(if self.fill(number) { Fault::Reordered } else { Fault::Inserted });
        }
        self.pass_to(number, findings);
        let follows = self.prev.is_none_or(|prev| prev == receipt.body.prev);
        (self.prev, self.last) = (Some(receipt.hash), Some(receipt.head()));
        (!follows).then_some(Fault::BrokenLink)
    }

    /// Goes on to a number; what lies between has not come.
    fn pass_to(&mut self, number: u64, findings: usize) {
        if self.next < number {
            self.missing.insert(self.next, Gap { to: number - 1, place: findings });
            self.prev = None;
        }
        self.next = number + 1;
    }

    /// Takes a number out of its gap; `false` where it is in none.
    fn fill(&mut self, number: u64) -> bool {
        let before = self.missing.range(..=number).next_back();
        let Some((&from, &Gap { to, place })) = before.filter(|(_, gap)| number <= gap.to) else { return false };
        self.missing.remove(&from);
        if from < number {
            self.missing.insert(from, Gap { to: number - 1, place });
        }
        if number < to {
            self.missing.insert(number + 1, Gap { to, place });
        }
        true
    }
}

#[cfg(test)]
mod tests {
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
    use crate::receipt::{Issue, Issuer};
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
        let found = verification.end(&[SeriesHead { series: series(), head }]);
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
            verification.take_unreadable(series(), (2 * gap).try_into().unwrap());
        }
        let found = verification.end(&[]);
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
        let found = verification.end(&[]);
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
        let found = verification.end(&[]);
        assert_eq!(found.iter().map(|finding| finding.fault).collect::<Vec<_>>(), [Fault::NoKey]);
    }
}
