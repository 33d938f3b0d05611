//! Opens the training stores that a run needs.

use super::backoff::{Backoff, patiently};
use super::floor::{Delivered, Floor};
use super::register::Register;
use super::tally::Tally;
use crate::bot::client::{Client, ClientError};
use crate::bot::generator::{Assortment, Place, StoreIndex, opening_stock};
use crate::bot::plan::Plan;
use crate::clock::Mint;
use ed25519_dalek::SigningKey;
use futures_util::{StreamExt, TryStreamExt, stream};
use shared::api::sessions::Enrol;
use shared::api::stock::NewMovement;
use shared::api::stores::{NewRegister, NewSeller, NewStore};
use shared::chain::PublicKey;
use shared::coin::SmallestCoin;
use shared::event::StockItem;
use shared::ids::{RegisterNo, SellerNo, StoreNo};
use shared::money::Currency;
use shared::store::{Role, Store};
use shared::time::CutOff;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The zone of all stores of a run.
pub const ZONE: &str = "Europe/Paris";
/// How many requests are under way at once: setting up is not what is measured.
const AT_ONCE: usize = 8;
/// The most products that one delivery holds.
const MAX_ITEMS: usize = 1_000;

/// Opens stores, registers, staff, stock and series.
pub struct Setup<'a> {
    /// The server.
    pub client: &'a Client,
    /// Mints ids, keys and PINs.
    pub mint: &'a Mint,
    /// How many of everything.
    pub plan: &'a Plan,
    /// What is sold.
    pub assortment: &'a Assortment,
}

impl Setup<'_> {
    /// Opens everything. What exists already after a lost answer is taken as it is.
    pub async fn open(&self, tally: Arc<Tally>) -> Result<Floor, ClientError> {
        let mut stores = Vec::new();
        // One after the other, so that stores get their numbers in the plan's order.
        for index in (0..self.plan.stores).map(StoreIndex) {
            stores.push((index, self.open_store(index).await?));
        }
        // Collected first: a closure kept across the await would bar the run from being a task of its own.
        let furnishing: Vec<_> = stores.iter().map(|(index, store)| self.furnish(*index, store, &tally)).collect();
        let furnished: Vec<_> = stream::iter(furnishing).buffer_unordered(AT_ONCE).try_collect().await?;
        let mut registers = Vec::new();
        let mut delivered = BTreeMap::new();
        for (store, mut opened, stock) in furnished {
            registers.append(&mut opened);
            delivered.insert(store, stock);
        }
        Ok(Floor::new(registers, delivered, tally))
    }

    async fn open_store(&self, index: StoreIndex) -> Result<Store, ClientError> {
        let store = NewStore {
            no: None,
            name: format!("Simulation {} · {}", self.plan.seed.0, u32::from(index.0) + 1),
            city: String::new(),
            siret: None,
            time_zone: ZONE.to_owned(),
            currency: Currency::Euro,
            cut_off: CutOff::default(),
            training: true,
            refuse_below_zero: false,
            smallest_coin: SmallestCoin::ONE,
            void_needs_manager: false,
        };
        self.patiently(|| self.client.open_store(&store)).await
    }

    async fn furnish(
        &self,
        index: StoreIndex,
        store: &Store,
        tally: &Arc<Tally>,
    ) -> Result<(StoreNo, Vec<Register>, Delivered), ClientError> {
        for seller in sellers(self.plan) {
            self.add_seller(store.no, seller).await?;
        }
        let delivered = self.stock(index, store.no).await?;
        let mut registers = Vec::new();
        for place in self.plan.places().filter(|place| place.store == index) {
            registers.push(self.open_register(place, store, tally).await?);
        }
        Ok((store.no, registers, delivered))
    }

    async fn add_seller(&self, store: StoreNo, no: SellerNo) -> Result<(), ClientError> {
        let pin = u64::from_le_bytes(self.mint.random()) % 100_000_000;
        let seller =
            NewSeller { no: Some(no), name: format!("Bot {no}"), role: Role::Seller, pin: format!("{pin:08}") };
        there_already(self.patiently(|| self.client.add_seller(store, &seller)).await)
    }

    async fn stock(&self, index: StoreIndex, store: StoreNo) -> Result<Delivered, ClientError> {
        let items = opening_stock(self.assortment, self.plan.seed, index);
        for items in items.chunks(MAX_ITEMS) {
            let delivery = NewMovement { id: Some(self.mint.event_id()), items: items.to_vec() };
            self.patiently(|| self.client.deliver(store, &delivery)).await?;
        }
        Ok(items.into_iter().map(|StockItem { sku, quantity }| (sku, quantity)).collect())
    }

    async fn open_register(&self, place: Place, store: &Store, tally: &Arc<Tally>) -> Result<Register, ClientError> {
        let no = RegisterNo::try_from(u64::from(place.register) + 1).unwrap_or(RegisterNo::MAX);
        let register = NewRegister { no: Some(no) };
        there_already(self.patiently(|| self.client.add_register(store.no, &register)).await)?;
        let key = SigningKey::from_bytes(&self.mint.random());
        let enrol = Enrol {
            public_key: PublicKey::from_bytes(key.verifying_key().to_bytes()),
            holder: format!("comptoir bot, seed {}", self.plan.seed.0),
            take_over: false,
        };
        let enrolled = self.patiently(|| self.client.enrol(store.no, no, &enrol)).await?;
        Ok(Register::new(place, enrolled.series, enrolled.head, store.currency, key, Arc::clone(tally)))
    }

    async fn patiently<T, F: Future<Output = Result<T, ClientError>>>(
        &self,
        ask: impl FnMut() -> F,
    ) -> Result<T, ClientError> {
        patiently(Backoff::new(self.mint.random()), ask).await
    }
}

/// Who sells in every store of the run.
pub fn sellers(plan: &Plan) -> impl Iterator<Item = SellerNo> + use<> {
    (1..=u64::from(plan.sellers)).filter_map(|no| SellerNo::try_from(no).ok())
}

fn there_already(outcome: Result<(), ClientError>) -> Result<(), ClientError> {
    outcome.or_else(|error| if error.is_conflict() { Ok(()) } else { Err(error) })
}
