//! Stores with their registers and staff, as they were a moment ago.

use crate::model::register::{self, RegisterDocument};
use crate::model::{seller, store};
use crate::store::{Store, StoreError};
use crate::web::problem::{ApiError, Kind};
use shared::ids::{RegisterNo, SellerNo, StoreNo};
use shared::store::Seller;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How old a view may be: what another instance changed shows here after so long. Whoever misses something in a view
/// asks for a later one, so this only bounds how long a key passes as current after it was replaced elsewhere.
const LIFETIME: Duration = Duration::from_secs(5);

/// A store with its registers and staff.
#[derive(Debug)]
pub struct StoreView {
    /// The store.
    pub store: shared::store::Store,
    /// Its registers with their series.
    pub registers: BTreeMap<RegisterNo, RegisterDocument>,
    /// Its staff.
    pub sellers: BTreeMap<SellerNo, Seller>,
    read_at: Instant,
}

type Slot = Arc<tokio::sync::Mutex<Option<Arc<StoreView>>>>;

/// The views that were read lately. One reader per store at a time; the others wait for what it finds.
pub struct StoreCache {
    store: Arc<dyn Store>,
    slots: Mutex<HashMap<StoreNo, Slot>>,
}

impl StoreCache {
    /// A cache that is empty.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, slots: Mutex::default() }
    }

    /// A store, not older than a few seconds.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it has to be read and cannot be.
    pub async fn get(&self, no: StoreNo) -> Result<Option<Arc<StoreView>>, StoreError> {
        self.younger(no, |view| view.read_at.elapsed() < LIFETIME).await
    }

    /// A store as it was at `instant` or later.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it has to be read and cannot be.
    pub async fn since(&self, no: StoreNo, instant: Instant) -> Result<Option<Arc<StoreView>>, StoreError> {
        self.younger(no, |view| view.read_at >= instant).await
    }

    /// A store that the caller names.
    ///
    /// # Errors
    ///
    /// [`Kind::UnknownStore`], and the store's own.
    pub async fn require(&self, no: StoreNo) -> Result<Arc<StoreView>, ApiError> {
        self.get(no).await?.ok_or_else(|| Kind::UnknownStore.because(format!("There is no store {no}.")))
    }

    /// Forgets a store that was just changed.
    pub async fn forget(&self, no: StoreNo) {
        let slot = self.slot(no);
        *slot.lock().await = None;
    }

    async fn younger(
        &self,
        no: StoreNo,
        will_do: impl Fn(&StoreView) -> bool + Send,
    ) -> Result<Option<Arc<StoreView>>, StoreError> {
        let slot = self.slot(no);
        let mut held = slot.lock().await;
        if let Some(view) = held.as_ref().filter(|view| will_do(view)) {
            return Ok(Some(Arc::clone(view)));
        }
        *held = self.read(no).await?.map(Arc::new);
        if held.is_none() {
            self.drop_slot(no);
        }
        Ok(held.clone())
    }

    async fn read(&self, no: StoreNo) -> Result<Option<StoreView>, StoreError> {
        let read_at = Instant::now();
        let Some(found) = self.store.read::<shared::store::Store>(&store::id(no)).await? else {
            return Ok(None);
        };
        let registers = register::of_store(&*self.store, no).await?.into_iter();
        let sellers = seller::of_store(&*self.store, no).await?.into_iter();
        Ok(Some(StoreView {
            store: found.value,
            registers: registers.map(|register| (register.no, register)).collect(),
            sellers: sellers.map(|seller| (seller.no, seller)).collect(),
            read_at,
        }))
    }

    fn slot(&self, no: StoreNo) -> Slot {
        Arc::clone(self.slots.lock().unwrap_or_else(PoisonError::into_inner).entry(no).or_default())
    }

    /// Numbers of no store must not pile up.
    fn drop_slot(&self, no: StoreNo) {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).remove(&no);
    }
}

impl StoreView {
    /// One of its registers.
    ///
    /// # Errors
    ///
    /// [`Kind::UnknownRegister`].
    pub fn register(&self, no: RegisterNo) -> Result<&RegisterDocument, ApiError> {
        let unknown = || Kind::UnknownRegister.because(format!("Store {} has no register {no}.", self.store.no));
        self.registers.get(&no).ok_or_else(unknown)
    }
}
