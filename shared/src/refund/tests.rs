//! Refunds against the receipts that they give back.

use super::{Portion, RefundError, Returned, left, take};
use crate::basket::Basket;
use crate::canonical::Canonical;
use crate::chain::Head;
use crate::coin::SmallestCoin;
use crate::discount::Reduction;
use crate::ids::{ReceiptId, RegisterNo, SellerNo, SeriesId, StoreNo};
use crate::money::{Currency, Money};
use crate::payment::{Payment, TenderKind};
use crate::product::Product;
use crate::quantity::{Quantity, Unit};
use crate::receipt::{Issue, Issuer, Receipt};
use proptest::prelude::*;

fn issuer(head: Head) -> Issuer {
    Issuer {
        series: SeriesId { store: StoreNo::FIRST, register: RegisterNo::FIRST, letter: "A".parse().unwrap() },
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
    Issue { id: ReceiptId::mint(number, &[0; 10]), basket: None, opened_at: at, issued_at: at }
}

/// What is sold: rate in basis points, price, grams, and what is off the line, in basis points.
type Item = (u16, i32, i32, Option<u16>);

fn sold(items: &[Item], off: Option<Reduction>) -> Receipt {
    let mut basket = Basket::default();
    for (place, &(rate, price, grams, percent)) in items.iter().enumerate() {
        let product = Product {
            sku: format!("P{place}").parse().unwrap(),
            gtin: None,
            name: "Pomme".to_owned(),
            category: String::new(),
            price: price.into(),
            tax: rate.try_into().unwrap(),
            unit: Unit::Kilogram,
            threshold: None,
        };
        let line = basket.add(&product, grams.into()).unwrap();
        let percent = percent.map(|basis_points| Reduction::Percent(basis_points.try_into().unwrap()));
        basket.reduce_line(line, percent).unwrap();
    }
    let _ = basket.reduce(off);
    let mut payment = Payment::of(basket.total().unwrap());
    if payment.total() > Money::ZERO {
        payment.tender(TenderKind::Cash, payment.total()).unwrap();
    }
    Receipt::issue(&basket, &payment, &issuer(Head::GENESIS), issue(0)).unwrap()
}

fn returned(line: u64, grams: i32) -> Returned {
    Returned { line: line.try_into().unwrap(), quantity: grams.into() }
}

#[test]
fn part_of_a_line_with_discounts_gives_back_what_was_paid_for_it() {
    // 4 kg at 2.50 less 10 % are 9.00, less 1.00 on everything are 8.00.
    let receipt = sold(&[(550, 250, 4000, Some(1000))], Some(Reduction::Amount(100.into())));
    let there = left(&receipt, []).unwrap();
    assert_eq!(there, [Portion { amount: 800.into(), line: 1.try_into().unwrap(), quantity: 4000.into() }]);
    let portions = take(&receipt, &there, &[returned(1, 1000)]).unwrap();
    let refund = Receipt::refund(&receipt, &portions, TenderKind::Card, &issuer(Head::GENESIS), issue(1)).unwrap();
    assert_eq!((refund.lines[0].total, refund.discounts[0].amount), ((-250).into(), 50.into()));
    assert_eq!(
        (refund.total, refund.taxes[0].gross, refund.tenders[0].amount),
        ((-200).into(), (-200).into(), (-200).into())
    );
    assert!(refund.sums_agree());
    assert_eq!(refund.given_back().unwrap(), portions);
    assert_eq!(left(&receipt, &portions).unwrap()[0].amount, 600.into());
    assert_eq!(left(&refund, []), Err(RefundError::IsRefund));
}

#[test]
fn what_comes_back_in_cash_is_rounded_and_to_a_card_it_is_not() {
    let fives = 5.try_into().unwrap();
    let issuer = Issuer { smallest_coin: fives, ..issuer(Head::GENESIS) };
    for (price, kind, back) in [
        (102, TenderKind::Cash, -100),
        (103, TenderKind::Cash, -105),
        (2, TenderKind::Cash, 0),
        (102, TenderKind::Card, -102),
    ] {
        let receipt = sold(&[(550, price, 1000, None)], None);
        let portions = left(&receipt, []).unwrap();
        let refund = Receipt::refund(&receipt, &portions, kind, &issuer, issue(1)).unwrap();
        assert_eq!((refund.total.minor(), refund.tenders[0].amount.minor()), (-i64::from(price), back));
        assert_eq!((refund.paid(), refund.rounding.minor()), (refund.tenders[0].amount, back + i64::from(price)));
        assert!(refund.sums_agree() && refund.is_rounded_to(fives), "{refund:?}");
    }
}

#[test]
fn more_than_is_left_and_what_is_not_there_is_refused() {
    let receipt = sold(&[(550, 250, 2000, None)], None);
    let there = left(&receipt, []).unwrap();
    let refused = |returned: &[Returned]| take(&receipt, &there, returned).unwrap_err();
    let first = 1.try_into().unwrap();
    assert_eq!(refused(&[returned(1, 2001)]), RefundError::MoreThanLeft { line: first, left: 2000.into() });
    assert_eq!(refused(&[returned(1, 0)]), RefundError::Quantity { line: first });
    assert_eq!(refused(&[returned(1, 1), returned(1, 1)]), RefundError::Twice(first));
    assert_eq!(refused(&[returned(2, 1)]), RefundError::NoSuchLine(2.try_into().unwrap()));
    assert_eq!(refused(&[]), RefundError::Nothing);
    let all = take(&receipt, &there, &[returned(1, 2000)]).unwrap();
    let nothing = left(&receipt, &all).unwrap();
    assert_eq!(
        take(&receipt, &nothing, &[returned(1, 1)]),
        Err(RefundError::MoreThanLeft { line: first, left: Quantity::ZERO })
    );
}

#[test]
fn a_refund_that_hides_something_does_not_add_up() {
    let receipt = sold(&[(550, 250, 2000, Some(1000)), (2000, 100, 1000, None)], None);
    let portions = take(&receipt, &left(&receipt, []).unwrap(), &[returned(1, 1000), returned(2, 1000)]).unwrap();
    let sound = Receipt::refund(&receipt, &portions, TenderKind::Cash, &issuer(Head::GENESIS), issue(1)).unwrap();
    assert!(sound.sums_agree());
    let wrong: [fn(&mut Receipt); 6] = [
        |it| it.refunds = None,
        |it| it.refunds.as_mut().unwrap().lines.truncate(1),
        |it| it.discounts.clear(),
        |it| it.tenders[0].amount = it.tenders[0].amount.plus(1.into()).unwrap(),
        |it| it.lines[0].quantity = 1000.into(),
        |it| it.change = 1.into(),
    ];
    for (place, alter) in wrong.iter().enumerate() {
        let mut altered = sound.clone();
        alter(&mut altered);
        assert!(!altered.sums_agree(), "{place}");
    }
}

fn some_items() -> impl Strategy<Value = Vec<Item>> {
    let rate = prop::sample::select(vec![0_u16, 550, 1000, 2000]);
    let off = prop::option::of(1_u16..=10_000);
    prop::collection::vec((rate, 0_i32..2_000, 1_i32..5_000, off), 1..6)
}

proptest! {
    #[test]
    fn whatever_the_steps_all_of_it_is_what_was_paid_and_never_more(
        items in some_items(),
        off in prop::option::of(1_i32..5_000),
        steps in prop::collection::vec((1_u64..6, 1_i32..5_000, any::<bool>()), 0..20),
    ) {
        let receipt = sold(&items, off.map(|amount| Reduction::Amount(amount.into())));
        let mut refunded: Vec<Portion> = Vec::new();
        for (line, grams, release) in steps {
            // A reservation in the middle that is given up changes nothing of the outcome.
            if release && !refunded.is_empty() {
                refunded.remove(0);
            }
            let there = left(&receipt, &refunded).unwrap();
            refunded.extend(take(&receipt, &there, &[returned(line, grams)]).into_iter().flatten());
        }
        let there = left(&receipt, &refunded).unwrap();
        let rest: Vec<_> = there.iter().filter(|portion| portion.quantity > Quantity::ZERO)
            .map(|portion| Returned { line: portion.line, quantity: portion.quantity }).collect();
        let given = |portions: &[Portion]| Money::total(portions.iter().map(|portion| portion.amount)).unwrap();
        prop_assert!(given(&refunded) <= receipt.total);
        if !rest.is_empty() {
            refunded.extend(take(&receipt, &there, &rest).unwrap());
        }
        prop_assert_eq!(given(&refunded), receipt.total);
    }

    #[test]
    fn a_refund_of_everything_mirrors_its_receipt_and_is_canonical(items in some_items(), off in prop::option::of(1_i32..5_000)) {
        let receipt = sold(&items, off.map(|amount| Reduction::Amount(amount.into())));
        let there = left(&receipt, []).unwrap();
        prop_assert!(there.iter().all(|portion| portion.amount >= Money::ZERO));
        let all: Vec<_> = there.iter().map(|it| Returned { line: it.line, quantity: it.quantity }).collect();
        let portions = take(&receipt, &there, &all).unwrap();
        let refund = Receipt::refund(&receipt, &portions, TenderKind::Cash, &issuer(Head::GENESIS), issue(1)).unwrap();
        prop_assert!(refund.sums_agree());
        for (sold, back) in receipt.taxes.iter().zip(&refund.taxes) {
            prop_assert_eq!((sold.gross.minor(), sold.tax.minor()), (-back.gross.minor(), -back.tax.minor()));
        }
        let reference = serde_json_canonicalizer::to_vec(&serde_json::to_value(&refund).unwrap()).unwrap();
        prop_assert_eq!(String::from_utf8(refund.canonical_bytes()), String::from_utf8(reference));
        let read: Receipt = serde_json::from_slice(&refund.canonical_bytes()).unwrap();
        prop_assert_eq!(read, refund);
    }
}
