//! The demo's files, as they lie beside the program's source.

use crate::import::products;
use serde::Deserialize;
use serde::de::DeserializeOwned;
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
            },
            registers: (1..=self.registers).filter_map(|no| RegisterNo::try_from(no).ok()).collect(),
            sellers: staff.map(SellerRow::seller).collect(),
        }
    }
}

impl SellerRow {
    fn seller(&self) -> (Seller, String) {
        let seller = Seller { no: self.number, name: self.name.clone(), role: self.role };
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

    #[test]
    fn every_row_of_the_files_is_good() {
        let read = products::read(PRODUCTS.as_bytes());
        assert_eq!(read.errors, []);
        assert_eq!(read.products.len(), PRODUCTS.lines().count() - 1);
        assert_eq!(rows::<StoreRow>(STORES).len(), STORES.lines().count() - 1);
        assert_eq!(rows::<SellerRow>(SELLERS).len(), SELLERS.lines().count() - 1);
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
