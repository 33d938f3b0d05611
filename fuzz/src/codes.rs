//! Codes as scanners type them: barcodes, labels of the store's own scale, codes of receipts.

use shared::ids::Gtin;
use shared::money::Money;
use shared::product::Product;
use shared::quantity::Unit;
use shared::receipt_code::Reference;
use shared::scan::{Scanned, quantity_for, read};

/// Prices at which a label's own price is turned into a quantity, in cents.
const PRICES: [i32; 5] = [1, 99, 249, 1_999, 1_000_000];

/// The target `codes`.
pub fn check(data: &[u8]) {
    let Ok(code) = std::str::from_utf8(data) else { return };
    is_read_right(code.trim(), read(code));
    if let Some(reference) = Reference::read(code) {
        let hash = reference.hash.to_string();
        assert!(code.split(' ').any(|word| word == hash), "the hash stands in the code");
    }
}

fn is_read_right(code: &str, scanned: Scanned) {
    match scanned {
        Scanned::Item(gtin) => {
            assert_eq!(gtin.as_str(), code);
            assert!(is_gtin(code), "the check digit holds");
        }
        Scanned::Priced { item, price } => {
            assert_eq!(label(&item, price.minor()), code);
            for of in PRICES {
                is_worth_its_label(of, price);
            }
        }
        Scanned::Weighed { item, weight } => assert_eq!(label(&item, weight.thousandths()), code),
        Scanned::Other(text) => {
            assert_eq!(text, code);
            assert!(!is_gtin(code), "no barcode passes as something else");
        }
    }
}

/// The label that a scale prints for a product and a figure of five digits.
fn label(item: &Gtin, figure: i64) -> String {
    assert!((1..=99_999).contains(&figure) && item.as_str().len() == 13, "{item} {figure}");
    assert!(is_gtin(item.as_str()) && item.as_str().get(7..12) == Some("00000"), "{item}");
    let digits: String = item.as_str().chars().take(7).collect();
    let digits = format!("{digits}{figure:05}");
    format!("{digits}{}", check_digit(&digits))
}

/// A label never buys more than it pays for.
fn is_worth_its_label(price: i32, label: Money) {
    for unit in [Unit::Piece, Unit::Kilogram] {
        if let Some(quantity) = quantity_for(&product(price, unit), label) {
            assert!(quantity.fits_line(unit));
            assert!(quantity.times(price.into()).expect("a label's price is small") <= label);
        }
    }
}

fn is_gtin(code: &str) -> bool {
    let is_long_enough = matches!(code.len(), 8 | 12 | 13 | 14) && code.bytes().all(|byte| byte.is_ascii_digit());
    let Some((digits, last)) = code.split_at_checked(code.len().saturating_sub(1)) else { return false };
    is_long_enough && last == check_digit(digits).to_string()
}

/// The check digit behind these digits (GS1 General Specifications 7.9): what fills the sum up to a multiple of ten, the
/// digits from the last to the first counting three times and once in turn.
fn check_digit(digits: &str) -> u32 {
    let mut sum = 0;
    for (place, digit) in digits.chars().rev().filter_map(|digit| digit.to_digit(10)).enumerate() {
        sum += if place % 2 == 0 { 3 * digit } else { digit };
    }
    (10 - sum % 10) % 10
}

fn product(price: i32, unit: Unit) -> Product {
    Product { price: price.into(), unit, ..shared::example::product(0) }
}
