//! Barcode scanners that act as keyboards: telling them from a person, and reading what they scanned.
//!
//! A scanner types a code in one burst and mostly ends it with Enter. Characters are let through to whatever has the
//! focus as they come, so that typing never waits; once a burst turns out to be a scan, its characters are taken back
//! from where they went. Nothing is lost either way: every character is part of exactly one scan, or was typed.

use crate::ids::Gtin;
use crate::money::Money;
use crate::product::Product;
use crate::quantity::{Quantity, Unit};
use crate::receipt_code::MARK;

/// The longest time between two characters of one scan, in milliseconds.
///
/// USB scanners leave 1 to 15 ms, slow Bluetooth ones up to 30. The fastest typists leave 60 and more on average, and
/// only roll over two or three keys in less, never over [`MIN_CHARS`].
pub const MAX_GAP_MS: u64 = 35;

/// How long a burst without Enter stays open, in milliseconds: twice the gap, for scanners that send no Enter.
pub const SILENCE_MS: u64 = 2 * MAX_GAP_MS;

/// The shortest code that is taken for a scan: the shortest barcode in retail is EAN-8, house labels may bear six.
pub const MIN_CHARS: usize = 6;

/// The longest code, which is the one on a receipt (version 14 of a QR code). More is a key held down or a stuck scanner.
const MAX_CHARS: usize = 331;

/// The longest code of a product.
const MAX_PRODUCT_CHARS: usize = 64;

/// A key as the recogniser sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A key that types a character.
    Char(char),
    /// Enter or Tab, by which scanners end a code.
    End,
    /// Any other key: an arrow, a function key, a shortcut.
    Other,
}

/// What a key turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It opens a burst: remember what the field under the focus looks like, in case it has to be put back.
    Opens,
    /// It belongs to whoever has the focus, as far as can be told by now.
    Typed,
    /// It ended a scan: the field goes back to what it was when the burst opened, and the key does nothing else.
    Scanned(String),
    /// It is the end of a scan that silence gave out before: it does nothing.
    Late,
}

/// Tells a scanner from a person by the rhythm of the keys.
#[derive(Debug, Clone, Default)]
pub struct Recogniser {
    burst: String,
    last_at: u64,
    /// Silence gave out the last burst; its Enter may be on its way.
    given_out: bool,
}

impl Recogniser {
    /// Takes a key pressed at a time in milliseconds, from any fixed start.
    pub fn key(&mut self, key: Key, at: u64) -> Verdict {
        if at.saturating_sub(self.last_at) > MAX_GAP_MS {
            self.burst.clear();
            self.given_out = false;
        }
        self.last_at = at;
        let was_given_out = std::mem::take(&mut self.given_out);
        match key {
            Key::Char(c) => self.take(c),
            Key::End if was_given_out => Verdict::Late,
            Key::End if is_code(&self.burst) => Verdict::Scanned(std::mem::take(&mut self.burst)),
            Key::End | Key::Other => {
                self.burst.clear();
                Verdict::Typed
            }
        }
    }

    /// Call when no key came for [`SILENCE_MS`]: gives the scan of a scanner that sends no Enter. Without that end only
    /// a barcode with its right check digit counts.
    ///
    /// Anything else stays open, and an Enter that belongs to a barcode is told from one that is meant: a page that was
    /// busy hears of keys late, and takes its own pause for the scanner's. The keys' own times tell.
    pub fn silence(&mut self) -> Option<String> {
        let code = self.burst.parse::<Gtin>().is_ok().then(|| std::mem::take(&mut self.burst));
        self.given_out |= code.is_some();
        code
    }

    /// Whether the last key came so soon after another that both may be of one scan.
    pub fn is_within_burst(&self) -> bool {
        self.burst.len() > 1
    }

    fn take(&mut self, c: char) -> Verdict {
        let opens = self.burst.is_empty();
        self.burst.push(c);
        if self.burst.len() > MAX_CHARS {
            self.burst.clear();
            return Verdict::Typed;
        }
        if opens { Verdict::Opens } else { Verdict::Typed }
    }
}

/// Barcodes and house codes: letters, digits and little else, among them a digit. No word that somebody types is that.
fn is_code(burst: &str) -> bool {
    burst.starts_with(MARK)
        || (MIN_CHARS..=MAX_PRODUCT_CHARS).contains(&burst.len())
            && burst.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
            && burst.bytes().any(|b| b.is_ascii_digit())
}

/// What a scanned code says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// A product's barcode.
    Item(Gtin),
    /// A label of the store's own scale or counter with a price.
    Priced {
        /// The barcode under which the catalogue knows the product.
        item: Gtin,
        /// What the label asks for.
        price: Money,
    },
    /// A label of the store's own scale with a weight.
    Weighed {
        /// The barcode under which the catalogue knows the product.
        item: Gtin,
        /// What the scale showed.
        weight: Quantity,
    },
    /// No barcode; perhaps a SKU.
    Other(String),
}

