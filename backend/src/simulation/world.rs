//! The world: everything that the processes share, and what it does to them.

use super::call::Call;
use super::chance::Chance;
use super::facts::Facts;
use super::invariants::{Held, Violation};
use super::log::Cluster;
use super::model::Model;
use super::outage::Outage;
use super::page::Page;
use super::plan::{Faults, Plan};
use super::store::Tables;
use super::till::Till;
use super::trace::Trace;
use super::wall::Wall;
use super::web::Web;
use crate::clock::Mint;
use shared::chain::Sealed;
use shared::ids::{ReceiptId, SellerNo, StoreNo};
use shared::product::Product;
use shared::receipt::Receipt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// How long a till waits for an answer.
const PATIENCE: Duration = Duration::from_secs(12);

/// The world.
pub struct World {
    pub plan: Plan,
    pub chance: Arc<Chance>,
    pub wall: Arc<Wall>,
    pub trace: Trace,
    pub products: Vec<Product>,
    cluster: Mutex<Cluster>,
    tables: Mutex<Tables>,
    model: Mutex<Model>,
    facts: Mutex<Facts>,
    webs: Mutex<Vec<Arc<Web>>>,
    tills: Mutex<Vec<Arc<Till>>>,
    pages: Mutex<Vec<Arc<Page>>>,
    pub store_outage: Outage,
    /// While the store has no room for anything more.
    pub store_full: Outage,
    /// Notices are a topic of their own, on servers of their own.
    pub notices_outage: Outage,
    is_calm: AtomicBool,
    /// How many things are under way that have to be done before all is settled.
    under_way: AtomicU32,
    violation: watch::Sender<Option<Violation>>,
}

impl World {
    pub fn new(seed: u64, is_told: bool) -> Self {
        let chance = Arc::new(Chance::of(seed));
        let plan = Plan::draw(&chance);
        Self {
            cluster: Mutex::new(Cluster::new(plan.partitions)),
            products: super::goods::products(plan.products),
            plan,
            chance,
            wall: Arc::new(Wall::new()),
            trace: Trace::new(is_told),
            tables: Mutex::default(),
            model: Mutex::default(),
            facts: Mutex::default(),
            webs: Mutex::default(),
            tills: Mutex::default(),
            pages: Mutex::default(),
            store_outage: Outage::default(),
            store_full: Outage::default(),
            notices_outage: Outage::default(),
            is_calm: AtomicBool::new(false),
            under_way: AtomicU32::new(0),
            violation: watch::Sender::new(None),
        }
    }

