//! Everything that an open till holds, as signals that its views share.

use super::catalogue::Catalogue;
use super::claim::Claim;
use super::journal::Journal;
use super::message::Message;
use super::permit::Permit;
use super::sale::Sale;
use super::supply::Early;
use super::tendering::Tendering;
use crate::browser::clock;
use crate::browser::sound::Sound;
use crate::browser::worker::Worker;
use crate::db::Db;
use crate::live::Live;
use crate::outbox::Outbox;
use leptos::prelude::{GetValue, LocalStorage, Memo, RwSignal, StoredValue, With, WithValue, expect_context};
use leptos::wasm_split::SplitLoaderError;
use shared::chain::Sealed;
use shared::ids::{RegisterNo, Sku};
use shared::notice::Alert;
use shared::product::Product;
use shared::quantity::Quantity;
use shared::receipt::Receipt;
use shared::stock::StockLevel;
use shared::store::{Seller, Store};
use shared::sums::Sums;
use shared::time::Moment;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where and by whom is sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The store.
    pub store: Store,
    /// The register in it.
    pub register: RegisterNo,
    /// Who is signed in.
    pub seller: Seller,
}

/// What the till is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Ringing up.
    Selling,
    /// Taking the money.
    Paying,
    /// Showing the receipt.
    Paid,
    /// Showing the last receipt once more; what is rung up is the next customer's.
    Reprinting,
}

/// Which half a phone shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The products.
    Shelf,
    /// The ticket.
    Ticket,
}

/// What a discount is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The line that the keys act on.
    Line,
    /// Everything that is rung up.
    Sale,
}

/// What takes something out that is rung up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Void {
    /// The line that the keys act on.
    Line,
    /// Everything.
    Sale,
    /// So many steps of that line, below zero.
    Steps(i32),
    /// All of that line but this.
    Leaving(Quantity),
}

/// A code that was scanned; the same code scanned again is another.
#[derive(Debug, Clone)]
pub struct Scanned(pub Arc<str>);

impl PartialEq for Scanned {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Scanned {}

/// What somebody has scanned or touched to give it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtBack {
    /// The product.
    pub product: Arc<Product>,
    /// How much, where the label or the seller says it.
    pub quantity: Option<Quantity>,
}

/// What a seller is asked how much there is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HowMuch {
    /// The line that the keys act on.
    Line,
    /// A product that is weighed.
    Product(Arc<Product>),
    /// Whatever is rung up next.
    Next,
}

/// What a seller is asked for, one thing at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// How much.
    HowMuch(HowMuch),
    /// How much to take off.
    Discount(Target),
    /// To show codes to the camera.
    Camera,
    /// A manager's PIN.
    Permit(Arc<Permit>),
    /// What to do with the drawer and the session of the register.
    Register,
    /// What to give back, of the receipt that this code names where one was scanned.
    Refund(Option<Scanned>),
}

impl Asked {
    /// Whether it takes the place of the whole ticket.
    pub const fn is_instead_of_ticket(&self) -> bool {
        matches!(self, Self::Register | Self::Refund(_))
    }
}

/// An open till.
#[derive(Clone, Copy)]
pub struct Till {
    /// Where and by whom is sold.
    pub place: StoredValue<Place>,
    /// What it takes to issue receipts.
    pub claim: StoredValue<Claim, LocalStorage>,
    /// What is sold here.
    pub catalogue: RwSignal<Arc<Catalogue>>,
    /// Whether the catalogue is there.
    pub ready: RwSignal<bool>,
    /// What is asked for while the catalogue is on its way.
    pub early: Early,
    /// The codes that were scanned while something is signed and written, or nobody is signed in.
    pub scanned: StoredValue<Vec<Box<str>>>,
    /// What is rung up.
    pub sale: RwSignal<Sale>,
    /// What customers asked to put aside.
    pub held: RwSignal<Vec<Sale>>,
    /// What the till is doing.
    pub stage: RwSignal<Stage>,
    /// The payment under way.
    pub tendering: RwSignal<Option<Tendering>>,
    /// Whether a receipt is being signed and written.
    pub busy: RwSignal<bool>,
    /// The receipt issued last.
    pub paid: RwSignal<Option<Arc<Sealed<Receipt>>>>,
    /// Whether that receipt was printed.
    pub printed: RwSignal<bool>,
    /// When *take payment* was pressed last, in milliseconds.
    pub confirmed_at: StoredValue<i64>,
    /// What is typed into the search.
    pub query: RwSignal<String>,
    /// The shelf that is shown; all where absent.
    pub shelf: RwSignal<Option<usize>>,
    /// The tile that Enter takes, by its place.
    pub pick: RwSignal<usize>,
    /// What the seller is asked for in place of the line's tools.
    pub asked: RwSignal<Option<Asked>>,
    /// What was scanned or touched while something is given back, the first in front: the pane takes it.
    pub brought_back: RwSignal<Vec<BroughtBack>>,
    /// What there is to say.
    pub message: RwSignal<Option<Message>>,
    /// The alerts that nobody has seen yet, the latest first.
    pub alerts: RwSignal<Vec<Alert>>,
    /// Which half a phone shows.
    pub pane: RwSignal<Pane>,
    /// Whether the bot sells.
    pub auto: RwSignal<bool>,
    /// Whether somebody has to sign in before anything else.
    pub locked: RwSignal<bool>,
    /// Whether the server has told that who is signed in works here no more, or by another PIN or role.
    pub let_go: StoredValue<bool>,
    /// Whether the server has told of another series of the register than this till's, or of none.
    pub doubted: StoredValue<bool>,
    /// Whether the server has said that this till holds the register no more.
    pub revoked: RwSignal<bool>,
    /// What the server tells.
    pub live: Live,
    /// What is not saved yet.
    pub outbox: Outbox,
    /// What people do here beside selling.
    pub journal: Journal,
    /// What the receipts of this register in this browser come to.
    pub sums: RwSignal<Sums>,
    /// What is not saved yet, by product.
    pub unsaved: Memo<BTreeMap<Sku, Quantity>>,
    /// What there is to hear.
    pub sound: Sound,
    /// The till's files in this browser.
    pub worker: Worker,
    /// Whether another browser has opened a later series of this register, or a manager has taken it away.
    pub taken_over: Memo<bool>,
}

/// The till around a view.
pub fn till() -> Till {
    expect_context()
}

impl Till {
    /// Where and by whom is sold.
    pub fn place(self) -> Place {
        self.place.get_value()
    }

    /// Does something whose code comes later; where that cannot be had, nothing is done, and that is said.
    pub(super) fn soon(self, coming: impl Future<Output = Result<(), SplitLoaderError>> + 'static) {
        leptos::task::spawn_local(async move {
            if coming.await.is_err() {
                self.refuse(Message::NotFetched);
            }
        });
    }

    /// The browser's database.
    pub fn db(self) -> Db {
        self.claim.with_value(|claim| claim.db.clone())
    }

    /// The moment on the store's wall.
    pub fn now(self) -> Moment {
        clock::moment_in(&self.place().store.time_zone)
    }

    /// What the store has of a product, less what was sold here and is not part of the server's level yet.
    pub fn level(self, sku: &Sku) -> Option<StockLevel> {
        let store = self.place().store.no;
        let mut level = self.live.pictures.with(|all| all.get(&store)?.level(sku).copied())?;
        level.take(self.unsaved.with(|unsaved| unsaved.get(sku).copied()).unwrap_or_default());
        Some(level)
    }
}
