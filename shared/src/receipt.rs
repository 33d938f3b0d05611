//! The receipt: issued once, never changed.

use crate::basket::{Basket, BasketError, BasketLine};
use crate::canonical::Canonical;
use crate::chain::{Hash, Head, Sealed};
use crate::coin::SmallestCoin;
use crate::discount::{self, Discount};
use crate::finding::FindingKind;
use crate::ids::{
    BasketId, Gtin, PeriodNo, ReceiptId, ReceiptNo, RegisterNo, SellerNo, SeriesId, SeriesLetter, Siret, Sku, StoreNo,
};
use crate::money::{Currency, Money};
use crate::mutant::Mutant;
use crate::payment::{self, Payment, Tender, TenderKind};
use crate::quantity::{Quantity, Unit};
use crate::refund::Refunds;
use crate::tax::{self, TaxLine, TaxRate};
use crate::time::Moment;
use serde::{Deserialize, Serialize};

/// One product on a receipt.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its barcode, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Gtin>,
    /// The catalogue's price, where a manager allowed another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Money>,
    /// The manager who allowed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<SellerNo>,
    /// What the receipt prints.
    pub name: String,
    /// Price per piece or kilogram, tax included.
    pub price: Money,
    /// How much, in thousandths of the unit; below zero on a refund.
    pub quantity: Quantity,
    /// Which product.
    pub sku: Sku,
    /// Its rate of tax.
    pub tax: TaxRate,
    /// Quantity × price, rounded half away from zero; discounts stand by themselves.
    pub total: Money,
    /// What it is sold by.
    pub unit: Unit,
}

impl From<&BasketLine> for Line {
    fn from(line: &BasketLine) -> Self {
        Self {
            gtin: line.gtin.clone(),
            list_price: line.list_price,
            manager: line.manager,
            name: line.name.clone(),
            price: line.price,
            quantity: line.quantity,
            sku: line.sku.clone(),
            tax: line.tax,
            total: line.total,
            unit: line.unit,
        }
    }
}

/// The version of the canonical form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u8", into = "u8")]
pub enum Canon {
    /// RFC 8785 over the fields of [`Receipt`].
    #[default]
    V1,
}

impl From<Canon> for u8 {
    fn from(canon: Canon) -> Self {
        match canon {
            Canon::V1 => 1,
        }
    }
}

/// A canonical form that this version does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("canonical form {0} is not known to this version, which knows form 1")]
pub struct UnknownCanon(u8);

impl TryFrom<u8> for Canon {
    type Error = UnknownCanon;

    fn try_from(version: u8) -> Result<Self, UnknownCanon> {
        if version == 1 { Ok(Self::V1) } else { Err(UnknownCanon(version)) }
    }
}

/// A sale or a refund that is over (art. 286 I 3° bis CGI; BOI-TVA-DECLA-30-10-30).
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The consumer's basket that it was checked out from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basket: Option<BasketId>,
    /// Which canonical form its hash is over.
    pub canon: Canon,
    /// What was given back in cash.
    pub change: Money,
    /// The store's currency.
    pub currency: Currency,
    /// What was taken off: from lines in their order, then from all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discounts: Vec<Discount>,
    /// Minted where it was issued; it is saved once under this id.
    pub id: ReceiptId,
    /// When it was paid, by the clock of who issued it.
    pub issued_at: Moment,
    /// The products.
    pub lines: Vec<Line>,
    /// Its number within the series.
    pub number: ReceiptNo,
    /// When the first product was rung up.
    pub opened_at: Moment,
    /// Which period of the series it counts in: one more than there were closings before it. Absent in the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PeriodNo>,
    /// The hash of the series' entry before.
    pub prev: Hash,
    /// The receipt that it refunds; absent on a sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refunds: Option<Refunds>,
    /// The register.
    pub register: RegisterNo,
    /// What rounding to the smallest coin adds to what is paid; absent where nothing is rounded. It is no part of the price:
    /// `total` and `taxes` are without it.
    #[serde(default, skip_serializing_if = "Money::is_zero")]
    pub rounding: Money,
    /// Who sold.
    pub seller: SellerNo,
    /// Which of the register's enrolments.
    pub series: SeriesLetter,
    /// Whether it was issued in training; such receipts are never in a real total.
    pub simulated: bool,
    /// The establishment's number, where the store has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siret: Option<Siret>,
    /// The store.
    pub store: StoreNo,
    /// The taxes within the total, one line per rate, lowest rate first.
    pub taxes: Vec<TaxLine>,
    /// How it was paid; the sum less `change` is `total` and `rounding`.
    pub tenders: Vec<Tender>,
    /// The final price, tax included.
    pub total: Money,
}

