//! A till: a browser with its disk and its customers, on which a page runs until it crashes.

mod disk;
mod refund;
mod running;

pub use disk::{Disk, SeriesRecord};
pub use refund::doubts;
pub use running::start;

use super::invariants::Ends;
use super::process::Process;
use super::world::World;
use crate::bot::generator::{Assortment, Place, Rhythm, Seed, StoreIndex, Till as Customers};
use ed25519_dalek::SigningKey;
use shared::chain::{PublicKey, Sealed};
use shared::coin::SmallestCoin;
use shared::ids::{ReceiptId, RegisterNo, SellerNo, StoreNo};
use shared::money::{Currency, Money};
use shared::outbox::Queue;
use shared::payment::{Payment, TenderKind};
use shared::receipt::{Issue, Issuer, Receipt};
use shared::time::Moment;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;
use tokio::time::Instant;

/// One browser.
pub struct Till {
    pub name: String,
    pub store: StoreNo,
    pub register: RegisterNo,
    pub key: SigningKey,
    /// Whether it takes the register from another browser.
    pub takes_over: bool,
    /// By how many milliseconds its clock is off.
    off: i64,
    disk: Mutex<Disk>,
    customers: Mutex<Customers>,
    offline_until: Mutex<Option<Instant>>,
    on_a_journey_until: Mutex<Option<Instant>>,
    /// Where the register's series were known to end when the till asked for one of its own.
    known_ends: OnceLock<Ends>,
    is_retired: AtomicBool,
    has_gone_back: AtomicBool,
    process: Mutex<Option<Arc<Process>>>,
    /// The outbox of the page that runs.
    queue: Mutex<Arc<Mutex<Queue>>>,
}

impl Till {
    pub fn new(world: &World, name: String, store: StoreNo, register: RegisterNo, takes_over: bool) -> Arc<Self> {
        let seed = Seed(world.chance.between(0, u32::MAX).into());
        let assortment = Arc::new(Assortment::new(world.products.clone(), seed).unwrap());
        let place = Place { store: StoreIndex(0), register: register.get() };
        let customers =
            Customers::new(seed, place, assortment, crate::simulation::world::sellers(), Rhythm::unbroken());
        Arc::new(Self {
            name,
            store,
            register,
            key: SigningKey::from_bytes(&world.chance.bytes()),
            takes_over,
            off: i64::from(world.chance.between(0, 40_000)) - 20_000,
            disk: Mutex::default(),
            customers: Mutex::new(customers),
            offline_until: Mutex::default(),
            on_a_journey_until: Mutex::default(),
            known_ends: OnceLock::new(),
            is_retired: AtomicBool::new(false),
            has_gone_back: AtomicBool::new(false),
            process: Mutex::default(),
            queue: Mutex::default(),
        })
    }

    pub fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap()
    }

    pub fn public_key(&self) -> PublicKey {
        PublicKey::from_bytes(self.key.verifying_key().to_bytes())
    }

    /// The till asks for a series, not for the first time perhaps.
    pub fn known_ends(&self, world: &World) -> &Ends {
        self.known_ends.get_or_init(|| world.known_ends(self.store, self.register))
    }

    /// Sells nothing more; what it holds it still sends.
    pub fn retire(&self) {
        self.is_retired.store(true, Ordering::Relaxed);
    }

    pub fn is_retired(&self) -> bool {
        self.is_retired.load(Ordering::Relaxed)
    }

    /// Puts the disk back to what it was, and with it loses what was sold since and is not sent yet.
    pub fn go_back(&self, earlier: Disk) {
        *self.disk() = earlier;
        self.has_gone_back.store(true, Ordering::Relaxed);
    }

    pub fn has_gone_back(&self) -> bool {
        self.has_gone_back.load(Ordering::Relaxed)
    }

    pub fn go_offline(&self, wait: Duration) {
        *self.offline_until.lock().unwrap() = Some(Instant::now() + wait);
    }

    fn is_offline(&self) -> bool {
        self.offline_until.lock().unwrap().is_some_and(|until| Instant::now() < until)
    }

    /// Has it sell without a pause, and without a network.
    pub fn go_on_a_journey(&self, wait: Duration) {
        self.go_offline(wait);
        *self.on_a_journey_until.lock().unwrap() = Some(Instant::now() + wait);
    }

    fn is_on_a_journey(&self) -> bool {
        self.on_a_journey_until.lock().unwrap().is_some_and(|until| Instant::now() < until)
    }

    /// How many receipts its page holds in memory.
    pub fn waiting(&self) -> usize {
        self.queue.lock().unwrap().lock().unwrap().waiting()
    }

    /// Ends its page as a crash does.
    pub fn crash(&self) {
        if let Some(process) = self.process.lock().unwrap().take() {
            process.kill();
        }
    }

    /// Serves the next customer: the receipt that follows `before`.
    fn serve(&self, world: &World, before: &SeriesRecord) -> Sealed<Receipt> {
        let sale = self.customers.lock().unwrap().next().unwrap().unwrap();
        let (now, issuer) = (self.now(world), issuer(world, before, sale.seller));
        let millis = u64::try_from(now.unix_millis()).unwrap();
        let id = ReceiptId::mint(millis, &world.chance.bytes());
        let issue = Issue { id, basket: None, opened_at: now, issued_at: now };
        let receipt = Receipt::issue(&sale.basket, &in_coins(&sale.payment, world.plan.coin), &issuer, issue).unwrap();
        Sealed::seal(receipt, &self.key)
    }

    fn now(&self, world: &World) -> Moment {
        world.wall.moment(self.off)
    }
}

/// Who issues what follows `before`.
fn issuer(world: &World, before: &SeriesRecord, seller: SellerNo) -> Issuer {
    Issuer {
        series: before.series.clone(),
        head: before.head,
        seller,
        siret: None,
        currency: Currency::Euro,
        simulated: true,
        smallest_coin: world.plan.coin,
    }
}

/// The same payment where cash is rounded to the smallest coin.
fn in_coins(paid: &Payment, coin: SmallestCoin) -> Payment {
    let mut payment = Payment::in_coins(paid.total(), coin);
    for tender in paid.tenders() {
        let amount = match tender.kind {
            TenderKind::Cash => up_to_coin(tender.amount, coin),
            other => payment.due(other).unwrap(),
        };
        // What is left may be rounded to nothing.
        if !payment.is_covered() {
            payment.tender(tender.kind, amount).unwrap();
        }
    }
    payment
}

fn up_to_coin(amount: Money, coin: SmallestCoin) -> Money {
    let (minor, coin) = (amount.minor(), i64::from(coin.minor()));
    ((minor + coin - 1) / coin * coin).try_into().unwrap()
}
