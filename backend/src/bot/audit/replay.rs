//! Replays a store's receipts in the order of the log.

use super::series::Series;
use super::{Delivered, Thresholds, Verdict};
use shared::api::receipts::StoredReceipt;
use shared::ids::{EventId, RegisterNo, SeriesLetter, Sku};
use shared::position::Position;
use shared::stock::{StockLevel, Urgency};
use std::collections::BTreeMap;

/// A receipt that took a product below its threshold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crossing {
    /// The product.
    pub sku: Sku,
    /// The receipt's place in the log.
    pub raised: Position,
    /// The receipt.
    pub cause: EventId,
    /// Whether a refund took the product back over it.
    pub is_over: bool,
}

/// What the receipts of a store amount to.
#[derive(Debug)]
pub struct Outcome {
    /// The series.
    pub series: Vec<Series>,
    /// Deliveries less sales and what came back of them, by product.
    pub levels: BTreeMap<Sku, StockLevel>,
    /// Every crossing, had all deliveries come before the first receipt.
    pub crossings: Vec<Crossing>,
    /// What is wrong with the receipts by themselves.
    pub verdict: Verdict,
}

/// A store whose receipts are read one after the other.
#[derive(Debug)]
pub struct Replay {
    series: BTreeMap<(RegisterNo, SeriesLetter), Series>,
    levels: BTreeMap<Sku, StockLevel>,
    low: BTreeMap<Sku, usize>,
    crossings: Vec<Crossing>,
    last: Option<Position>,
    verdict: Verdict,
}

impl Replay {
    /// A store that has got all its deliveries and has sold nothing.
    pub fn new(series: Vec<Series>, delivered: &Delivered, thresholds: &Thresholds) -> Self {
        let level = |(sku, quantity): (&Sku, _)| {
            let threshold = thresholds.get(sku).copied().unwrap_or_default();
            let mut level = StockLevel { threshold, ..StockLevel::default() };
            level.deliver(quantity);
            (sku.clone(), level)
        };
        Self {
            series: series.into_iter().map(|series| (series.name(), series)).collect(),
            levels: delivered.iter().map(|(sku, quantity)| level((sku, *quantity))).collect(),
            low: BTreeMap::new(),
            crossings: Vec::new(),
            last: None,
            verdict: Verdict::default(),
        }
    }

    /// Takes the next receipt.
    pub fn take(&mut self, stored: &StoredReceipt) {
        let receipt = &stored.sealed.body;
        if self.last.replace(stored.position).is_some_and(|last| last >= stored.position) {
            self.verdict.tell(|| format!("receipt {} is listed out of the log's order", receipt.id));
        }
        let Some(series) = self.series.get_mut(&(receipt.register, receipt.series.clone())) else {
            self.verdict.duplicated += 1;
            self.verdict.tell(|| format!("receipt {} is in a series that no bot holds", receipt.id));
            return;
        };
        if series.check(stored, &mut self.verdict) {
            self.sell(stored);
        }
    }

    fn sell(&mut self, stored: &StoredReceipt) {
        for line in &stored.sealed.body.lines {
            self.levels.entry(line.sku.clone()).or_default().take(line.quantity);
        }
        for line in &stored.sealed.body.lines {
            self.cross(stored, &line.sku);
        }
    }

    /// Notes where a product runs low, and where a refund ends that.
    fn cross(&mut self, stored: &StoredReceipt, sku: &Sku) {
        let is_low = self.levels.get(sku).is_some_and(|level| level.urgency() != Urgency::Fine);
        if !is_low {
            if let Some(crossing) = self.low.remove(sku).and_then(|place| self.crossings.get_mut(place)) {
                crossing.is_over = true;
            }
        } else if !self.low.contains_key(sku) {
            self.low.insert(sku.clone(), self.crossings.len());
            let (raised, cause) = (stored.position, stored.sealed.body.id.into());
            self.crossings.push(Crossing { sku: sku.clone(), raised, cause, is_over: false });
        }
    }