impl Canonical for Receipt {}

/// Where a receipt is issued: the place, the person and the end of the chain that it continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Which series it continues.
    pub series: SeriesId,
    /// Where that series ends.
    pub head: Head,
    /// Who sells.
    pub seller: SellerNo,
    /// The establishment's number.
    pub siret: Option<Siret>,
    /// The store's currency.
    pub currency: Currency,
    /// Whether the store is a training store.
    pub simulated: bool,
    /// The smallest coin of the store.
    pub smallest_coin: SmallestCoin,
}

/// When and under which id a receipt is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issue {
    /// The receipt's id.
    pub id: ReceiptId,
    /// The consumer's basket that it comes from.
    pub basket: Option<BasketId>,
    /// When the first product was rung up.
    pub opened_at: Moment,
    /// When it was paid.
    pub issued_at: Moment,
}

/// Why a basket could not become a receipt; nothing was issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// Nothing was rung up.
    #[error("the basket is empty")]
    Empty,
    /// The payment is for another total or in other coins, or does not cover it.
    #[error("the tenders do not cover the total")]
    Unpaid,
    /// The series has no number left.
    #[error("the series has no number left: open another one")]
    SeriesFull,
    /// The basket's sums are out of range.
    #[error(transparent)]
    Basket(#[from] BasketError),
}

impl Receipt {
    /// Turns a paid basket into the next receipt of a series.
    pub fn issue(basket: &Basket, payment: &Payment, issuer: &Issuer, issue: Issue) -> Result<Self, IssueError> {
        if basket.is_empty() {
            return Err(IssueError::Empty);
        }
        let total = basket.total()?;
        let is_of_it = payment.total() == total && payment.coin() == issuer.smallest_coin;
        if !is_of_it || !payment.is_covered() {
            return Err(IssueError::Unpaid);
        }
        let number = ReceiptNo::try_from(issuer.head.number.saturating_add(1)).map_err(|_| IssueError::SeriesFull)?;
        Ok(Self {
            basket: issue.basket,
            canon: Canon::V1,
            change: payment.change().map_err(BasketError::from)?,
            currency: issuer.currency,
            discounts: basket.discounts()?,
            id: issue.id,
            issued_at: issue.issued_at,
            lines: basket.receipt_lines(),
            number,
            opened_at: issue.opened_at,
            period: None,
            prev: if Mutant::LinkForgotten.is_on() { Hash::GENESIS } else { issuer.head.hash },
            refunds: None,
            register: issuer.series.register,
            rounding: payment.rounding().map_err(BasketError::from)?,
            seller: issuer.seller,
            series: issuer.series.letter.clone(),
            simulated: issuer.simulated,
            siret: issuer.siret.clone(),
            store: issuer.series.store,
            taxes: basket.taxes()?,
            tenders: payment.tenders().to_vec(),
            total,
        })
    }

    /// What was paid, or given back, which is below zero: the total as it is rounded.
    pub fn paid(&self) -> Money {
        self.total.saturating_plus(self.rounding)
    }

    /// The same receipt in a period of its series.
    #[must_use]
    pub fn in_period(self, period: Option<PeriodNo>) -> Self {
        Self { period, ..self }
    }

    /// Whether cash went in or out, so that a drawer has to be opened.
    pub fn moves_cash(&self) -> bool {
        self.tenders.iter().any(|tender| tender.kind == TenderKind::Cash)
    }

    /// The series that it belongs to.
    pub fn series_id(&self) -> SeriesId {
        SeriesId { store: self.store, register: self.register, letter: self.series.clone() }
    }

