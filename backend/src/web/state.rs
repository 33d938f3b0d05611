//! What every handler is given.

use super::cache::{CatalogueCache, Outage, Recent, StoreCache};
use super::intake::Intake;
use super::pins::Pins;
use super::refusals::{self, Unwritten};
use super::sessions::clients::Clients;
use crate::clock::Mint;
use crate::live::Hub;
use crate::log::{EventLog, LogError};
use crate::metrics::Metrics;
use crate::saver::SaverHealth;
use crate::store::{Store, StoreError};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The operator's token of a demo server on a loopback address.
pub const DEMO_TOKEN: &str = "demo";

/// What the operator decides about the web tier.
#[derive(Clone)]
pub struct Settings {
    /// Whoever sends it is the operator.
    pub operator_token: Option<String>,
    /// Whether [`DEMO_TOKEN`] is an operator's token too: only for a demo on a loopback address.
    pub demo: bool,
    /// The folder of the built page.
    pub site: Option<PathBuf>,
    /// Whether cookies go over TLS only.
    pub secure_cookies: bool,
    /// Whether requests come through a proxy, which names their client.
    pub behind_proxy: bool,
    /// Encrypts the keys of series that the server issues on.
    pub key: [u8; 32],
    /// Where this very process listens, for the bots of its simulations.
    pub own_address: SocketAddr,
}

impl Settings {
    /// Whether a token is the operator's.
    fn is_operator(&self, token: &str) -> bool {
        let given = self.operator_token.as_deref().is_some_and(|expected| is_same(expected, token));
        given || (self.demo && is_same(DEMO_TOKEN, token))
    }
}

/// What the state is made from.
pub struct Parts {
    /// Where events go.
    pub log: Arc<dyn EventLog>,
    /// Where everything is read, and documents are written.
    pub store: Arc<dyn Store>,
    /// Fans notices out to sockets.
    pub hub: Arc<Hub>,
    /// The clock and the random source.
    pub mint: Mint,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// What the operator decides.
    pub settings: Arc<Settings>,
    /// What is known of the saver in this process, if there is one.
    pub saver: Option<Arc<SaverHealth>>,
    /// What of log and store falls short of what production asks for.
    pub shortcomings: Vec<String>,
    /// Cancelled when the process stops.
    pub stopping: CancellationToken,
    /// Tasks that outlive their request; waited for on stop.
    pub tasks: TaskTracker,
}

/// What every handler is given.
pub struct AppState {
    /// Where events go.
    pub log: Arc<dyn EventLog>,
    /// Where everything is read, and documents are written.
    pub store: Arc<dyn Store>,
    /// Fans notices out to sockets.
    pub hub: Arc<Hub>,
    /// The clock and the random source.
    pub mint: Mint,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// What the operator decides.
    pub settings: Arc<Settings>,
    /// What is known of the saver in this process, if there is one.
    pub saver: Option<Arc<SaverHealth>>,
    /// What of log and store falls short of what production asks for.
    pub shortcomings: Vec<String>,
    /// Cancelled when the process stops.
    pub stopping: CancellationToken,
    /// Tasks that outlive their request; waited for on stop.
    pub tasks: TaskTracker,
    /// Stores with their registers and staff, for checking receipts without a read each.
    pub stores: StoreCache,
    /// The catalogue in memory.
    pub catalogue: CatalogueCache,
    /// Whether receipts are judged by what the store said before.
    pub outage: Outage,
    backlog: Recent<LogError>,
    unplaced: Recent<StoreError>,
    refusals: Recent<StoreError>,
    /// What was refused of what tills send, to be written down.
    pub refused: Unwritten,
    /// Bounds what of receipts is worked on at once.
    pub intake: Intake,
    /// Hashes and checks PINs, a few at a time.
    pub pins: Pins,
    /// How much patience is left with each client that sends wrong ones.
    pub clients: Clients,
    /// A token that only this process knows: its own simulations act with it.
    pub own_token: String,
}

/// The state as handlers share it.
pub type App = Arc<AppState>;

impl AppState {
    /// The state of a process that starts.
    pub fn new(parts: Parts) -> App {
        let Parts { log, store, hub, mint, metrics, settings, saver, shortcomings, stopping, tasks } = parts;
        let stores = StoreCache::new(Arc::clone(&store));
        let catalogue = CatalogueCache::new(Arc::clone(&store));
        let own_token = BASE64URL_NOPAD.encode(&mint.random::<32>());
        let pins = Pins::new(mint.clone());
        Arc::new(Self {
            log,
            store,
            hub,
            mint,
            metrics,
            settings,
            saver,
            shortcomings,
            stopping,
            tasks,
            stores,
            catalogue,
            outage: Outage::default(),
            backlog: Recent::default(),
            unplaced: Recent::default(),
            refusals: Recent::default(),
            refused: Unwritten::default(),
            intake: Intake::default(),
            pins,
            clients: Clients::default(),
            own_token,
        })
    }

    /// How many records are in the log and not saved yet, as of a moment ago.
    ///
    /// # Errors
    ///
    /// The log's.
    pub async fn backlog(&self) -> Result<u64, LogError> {
        self.backlog.get(self.log.backlog()).await
    }

    /// How many dead letters name no store and wait for somebody, as of a moment ago.
    ///
    /// # Errors
    ///
    /// The store's.
    pub async fn unplaced(&self) -> Result<u64, StoreError> {
        self.unplaced.get(self.store.unplaced()).await
    }

    /// How often something that tills send was refused lately, as of a moment ago.
    ///
    /// # Errors
    ///
    /// The store's.
    pub async fn refusals(self: &Arc<Self>) -> Result<u64, StoreError> {
        let count = async { Ok(refusals::told(self).await?.iter().map(|refusals| refusals.count).sum()) };
        self.refusals.get(count).await
    }

    /// Whether a token is the operator's, or this process's own.
    pub fn is_operator(&self, token: &str) -> bool {
        self.settings.is_operator(token) || is_same(&self.own_token, token)
    }
}

/// Compares by hashes, so that the time taken says nothing about the token.
fn is_same(expected: &str, token: &str) -> bool {
    Sha256::digest(expected.as_bytes()) == Sha256::digest(token.as_bytes())
}