    /// That was all.
    pub fn finish(mut self) -> Outcome {
        self.series.values().for_each(|series| series.finish(&mut self.verdict));
        let (series, levels) = (self.series.into_values().collect(), self.levels);
        Outcome { series, levels, crossings: self.crossings, verdict: self.verdict }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::driver::Issued;
    use ed25519_dalek::SigningKey;
    use shared::basket::Basket;
    use shared::chain::{Head, PublicKey, Sealed};
    use shared::coin::SmallestCoin;
    use shared::ids::{ReceiptId, SellerNo, SeriesId, StoreNo};
    use shared::money::Currency;
    use shared::payment::{Payment, TenderKind};
    use shared::product::Product;
    use shared::quantity::{Quantity, Unit};
    use shared::receipt::{Issue, Issuer, Receipt};
    use shared::refund::left;

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    fn id() -> SeriesId {
        SeriesId { store: StoreNo::FIRST, register: RegisterNo::FIRST, letter: "A".parse().unwrap() }
    }

    fn sell(head: Head) -> Sealed<Receipt> {
        let milk = Product {
            sku: "milk".parse().unwrap(),
            gtin: None,
            name: "Milk".to_owned(),
            category: String::new(),
            price: 99.into(),
            tax: 550.try_into().unwrap(),
            unit: Unit::Piece,
            threshold: None,
        };
        let mut basket = Basket::default();
        basket.add(&milk, Quantity::pieces(2)).unwrap();
        let mut payment = Payment::of(basket.total().unwrap());
        payment.tender(TenderKind::Card, payment.total()).unwrap();
        let (issuer, issue) = (issuer(head), issue(head.number));
        Sealed::seal(Receipt::issue(&basket, &payment, &issuer, issue).unwrap(), &key())
    }

    fn issuer(head: Head) -> Issuer {
        Issuer {
            series: id(),
            head,
            seller: SellerNo::FIRST,
            siret: None,
            currency: Currency::Euro,
            simulated: true,
            smallest_coin: SmallestCoin::ONE,
        }
    }

    fn issue(number: u64) -> Issue {
        let at = "2026-11-23T14:32:07.250+01:00".parse().unwrap();
        Issue { id: ReceiptId::mint(number, &[1; 10]), basket: None, opened_at: at, issued_at: at }
    }

    fn chain(count: usize) -> Vec<StoredReceipt> {
        let mut head = Head::GENESIS;
        let next = |place: usize| {
            let sealed = sell(head);
            head = sealed.head();
            let position = Position { epoch: 1, offset: 10 + place as u64 };
            StoredReceipt { position, accepted_at: jiff::Timestamp::UNIX_EPOCH, sealed }
        };
        (0..count).map(next).collect()
    }

    fn audit(issued: &[StoredReceipt], stored: &[StoredReceipt]) -> Outcome {
        let issued = issued.iter().map(|r| Issued { id: r.sealed.body.id, hash: r.sealed.hash }).collect();
        let key = PublicKey::from_bytes(key().verifying_key().to_bytes());
        let delivered = Delivered::from([("milk".parse().unwrap(), Quantity::pieces(20))]);
        let mut replay =
            Replay::new(vec![Series::new(id(), Head::GENESIS, key, issued)], &delivered, &Thresholds::new());
        for stored in stored {
            replay.take(stored);
        }
        replay.finish()
    }

    #[test]
    fn what_was_issued_and_is_stored_is_fine() {
        let receipts = chain(12);
        let outcome = audit(&receipts, &receipts);
        assert_eq!(outcome.verdict, Verdict::default());
        assert_eq!(outcome.levels.values().map(|level| level.on_hand).collect::<Vec<_>>(), [(-4_000).into()]);
        assert_eq!(outcome.crossings.len(), 1, "20 − 2·10 = 0 is below 10 % of 20, 20 − 2·9 is not");
        assert_eq!(outcome.crossings[0].raised, receipts[9].position);
    }

    #[test]
    fn what_comes_back_is_on_hand_again_and_ends_what_it_lifts_over_the_threshold() {
        let mut receipts = chain(10);
        let (sold, head) = (receipts[9].sealed.body.clone(), receipts[9].sealed.head());
        let all = left(&sold, []).unwrap();
        let (issuer, issue) = (issuer(head), issue(head.number));
        let refund = Receipt::refund(&sold, &all, TenderKind::Card, &issuer, issue).unwrap();
        let position = Position { epoch: 1, offset: 30 };
        let sealed = Sealed::seal(refund, &key());
        receipts.push(StoredReceipt { position, accepted_at: jiff::Timestamp::UNIX_EPOCH, sealed });
        let outcome = audit(&receipts, &receipts);
        assert_eq!(outcome.verdict, Verdict::default());
        assert_eq!(outcome.levels.values().map(|level| level.on_hand).collect::<Vec<_>>(), [2_000.into()]);
        let over: Vec<_> =
            outcome.crossings.iter().map(|crossing| (crossing.raised.offset, crossing.is_over)).collect();
        assert_eq!(over, [(19, true)]);
    }

    #[test]
    fn what_is_missing_is_lost_and_leaves_gaps() {
        let receipts = chain(10);
        let kept: Vec<_> = [0, 1, 4, 5, 8].map(|place| receipts[place].clone()).into();
        let verdict = audit(&receipts, &kept).verdict;
        assert_eq!((verdict.lost, verdict.gaps, verdict.duplicated), (5, 3, 0));
    }

    #[test]
    fn copies_and_strangers_count_and_their_goods_do_not() {
        let receipts = chain(3);
        let copy = StoredReceipt { position: Position { epoch: 1, offset: 99 }, ..receipts[1].clone() };
        let outcome = audit(&receipts[..2], &[receipts.clone(), vec![copy]].concat());
        assert_eq!((outcome.verdict.lost, outcome.verdict.gaps, outcome.verdict.duplicated), (0, 0, 2));
        assert_eq!(outcome.levels.values().next().map(|level| level.on_hand), Some(Quantity::pieces(16)));
    }

    #[test]
    fn altered_content_and_broken_chains_show() {
        let receipts = chain(3);
        let mut altered = receipts.clone();
        altered[1].sealed.body.seller = SellerNo::MAX;
        altered[2].sealed.body.prev = shared::chain::Hash::GENESIS;
        let verdict = audit(&receipts, &altered).verdict;
        assert_eq!((verdict.lost, verdict.gaps), (2, 1));
        let mut forged = receipts.clone();
        forged[0].sealed.signature = shared::chain::Signature::from_bytes([0; 64]);
        assert_eq!(audit(&receipts, &forged).verdict.gaps, 1);
    }

    #[test]
    fn a_listing_out_of_order_is_told() {
        let receipts = chain(2);
        let turned: Vec<_> = receipts.iter().rev().cloned().collect();
        assert!(!audit(&receipts, &turned).verdict.is_clean());
    }
}
