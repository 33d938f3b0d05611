//! Receipts that the till's own code issues, whatever is rung up: they add up, are canonical, verify, and can be refunded.

use crate::again::is_canonical;
use arbitrary::{Arbitrary, Unstructured};
use shared::basket::Basket;
use shared::chain::Sealed;
use shared::discount::Reduction;
use shared::example::{Till, json, product};
use shared::ids::SellerNo;
use shared::money::Money;
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use shared::receipt::Receipt;
use shared::verify::Verification;

/// Something that is rung up.
#[derive(Debug, Arbitrary)]
struct Rung {
    name: String,
    price: u32,
    rate: u16,
    quantity: u32,
    by_weight: bool,
    percent_off: Option<u16>,
    other_price: Option<u32>,
}

/// A sale.
#[derive(Debug, Arbitrary)]
struct Sale {
    rung: Vec<Rung>,
    amount_off: Option<u32>,
}

/// The target `issued`.
pub fn check(data: &[u8]) {
    let Ok(sale) = Sale::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let mut till = Till::new(1);
    let Some(receipt) = till.issue(&basket(&sale)) else { return };
    let refund = till.refund(&receipt);
    if let Some(refund) = &refund {
        assert_eq!(refund.body.total.plus(receipt.body.total), Ok(Money::ZERO), "all of it comes back");
    }
    let receipts: Vec<_> = [receipt].into_iter().chain(refund).collect();
    receipts.iter().for_each(is_sound);
    verifies(&till, &receipts);
}

fn basket(sale: &Sale) -> Basket {
    let mut basket = Basket::default();
    for rung in sale.rung.iter().take(20) {
        let Some((product, quantity)) = wanted(rung) else { continue };
        let Ok(line) = basket.add(&product, quantity) else { continue };
        // What does not fit leaves the basket as it was.
        if let Some(price) = rung.other_price {
            let price = i64::from(price).try_into().unwrap_or_default();
            let _ = basket.override_price(line, price, SellerNo::MAX);
        }
        let percent = rung.percent_off.and_then(|points| points.try_into().ok());
        let _ = percent.map(|percent| basket.reduce_line(line, Some(Reduction::Percent(percent))));
    }
    if let Some(amount) = sale.amount_off.and_then(|amount| i64::from(amount).try_into().ok()) {
        let _ = basket.reduce(Some(Reduction::Amount(amount)));
    }
    basket
}

fn wanted(rung: &Rung) -> Option<(Product, Quantity)> {
    let (unit, quantity) = if rung.by_weight {
        (Unit::Kilogram, i64::from(rung.quantity).try_into().ok()?)
    } else {
        (Unit::Piece, Quantity::pieces(rung.quantity))
    };
    let product = Product {
        name: rung.name.clone(),
        price: i64::from(rung.price).try_into().ok()?,
        tax: rung.rate.try_into().ok()?,
        unit,
        ..product(0)
    };
    product.validate().is_ok().then_some((product, quantity))
}

fn is_sound(receipt: &Sealed<Receipt>) {
    assert!(receipt.own_findings().is_empty(), "{:?}: {}", receipt.own_findings(), json(receipt));
    is_canonical(&receipt.body);
    crate::sealed::check(json(receipt).as_bytes());
}

fn verifies(till: &Till, receipts: &[Sealed<Receipt>]) {
    let mut verification = Verification::default();
    assert!(verification.introduce(till.series_key()));
    for receipt in receipts {
        verification.take(receipt, |key| receipt.is_signed_by(key));
    }
    assert_eq!(verification.end(&[till.series_head()], &[]), []);
}