    pub fn cluster(&self) -> MutexGuard<'_, Cluster> {
        self.cluster.lock().unwrap()
    }

    pub fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap()
    }

    pub fn model(&self) -> MutexGuard<'_, Model> {
        self.model.lock().unwrap()
    }

    pub fn facts(&self) -> MutexGuard<'_, Facts> {
        self.facts.lock().unwrap()
    }

    pub fn webs(&self) -> MutexGuard<'_, Vec<Arc<Web>>> {
        self.webs.lock().unwrap()
    }

    pub fn tills(&self) -> Vec<Arc<Till>> {
        self.tills.lock().unwrap().clone()
    }

    pub fn add_till(&self, till: &Arc<Till>) {
        self.tills.lock().unwrap().push(Arc::clone(till));
    }

    pub fn pages(&self) -> Vec<Arc<Page>> {
        self.pages.lock().unwrap().clone()
    }

    /// A page opens, in the place of an earlier one of its name.
    pub fn add_page(&self, page: &Arc<Page>) {
        let mut pages = self.pages.lock().unwrap();
        pages.retain(|other| other.name != page.name);
        pages.push(Arc::clone(page));
    }

    pub fn stores(&self) -> Vec<StoreNo> {
        (1..=u64::from(self.plan.stores)).map(|no| no.try_into().unwrap()).collect()
    }

    pub fn mint(&self) -> Mint {
        Mint { clock: Arc::clone(&self.wall) as _, entropy: Arc::clone(&self.chance) as _ }
    }

    /// A call of the store.
    pub fn store_call(&self) -> Call {
        if self.store_outage.is_on() {
            // It refuses at once, or it hangs.
            let wait = if self.chance.one_in(3) { Duration::from_secs(5) } else { Duration::from_millis(2) };
            return Call::refused_after(wait);
        }
        Call::draw(&self.chance, self.while_rough(self.plan.store))
    }

    /// A call of the log.
    pub fn log_call(&self) -> Call {
        Call::draw(&self.chance, self.while_rough(self.plan.log))
    }

    /// A call that publishes a notice.
    pub fn notice_call(&self) -> Call {
        if self.notices_outage.is_on() {
            return Call::refused_after(Duration::from_millis(2));
        }
        self.log_call()
    }

    fn while_rough(&self, faults: Faults) -> Faults {
        if self.is_calm() { Faults::default() } else { faults }
    }

    /// Whether something that goes wrong one time in `n` does.
    pub fn is_lost(&self, n: u32) -> bool {
        !self.is_calm() && self.chance.one_in(n)
    }

    /// Nothing goes wrong any more, and nothing new is begun.
    pub fn calm_down(&self) {
        self.is_calm.store(true, Ordering::Relaxed);
        self.store_outage.end();
        self.store_full.end();
        self.notices_outage.end();
    }

    pub fn is_calm(&self) -> bool {
        self.is_calm.load(Ordering::Relaxed)
    }

    /// Whether every receipt that is taken says what was sold.
    pub fn is_without_forgery(&self) -> bool {
        self.plan.forgery_gap == 0
    }

    /// Whether the web tiers always get an answer of the store in time.
    pub fn is_store_sound(&self) -> bool {
        self.plan.store.are_none() && self.plan.outage_gap == 0 && self.plan.freeze_gap == 0
    }

    /// Something is begun that has to come to an end.
    pub fn begin(&self) {
        self.under_way.fetch_add(1, Ordering::Relaxed);
    }

    pub fn end(&self) {
        self.under_way.fetch_sub(1, Ordering::Relaxed);
    }

    /// Whether everything that was begun is done, in the log, saved and let go of.
    pub fn is_settled(&self) -> bool {
        self.under_way.load(Ordering::Relaxed) == 0
            && self.cluster().backlog() == 0
            && self.tills().iter().all(|till| self.owed(till).is_empty())
    }

    /// What a till has sold and has to be rid of: all that it holds but for what the store has other content of, under the same
    /// id. That it keeps for good.
    pub fn owed(&self, till: &Till) -> Vec<ReceiptId> {
        let (disk, tables) = (till.disk(), self.tables());
        let receipts = disk.receipts();
        let is_displaced = |receipt: &Sealed<Receipt>| {
            let saved = tables.receipt_of(receipt.body.store, receipt.body.id);
            saved.is_some_and(|saved| saved.body != receipt.body)
        };
        receipts.filter(|receipt| !is_displaced(receipt)).map(|receipt| receipt.body.id).collect()
    }

    /// Remembers the first invariant that did not hold.
    pub fn hold(&self, held: Held) {
        if let Err(violation) = held {
            self.trace.note("world", format_args!("VIOLATED {violation}"));
            self.violation.send_if_modified(|first| {
                let is_first = first.is_none();
                if is_first {
                    *first = Some(violation);
                }
                is_first
            });
        }
    }

    /// Resolves with the first invariant that did not hold.
    pub async fn violated(&self) -> Violation {
        let mut violation = self.violation.subscribe();
        let found = violation.wait_for(Option::is_some).await.unwrap().clone();
        found.unwrap()
    }

    pub fn violation(&self) -> Option<Violation> {
        self.violation.borrow().clone()
    }

    /// Lets go of whatever holds on to the world, so that it can be forgotten.
    pub fn dissolve(&self) {
        self.webs().clear();
        self.tills.lock().unwrap().clear();
        self.pages.lock().unwrap().clear();
        let mut cluster = self.cluster();
        cluster.members.clear();
        cluster.listeners.clear();
    }

    /// Some web tier that is not dead.
    pub fn some_web(&self) -> Option<Arc<Web>> {
        let webs: Vec<_> = self.webs().iter().filter(|web| !web.process.is_dead()).cloned().collect();
        self.chance.pick(&webs).cloned()
    }

    /// Sends a request to some web tier: it may be lost, arrive twice, or its answer may be lost.
    pub async fn ask<T, F>(&self, request: impl Fn(super::web::Tier) -> F) -> Option<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        sleep(self.chance.millis(1, 30)).await;
        let web = self.some_web()?;
        if self.is_lost(self.plan.lost) {
            sleep(self.chance.millis(100, 3_000)).await;
            return None;
        }
        if self.is_lost(self.plan.doubled) {
            let (again, wait) = (request(web.tier.clone()), self.chance.millis(1, 2_000));
            drop(web.process.spawn(async move {
                sleep(wait).await;
                again.await
            }));
        }
        let answering = web.process.spawn(request(web.tier.clone()));
        let answer = timeout(PATIENCE, answering).await.ok()?.ok()?;
        sleep(self.chance.millis(1, 30)).await;
        (!self.is_lost(self.plan.lost)).then_some(answer)
    }
}

/// Who sells, in every store.
pub fn sellers() -> Vec<SellerNo> {
    (1..=2_u64).map(|no| no.try_into().unwrap()).collect()
}