    /// Whether the part paid in cash is rounded to this coin, and nothing else is.
    pub fn is_rounded_to(&self, coin: SmallestCoin) -> bool {
        payment::rounding(self.total, &self.tenders, coin) == Ok(self.rounding)
    }

    /// Whether line totals, discounts, taxes, tenders, rounding and total agree with each other.
    pub fn sums_agree(&self) -> bool {
        let lines: Vec<_> = self.lines.iter().map(|line| (line.tax, line.total)).collect();
        let by_rate = match self.refunds {
            Some(_) if !self.refund_is_sound() => None,
            Some(_) => discount::by_rate(&lines, &self.discounts).ok(),
            None => discount::reduced(&lines, &self.discounts),
        };
        let Some(by_rate) = by_rate else { return false };
        let products = self.lines.iter().all(|line| line.quantity.times(line.price) == Ok(line.total));
        let total = Money::total(by_rate.values().copied()) == Ok(self.total);
        let taxes = tax::breakdown(by_rate).as_ref() == Ok(&self.taxes);
        let given = Money::total(self.tenders.iter().map(|tender| tender.amount));
        let paid = given.and_then(|given| given.minus(self.change)) == self.total.plus(self.rounding);
        let rounded = SmallestCoin::ALL.into_iter().any(|coin| self.is_rounded_to(coin));
        products && total && taxes && paid && rounded
    }
}

impl Sealed<Receipt> {
    /// The head of the series after this receipt.
    pub fn head(&self) -> Head {
        Head { number: self.body.number.get(), hash: self.hash }
    }