/// Reads a scanned code.
///
/// EAN-13 with the prefixes 20 to 29 is the store's own (GS1 General Specifications 1.4.4). This chain prints a price
/// in cents in digits 8 to 12 under the prefixes 20 to 24, and a weight in grams there under 25 to 29. The catalogue
/// knows such a product by its first seven digits, five zeros and the check digit of that. A label whose five digits
/// are zero is that barcode itself: the product without a price or weight.
pub fn read(code: &str) -> Scanned {
    let code = code.trim();
    let Ok(gtin) = code.parse::<Gtin>() else { return Scanned::Other(code.to_owned()) };
    in_store_label(code).unwrap_or(Scanned::Item(gtin))
}

fn in_store_label(code: &str) -> Option<Scanned> {
    let value: i32 = code.get(7..12).filter(|_| code.len() == 13)?.parse().ok().filter(|&value| value > 0)?;
    let item = with_check_digit(&format!("{}00000", code.get(..7)?))?;
    match code.get(..2)? {
        "20" | "21" | "22" | "23" | "24" => Some(Scanned::Priced { item, price: value.into() }),
        "25" | "26" | "27" | "28" | "29" => Some(Scanned::Weighed { item, weight: value.into() }),
        _ => None,
    }
}

fn with_check_digit(digits: &str) -> Option<Gtin> {
    (0..10).find_map(|check| format!("{digits}{check}").parse().ok())
}

