//! What is there before anything happens: the catalogue, the stores with their registers and staff, and full shelves.

use super::world::World;
use crate::log::{EventLog, NewRecord};
use crate::model::product::ProductDocument;
use crate::model::register::{self, RegisterDocument};
use crate::model::seller::{self, SellerDocument};
use crate::model::store as store_model;
use crate::store::documents::{Document, Swap};
use shared::coin::SmallestCoin;
use shared::event::{Event, StockItem, StockMovement};
use shared::ids::{RegisterNo, StoreNo};
use shared::money::Currency;
use shared::quantity::Quantity;
use shared::store::{Role, Seller, Store};

impl World {
    /// Writes it all.
    pub async fn open(&self, log: &dyn EventLog) {
        for product in &self.products {
            let document = ProductDocument { product: product.clone(), price_before: None };
            self.put(product.sku.as_str(), &document);
        }
        for no in self.stores() {
            let store = Store { smallest_coin: self.plan.coin, ..store(no) };
            self.put(&store_model::id(no), &store);
            for register in self.registers() {
                self.put(&register::id(no, register), &RegisterDocument::free(no, register));
            }
            for seller in super::world::sellers() {
                let who = Seller { no: seller, name: format!("Seller {seller}"), role: Role::Seller, renewed: 0 };
                self.put(&seller::id(no, seller), &SellerDocument::hired(no, who, String::new()));
            }
            self.tell(log, no, store_model::settings_event(&store)).await;
            self.tell(log, no, Event::Delivery(self.opening_stock())).await;
        }
    }

    pub fn registers(&self) -> Vec<RegisterNo> {
        (1..=u64::from(self.plan.registers)).map(|no| no.try_into().unwrap()).collect()
    }

    fn put<T: Document>(&self, id: &str, document: &T) {
        let body = serde_json::to_vec(document).unwrap();
        assert!(matches!(self.tables().swap(T::KIND, id, None, body), Swap::Done(_)));
    }

    async fn tell(&self, log: &dyn EventLog, store: StoreNo, event: Event) {
        let accepted_at = self.mint().now();
        loop {
            let event = event.clone();
            let record = NewRecord { store, event, accepted_at, flags: Vec::new(), request_id: None };
            if log.append(vec![record]).await.is_ok() {
                return;
            }
        }
    }

    fn opening_stock(&self) -> StockMovement {
        let item = |product: &shared::product::Product| StockItem {
            sku: product.sku.clone(),
            quantity: Quantity::pieces(self.chance.between(5, 30)),
        };
        let items = self.products.iter().map(item).collect();
        StockMovement { id: self.mint().event_id(), items, at: self.mint().now(), by: None, counterpart: None }
    }
}

fn store(no: StoreNo) -> Store {
    Store {
        no,
        name: format!("Store {no}"),
        city: String::new(),
        siret: None,
        time_zone: "Europe/Paris".to_owned(),
        currency: Currency::Euro,
        cut_off: shared::time::CutOff::default(),
        training: true,
        refuse_below_zero: false,
        smallest_coin: SmallestCoin::ONE,
        void_needs_manager: false,
    }
}
