//! Stores with their registers and staff, as they were a moment ago.

use crate::model::register::{self, RegisterDocument};
use crate::model::seller::{self, SellerDocument};
use crate::model::store;
use crate::store::{Store, StoreError};
use crate::web::problem::{ApiError, Kind};
use shared::ids::{RegisterNo, SellerNo, StoreNo};
use shared::store::Seller;
use shared::time::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How old a view may be: what another instance changed shows here after so long. Whoever misses something in a view
/// asks for a later one, so this only bounds how long a key passes as current after it was replaced elsewhere.
const LIFETIME: Duration = Duration::from_secs(5);

/// A store with its registers and staff.
#[derive(Debug)]
pub struct StoreView {
    /// Grows whenever the store, its registers or its staff change.
    pub version: u64,
    /// The store.
    pub store: shared::store::Store,
    /// Its registers with their series.
    pub registers: BTreeMap<RegisterNo, RegisterDocument>,
    /// Whoever works or has worked there.
    pub sellers: BTreeMap<SellerNo, SellerDocument>,
}

/// What is held of one store.
#[derive(Default)]
struct Place {
    /// The turn of whoever reads; what is held can be had meanwhile.
    reading: tokio::sync::Mutex<()>,
    held: Mutex<Option<Held>>,
}

struct Held {
    view: Arc<StoreView>,
    /// Nothing where the store is known to have changed since.
    read_at: Option<Instant>,
}

/// The views that were read last. One reader per store at a time; the others wait for what it finds.
pub struct StoreCache {
    store: Arc<dyn Store>,
    places: Mutex<HashMap<StoreNo, Arc<Place>>>,
}

impl StoreCache {
    /// A cache that is empty.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, places: Mutex::default() }
    }

    /// A store, not older than a few seconds.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it has to be read and cannot be.
    pub async fn get(&self, no: StoreNo) -> Result<Option<Arc<StoreView>>, StoreError> {
        self.younger(no, |read_at| read_at.elapsed() < LIFETIME).await
    }

    /// A store as it was at `instant` or later.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it has to be read and cannot be.
    pub async fn since(&self, no: StoreNo, instant: Instant) -> Result<Option<Arc<StoreView>>, StoreError> {
        self.younger(no, |read_at| read_at >= instant).await
    }

    /// A store that the caller names.
    ///
    /// # Errors
    ///
    /// [`Kind::UnknownStore`], and the store's own.
    pub async fn require(&self, no: StoreNo) -> Result<Arc<StoreView>, ApiError> {
        self.get(no).await?.ok_or_else(|| Kind::UnknownStore.because(format!("There is no store {no}.")))
    }

    /// A store as it was read last, however long ago: for whoever has to do without the database.
    pub fn held(&self, no: StoreNo) -> Option<Arc<StoreView>> {
        self.places().get(&no)?.view_if(|_| true)
    }

    /// Has a store that was just changed read again before anybody is given it as fresh.
    pub async fn forget(&self, no: StoreNo) {
        let place = self.place(no);
        let _turn = place.reading.lock().await;
        if let Some(held) = &mut *place.held() {
            held.read_at = None;
        }
    }

    async fn younger(
        &self,
        no: StoreNo,
        will_do: impl Fn(Instant) -> bool + Send,
    ) -> Result<Option<Arc<StoreView>>, StoreError> {
        let place = self.place(no);
        let will_do = |held: &Held| held.read_at.is_some_and(&will_do);
        let _turn = place.reading.lock().await;
        if let Some(view) = place.view_if(will_do) {
            return Ok(Some(view));
        }
        let read_at = Some(Instant::now());
        let read = self.read(no).await.map(|found| found.map(Arc::new));
        if let Ok(found) = &read {
            *place.held() = found.clone().map(|view| Held { view, read_at });
        }
        self.drop_if_empty(no, &place);
        read
    }

    async fn read(&self, no: StoreNo) -> Result<Option<StoreView>, StoreError> {
        let Some(found) = self.store.read::<shared::store::Store>(&store::id(no)).await? else {
            return Ok(None);
        };
        let registers = self.store.read_all::<RegisterDocument>(&register::prefix(no)).await?;
        let sellers = self.store.read_all::<SellerDocument>(&seller::prefix(no)).await?;
        let revisions = [registers.iter().map(|it| it.revision).max(), sellers.iter().map(|it| it.revision).max()];
        let registers = registers.into_iter().map(|register| register.value);
        let sellers = sellers.into_iter().map(|seller| seller.value);
        Ok(Some(StoreView {
            // Nothing of these kinds is ever deleted, so that no revision goes back.
            version: found.revision.0 + revisions.into_iter().flatten().map(|revision| revision.0).sum::<u64>(),
            store: found.value,
            registers: registers.map(|register| (register.no, register)).collect(),
            sellers: sellers.map(|seller| (seller.seller.no, seller)).collect(),
        }))
    }

    fn place(&self, no: StoreNo) -> Arc<Place> {
        Arc::clone(self.places().entry(no).or_default())
    }

    /// Numbers of no store must not pile up.
    fn drop_if_empty(&self, no: StoreNo, place: &Place) {
        if place.held().is_none() {
            self.places().remove(&no);
        }
    }

    fn places(&self) -> MutexGuard<'_, HashMap<StoreNo, Arc<Place>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    fn view_if(&self, will_do: impl Fn(&Held) -> bool) -> Option<Arc<StoreView>> {
        self.held().as_ref().filter(|held| will_do(held)).map(|held| Arc::clone(&held.view))
    }

    fn held(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StoreView {
    /// Whether somebody was a manager of the store at a time.
    pub fn had_manager(&self, no: SellerNo, at: Timestamp) -> bool {
        self.sellers.get(&no).is_some_and(|one| one.managed_at(at))
    }

    /// Its registers that sell, by number.
    pub fn tills(&self) -> impl Iterator<Item = &RegisterDocument> {
        self.registers.values().filter(|register| register.no.sells())
    }

    /// Whoever works there, by number.
    pub fn staff(&self) -> impl Iterator<Item = &Seller> {
        self.sellers.values().filter(|one| one.works()).map(|one| &one.seller)
    }

    /// Whether somebody works there.
    pub fn employs(&self, no: SellerNo) -> bool {
        self.sellers.get(&no).is_some_and(SellerDocument::works)
    }

    /// Whether somebody worked there at a time.
    pub fn had_seller(&self, no: SellerNo, at: Timestamp) -> bool {
        self.sellers.get(&no).is_some_and(|one| one.worked_at(at))
    }

    /// Whether somebody who signed in there is still let in.
    pub fn lets_in(&self, seller: &Seller) -> bool {
        self.sellers.get(&seller.no).is_some_and(|one| one.lets_in(seller))
    }

    /// One of its registers that sell.
    ///
    /// # Errors
    ///
    /// [`Kind::UnknownRegister`].
    pub fn register(&self, no: RegisterNo) -> Result<&RegisterDocument, ApiError> {
        let unknown = || Kind::UnknownRegister.because(format!("Store {} has no register {no}.", self.store.no));
        self.registers.get(&no).filter(|register| register.no.sells()).ok_or_else(unknown)
    }
}
