//! Products and receipts for tests.

use shared::basket::Basket;
use shared::canonical::Canonical;
use shared::chain::{Head, Sealed, Signature};
use shared::coin::SmallestCoin;
use shared::ids::{ReceiptId, RegisterNo, SellerNo, SeriesId, StoreNo};
use shared::money::Currency;
use shared::payment::{Payment, TenderKind};
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use shared::receipt::{Issue, Issuer, Receipt};
use shared::time::Moment;

pub(crate) fn product(name: &str, price: i32, unit: Unit) -> Product {
    Product {
        sku: name.to_uppercase().parse().unwrap(),
        gtin: None,
        name: name.to_owned(),
        category: "Crèmerie".to_owned(),
        price: price.into(),
        tax: 550.try_into().unwrap(),
        unit,
        threshold: None,
    }
}

pub(crate) fn moment() -> Moment {
    "2026-11-23T14:32:07.250+01:00".parse().unwrap()
}

/// A receipt of one piece with a number of its own and a signature of zeros.
pub(crate) fn sealed(number: u64) -> Sealed<Receipt> {
    let mut basket = Basket::default();
    basket.add(&product("milk", 100, Unit::Piece), Quantity::ONE).unwrap();
    let mut payment = Payment::of(100.into());
    payment.tender(TenderKind::Cash, 100.into()).unwrap();
    let issuer = Issuer {
        series: SeriesId { store: StoreNo::FIRST, register: RegisterNo::FIRST, letter: "A".parse().unwrap() },
        head: Head { number: number - 1, ..Head::GENESIS },
        seller: SellerNo::FIRST,
        siret: None,
        currency: Currency::Euro,
        simulated: true,
        smallest_coin: SmallestCoin::ONE,
    };
    let issue = Issue { id: ReceiptId::mint(number, &[7; 10]), basket: None, opened_at: moment(), issued_at: moment() };
    let body = Receipt::issue(&basket, &payment, &issuer, issue).unwrap();
    Sealed { hash: body.digest(), body, signature: Signature::from_bytes([0; 64]) }
}