/// How much of a product a label's price stands for; `None` where the price fits no quantity.
///
/// Pieces cost a multiple of their price. A weight is known to the gram, which may cost more than a cent: it is the most
/// that costs no more than the label says.
pub fn quantity_for(product: &Product, label: Money) -> Option<Quantity> {
    let (label, price) = (label.minor(), product.price.minor());
    if price <= 0 || label <= 0 {
        return None;
    }
    let thousandths = match product.unit {
        Unit::Piece => (label % price == 0).then_some(label / price * 1000)?,
        // The largest q for which q · price / 1000, rounded half up, is at most the label.
        Unit::Kilogram => (label * 1000 + 499) / price,
    };
    Quantity::try_from(thousandths).ok().filter(|quantity| quantity.fits_line(product.unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EAN: &str = "4006381333931";

    fn burst(recogniser: &mut Recogniser, text: &str, start: u64, gap: u64) -> u64 {
        text.chars().fold(start, |at, c| {
            assert_ne!(recogniser.key(Key::Char(c), at), Verdict::Scanned(text.to_owned()));
            at + gap
        })
    }

    fn product(price: i32, unit: Unit) -> Product {
        Product {
            sku: "P".parse().unwrap(),
            gtin: None,
            name: "P".to_owned(),
            category: String::new(),
            price: price.into(),
            tax: 550.try_into().unwrap(),
            unit,
            threshold: None,
        }
    }

    #[test]
    fn a_burst_that_ends_with_enter_is_a_scan() {
        let mut recogniser = Recogniser::default();
        let at = burst(&mut recogniser, EAN, 1000, 10);
        assert_eq!(recogniser.key(Key::End, at), Verdict::Scanned(EAN.to_owned()));
        assert_eq!(recogniser.key(Key::End, at + 1), Verdict::Typed);
    }

    #[test]
    fn a_burst_without_enter_is_a_scan_if_its_check_digit_is_right() {
        let mut recogniser = Recogniser::default();
        burst(&mut recogniser, EAN, 1000, 10);
        assert_eq!(recogniser.silence(), Some(EAN.to_owned()));
        assert_eq!(recogniser.silence(), None);
        burst(&mut recogniser, "4006381333932", 2000, 10);
        assert_eq!(recogniser.silence(), None);
    }

    #[test]
    fn the_code_of_a_receipt_is_a_scan_though_it_has_spaces() {
        let code = format!("{MARK}1 1 A 1 209 EUR 2026-11-23T14:32:07.250+01:00 {} {}", "0".repeat(64), "x".repeat(86));
        let mut recogniser = Recogniser::default();
        let at = burst(&mut recogniser, &code, 1000, 3);
        assert_eq!(recogniser.key(Key::End, at), Verdict::Scanned(code));
    }

    #[test]
    fn a_person_types() {
        let mut recogniser = Recogniser::default();
        let at = burst(&mut recogniser, EAN, 1000, 60);
        assert_eq!(recogniser.key(Key::End, at), Verdict::Typed);
        let at = burst(&mut recogniser, "baguette", 5000, 5);
        assert_eq!(recogniser.key(Key::End, at), Verdict::Typed);
        let at = burst(&mut recogniser, "12", 9000, 20);
        assert_eq!(recogniser.key(Key::End, at), Verdict::Typed);
    }

    #[test]
    fn two_scans_in_a_row_are_two() {
        let mut recogniser = Recogniser::default();
        for start in [0, 200] {
            let at = burst(&mut recogniser, EAN, start, 8);
            assert_eq!(recogniser.key(Key::End, at), Verdict::Scanned(EAN.to_owned()));
        }
    }

    #[test]
    fn a_page_that_pauses_within_a_scan_loses_none_of_it() {
        let mut recogniser = Recogniser::default();
        let at = burst(&mut recogniser, &EAN[..1], 1000, 5);
        assert_eq!(recogniser.silence(), None);
        let at = burst(&mut recogniser, &EAN[1..], at, 5);
        assert_eq!(recogniser.key(Key::End, at), Verdict::Scanned(EAN.to_owned()));
    }

    #[test]
    fn the_enter_of_a_scan_does_nothing_however_late_the_page_hears_of_it() {
        let mut recogniser = Recogniser::default();
        let at = burst(&mut recogniser, EAN, 1000, 5);
        assert_eq!(recogniser.silence(), Some(EAN.to_owned()));
        assert_eq!(recogniser.silence(), None);
        assert_eq!(recogniser.key(Key::End, at), Verdict::Late);
        assert_eq!(recogniser.key(Key::End, at + 1), Verdict::Typed);
        burst(&mut recogniser, EAN, 2000, 5);
        assert_eq!(recogniser.silence(), Some(EAN.to_owned()));
        assert_eq!(recogniser.key(Key::End, 9000), Verdict::Typed);
    }

    #[test]
    fn a_digit_typed_just_before_a_scan_stays_typed() {
        let mut recogniser = Recogniser::default();
        assert_eq!(recogniser.key(Key::Char('3'), 0), Verdict::Opens);
        assert_eq!(recogniser.key(Key::Char('4'), 100), Verdict::Opens);
        burst(&mut recogniser, &EAN[1..], 105, 5);
        assert_eq!(recogniser.silence(), Some(EAN.to_owned()));
    }

    #[test]
    fn reads_the_labels_of_the_house() {
        let item: Gtin = "2112345000001".parse().or_else(|_| with_check_digit("211234500000").ok_or(())).unwrap();
        let label = with_check_digit("211234500590").unwrap();
        assert_eq!(read(label.as_str()), Scanned::Priced { item, price: 590.into() });
        let item = with_check_digit("261234500000").unwrap();
        let label = with_check_digit("261234500840").unwrap();
        assert_eq!(read(label.as_str()), Scanned::Weighed { item: item.clone(), weight: 840.into() });
        assert_eq!(read(item.as_str()), Scanned::Item(item.clone()));
        assert_eq!(read(&format!(" {EAN}\n")), Scanned::Item(EAN.parse().unwrap()));
        assert_eq!(read("FL-1"), Scanned::Other("FL-1".to_owned()));
    }

    #[test]
    fn a_price_that_is_no_multiple_fits_no_number_of_pieces() {
        assert_eq!(quantity_for(&product(250, Unit::Piece), 500.into()), Some(Quantity::pieces(2)));
        assert_eq!(quantity_for(&product(250, Unit::Piece), 501.into()), None);
        assert_eq!(quantity_for(&product(0, Unit::Kilogram), 501.into()), None);
    }

    proptest! {
        #[test]
        fn no_character_is_lost(keys in prop::collection::vec(("[0-9A-Za-z é]", 1_u64..80, prop::bool::weighted(0.1)), 0..120)) {
            let (mut recogniser, mut at, mut kept, mut all) = (Recogniser::default(), 0, String::new(), String::new());
            for (text, gap, ends) in keys {
                at += gap;
                let key = if ends { Key::End } else { text.chars().next().map_or(Key::Other, Key::Char) };
                if let Key::Char(c) = key { all.push(c); }
                match recogniser.key(key, at) {
                    Verdict::Scanned(code) => prop_assert!(kept.ends_with(&code)),
                    _ => if let Key::Char(c) = key { kept.push(c); }
                }
            }
            prop_assert_eq!(kept, all);
        }

        #[test]
        fn any_barcode_at_any_scanner_speed_is_a_scan(digits in "[0-9]{12}", gap in 1_u64..=MAX_GAP_MS) {
            let code = with_check_digit(&digits).unwrap();
            let mut recogniser = Recogniser::default();
            let at = burst(&mut recogniser, code.as_str(), 1000, gap);
            prop_assert_eq!(recogniser.key(Key::End, at), Verdict::Scanned(code.to_string()));
        }

        #[test]
        fn reading_never_panics(code in ".{0,20}") {
            read(&code);
        }

        #[test]
        fn a_weight_costs_at_most_its_label_and_a_gram_more_costs_more(price in 1_i32..10_000, label in 1_i32..100_000) {
            let product = product(price, Unit::Kilogram);
            if let Some(quantity) = quantity_for(&product, label.into()) {
                prop_assert!(quantity.times(product.price).unwrap() <= label.into());
                prop_assert!(quantity.saturating_plus(1.into()).times(product.price).unwrap() > label.into());
            }
        }
    }
}