    /// What is wrong with the receipt by itself, without its series or the catalogue.
    pub fn own_findings(&self) -> Vec<FindingKind> {
        let altered = (!self.is_intact()).then_some(FindingKind::AlteredContent);
        let sum = (!self.body.sums_agree()).then_some(FindingKind::WrongSum);
        altered.into_iter().chain(sum).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::discount::Reduction;
    use crate::product::Product;
    use proptest::prelude::*;

    pub(crate) fn sample(name: &str, price: i32, grams: i32) -> Receipt {
        issued(&basket(name, price, grams))
    }

    /// Ten percent off its line, and half a euro off the rest where there is as much.
    fn reduced_sample(name: &str, price: i32, grams: i32) -> Receipt {
        let mut basket = basket(name, price, grams);
        let line = basket.lines()[0].n;
        basket.reduce_line(line, Some(Reduction::Percent(1000.try_into().unwrap()))).unwrap();
        let _ = basket.reduce(Some(Reduction::Amount(50.into())));
        issued(&basket)
    }

    fn basket(name: &str, price: i32, grams: i32) -> Basket {
        let product = Product {
            sku: "FL-1".parse().unwrap(),
            gtin: None,
            name: name.to_owned(),
            category: String::new(),
            price: price.into(),
            tax: 550.try_into().unwrap(),
            unit: Unit::Kilogram,
            threshold: None,
        };
        let mut basket = Basket::default();
        basket.add(&product, grams.into()).unwrap();
        basket
    }

    fn issued(basket: &Basket) -> Receipt {
        paid(basket, SmallestCoin::ONE, TenderKind::Cash)
    }

    fn paid(basket: &Basket, coin: SmallestCoin, kind: TenderKind) -> Receipt {
        let mut payment = Payment::in_coins(basket.total().unwrap(), coin);
        if payment.total() > Money::ZERO {
            payment.tender(kind, payment.due(kind).unwrap()).unwrap();
        }
        let issuer = Issuer {
            series: SeriesId { store: StoreNo::FIRST, register: RegisterNo::FIRST, letter: "A".parse().unwrap() },
            head: Head::GENESIS,
            seller: SellerNo::FIRST,
            siret: None,
            currency: Currency::Euro,
            simulated: true,
            smallest_coin: payment.coin(),
        };
        let at = "2026-11-23T14:32:07.250+01:00".parse().unwrap();
        let issue = Issue { id: ReceiptId::mint(0, &[0; 10]), basket: None, opened_at: at, issued_at: at };
        Receipt::issue(basket, &payment, &issuer, issue).unwrap()
    }

    #[test]
    fn a_receipt_is_numbered_from_its_head_and_adds_up() {
        let receipt = sample("Pomme Gala", 249, 840);
        assert_eq!((receipt.number.get(), receipt.total), (1, 209.into()));
        assert_eq!(receipt.prev, Hash::GENESIS);
        assert!(receipt.sums_agree());
    }

    #[test]
    fn a_wrong_sum_shows() {
        let mut receipt = sample("Pomme Gala", 249, 840);
        receipt.total = receipt.total.plus(1.into()).unwrap();
        assert!(!receipt.sums_agree());
    }

    #[test]
    fn cash_is_rounded_beside_a_total_that_stays_what_it_is() {
        let (basket, fives) = (basket("Pomme Gala", 249, 840), 5.try_into().unwrap());
        let receipt = paid(&basket, fives, TenderKind::Cash);
        assert_eq!((receipt.total, receipt.rounding, receipt.paid()), (209.into(), 1.into(), 210.into()));
        assert_eq!(receipt.taxes, issued(&basket).taxes);
        assert!(receipt.sums_agree() && receipt.is_rounded_to(fives) && !receipt.is_rounded_to(SmallestCoin::ONE));
        let by_card = paid(&basket, fives, TenderKind::Card);
        assert!(by_card.rounding.is_zero() && by_card.sums_agree() && by_card.is_rounded_to(fives));
        assert!(!String::from_utf8(by_card.canonical_bytes()).unwrap().contains("rounding"));
        assert!(!issued(&basket).is_rounded_to(fives));
    }

    #[test]
    fn a_rounding_that_no_coin_makes_shows() {
        let basket = basket("Pomme Gala", 249, 840);
        let receipt = paid(&basket, 5.try_into().unwrap(), TenderKind::Cash);
        let mut taken = receipt.clone();
        (taken.rounding, taken.tenders[0].amount) = ((-4).into(), 205.into());
        let mut by_card = receipt.clone();
        by_card.tenders[0].kind = TenderKind::Card;
        let mut hidden = receipt;
        hidden.rounding = Money::ZERO;
        assert!([taken, by_card, hidden].iter().all(|wrong| !wrong.sums_agree()));
    }

    #[test]
    fn a_discount_is_an_entry_of_its_own_and_adds_up() {
        let receipt = reduced_sample("Pomme Gala", 249, 840);
        assert_eq!(receipt.lines[0].total, 209.into());
        assert_eq!(receipt.discounts.iter().map(|d| d.amount.minor()).collect::<Vec<_>>(), [-21, -50]);
        assert_eq!((receipt.total, receipt.taxes[0].gross), (138.into(), 138.into()));
        assert!(receipt.sums_agree());
        let mut hidden = receipt.clone();
        hidden.discounts.clear();
        assert!(!hidden.sums_agree());
    }

    #[test]
    fn the_canonical_form_of_a_known_receipt_stays_what_it_is() {
        let receipt = sample("Pomme Gala", 249, 840);
        assert_eq!(
            receipt.digest().to_string(),
            "638eee4b0c9508c7a90b797a68f4c09ee0cc62d15f3c24dba931c7210f261fde",
            "{}",
            String::from_utf8(receipt.canonical_bytes()).unwrap()
        );
    }

    proptest! {
        #[test]
        fn canonical_bytes_are_rfc_8785(name in "[^\\p{Cc}]{1,20}|.{1,20}", price in 0_i32..10_000, grams in 1_i32..5_000) {
            let receipt = reduced_sample(&name, price, grams);
            let reference = serde_json_canonicalizer::to_vec(&serde_json::to_value(&receipt).unwrap()).unwrap();
            prop_assert_eq!(String::from_utf8(receipt.canonical_bytes()), String::from_utf8(reference));
        }

        #[test]
        fn reading_back_keeps_the_hash(name in ".{1,20}", price in 0_i32..10_000, grams in 1_i32..5_000) {
            let receipt = reduced_sample(&name, price, grams);
            let read: Receipt = serde_json::from_slice(&receipt.canonical_bytes()).unwrap();
            prop_assert_eq!(read.digest(), receipt.digest());
        }
    }
}
