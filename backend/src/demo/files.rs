//! The demo's files, as they lie beside the program's source.

use crate::import::products;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use shared::coin::SmallestCoin;
use shared::ids::{RegisterNo, SellerNo, Siret, StoreNo};
use shared::money::Currency;
use shared::product::Product;
use shared::store::{Role, Seller, Store};
use shared::time::CutOff;

const PRODUCTS: &str = include_str!("../../demo/products.csv");
const STORES: &str = include_str!("../../demo/stores.csv");
const SELLERS: &str = include_str!("../../demo/sellers.csv");

/// A store of the demo, and what to sign in with.
#[derive(Debug, Clone)]
pub struct DemoStore {
    /// The store.
    pub store: Store,
    /// Its registers.
    pub registers: Vec<RegisterNo>,
    /// Its staff, with their PINs: the last digit of the number, four times.
    pub sellers: Vec<(Seller, String)>,
}

/// The catalogue.
pub fn products() -> Vec<Product> {
    products::read(PRODUCTS.as_bytes()).products
}

/// The stores.
pub fn stores() -> Vec<DemoStore> {
    let sellers: Vec<SellerRow> = rows(SELLERS);
    rows::<StoreRow>(STORES).into_iter().map(|row| row.with(&sellers)).collect()
}

#[derive(Deserialize)]
struct StoreRow {
    number: StoreNo,
    name: String,
    city: String,
    siret: Siret,
    time_zone: String,
    registers: u64,
}

#[derive(Deserialize)]
struct SellerRow {
    store: StoreNo,
    number: SellerNo,
    name: String,
    role: Role,
}

impl StoreRow {
    fn with(self, sellers: &[SellerRow]) -> DemoStore {
        let staff = sellers.iter().filter(|seller| seller.store == self.number);
        DemoStore {
            store: Store {
                no: self.number,
                name: self.name,
                city: self.city,
                siret: Some(self.siret),
                time_zone: self.time_zone,
                currency: Currency::Euro,
                cut_off: CutOff::default(),
                training: true,
                refuse_below_zero: false,
                smallest_coin: SmallestCoin::ONE,
                void_needs_manager: false,
            },
            registers: (1..=self.registers).filter_map(|no| RegisterNo::try_from(no).ok()).collect(),
            sellers: staff.map(SellerRow::seller).collect(),
        }
    }
}

impl SellerRow {
    fn seller(&self) -> (Seller, String) {
        let seller = Seller { no: self.number, name: self.name.clone(), role: self.role, renewed: 0 };
        (seller, (self.number.get() % 10).to_string().repeat(4))
    }
}

/// Rows of a file that lies beside the source; a test reads all of them.
fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::quantity::Unit;
    use std::collections::BTreeSet;

    /// Whether the last of 13 digits is what the others, weighed 1 and 3 in turn, make it.
    fn is_ean_13(digits: &str) -> bool {
        let digits: Vec<_> = digits.chars().filter_map(|digit| digit.to_digit(10)).collect();
        let weighed = digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight);
        digits.len() == 13 && weighed.sum::<u32>() % 10 == 0
    }

    #[test]
    fn every_row_of_the_files_is_good() {
        let read = products::read(PRODUCTS.as_bytes());
        assert_eq!(read.errors, []);
        assert_eq!(read.products.len(), PRODUCTS.lines().count() - 1);
        assert_eq!(rows::<StoreRow>(STORES).len(), STORES.lines().count() - 1);
        assert_eq!(rows::<SellerRow>(SELLERS).len(), SELLERS.lines().count() - 1);
    }

    #[test]
    fn a_french_supermarket_has_all_four_rates_and_sells_by_piece_and_by_weight() {
        let products = products();
        assert!(products.len() > 500, "{}", products.len());
        let rates: BTreeSet<u16> = products.iter().map(|product| product.tax.into()).collect();
        assert_eq!(rates, BTreeSet::from([210, 550, 1000, 2000]));
        for unit in [Unit::Piece, Unit::Kilogram] {
            let share = products.iter().filter(|product| product.unit == unit).count();
            assert!(share > 20, "{share} by {unit:?}");
        }
    }

    #[test]
    fn barcodes_are_ean_13_and_each_names_one_product() {
        let products = products();
        let codes: Vec<_> =
            products.iter().filter_map(|product| product.gtin.as_ref()).map(ToString::to_string).collect();
        assert!(codes.len() > 100 && codes.len() < products.len(), "some have one, and some have none");
        for code in &codes {
            assert!(is_ean_13(code), "{code}");
        }
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    }

    #[test]
    fn three_stores_with_two_registers_three_sellers_and_a_manager() {
        for demo in stores() {
            assert_eq!((demo.registers.len(), demo.sellers.len()), (2, 4));
            let managers = demo.sellers.iter().filter(|(seller, _)| seller.role == Role::Manager);
            assert_eq!(managers.map(|(_, pin)| pin.as_str()).collect::<Vec<_>>(), ["9999"]);
        }
    }
}
