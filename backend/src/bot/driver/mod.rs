//! Sells through the API what the generator draws, and watches what becomes of it.
//!
//! Each register has two tasks: a [`issue::Bot`] that issues receipts into its outbox, and a [`post::Poster`] that posts
//! them until they are saved. One [`watch::Watcher`] reads the WebSocket for all.

mod backoff;
mod floor;
mod issue;
mod outbox;
mod post;
mod progress;
mod register;
mod restock;
mod selling;
mod setup;
mod shelves;
mod tally;
mod watch;

pub use backoff::{Backoff, patiently};
pub use floor::{Delivered, Floor};
pub use issue::SellError;
pub use progress::{Phase, Progress};
pub use register::{Issued, Register};
pub use tally::Tally;

use super::audit;
use super::client::{Client, ClientError, Target};
use super::generator::{Assortment, NothingToSell};
use super::plan::Plan;
use super::report::Report;
use crate::clock::Mint;
use hdrhistogram::CreationError;
use setup::Setup;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch as watched;
use tokio::task::{JoinError, JoinHandle};
use tokio_util::sync::CancellationToken;
use watch::Watcher;

/// How long the live connection may take to open.
const LIVE: Duration = Duration::from_mins(1);

/// Why a run has no result.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// The server did not do what the run needs.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// There is nothing to sell.
    #[error(transparent)]
    NothingToSell(#[from] NothingToSell),
    /// A bot could not sell.
    #[error(transparent)]
    Sell(#[from] SellError),
    /// The server opens no live connection.
    #[error("the server opens no live connection (GET /api/v1/live) within a minute")]
    NoLive,
    /// It was stopped before it had sold anything.
    #[error("stopped before anything was sold")]
    Stopped,
    /// The stores' time zone is not known.
    #[error("the time zone of the stores is not known: {0}")]
    Zone(#[from] jiff::Error),
    /// Latencies cannot be measured.
    #[error("latencies cannot be measured: {0}")]
    Histogram(#[from] CreationError),
    /// A task of the run broke off.
    #[error("a task of the run broke off: {0}")]
    Task(#[from] JoinError),
}

/// A run: its plan, where it sells, and who follows it.
pub struct Run {
    /// What to do.
    pub plan: Plan,
    /// The clock and the random source of ids and keys; what is sold comes from the plan's seed.
    pub mint: Mint,
    /// Hears where the run stands, several times a second.
    pub progress: watched::Sender<Progress>,
    /// Ends selling; what was issued is still seen through and audited.
    pub stop: CancellationToken,
}

/// Runs bots against a server: opens stores, sells, waits until all is saved, and audits.
///
/// A run that found faults is still `Ok`; [`Report::is_clean`] tells.
pub async fn run(run: Run, target: &Target) -> Result<Report, BotError> {
    let client = Client::new(target)?;
    let catalogue = patiently(Backoff::new(run.mint.random()), || client.catalogue()).await?;
    let assortment = Arc::new(Assortment::new(catalogue.products.clone(), run.plan.seed)?);
    let floor = run.open(&client, &assortment).await?;

    // Dropped on every way out, which ends the tasks beside the registers.
    let ended = CancellationToken::new().drop_guard();
    run.start_watching(&client, &floor, ended.token()).await?;
    let van = run.start_van(&client, &floor, ended.token());
    let start = Instant::now();
    selling::sell(&run, &client, &floor, assortment).await?;
    let taken = start.elapsed();
    van.finish().await?;

    run.tell(Phase::Auditing, &floor.tally);
    let verdict = audit::audit(&client, &floor, &run.plan, &catalogue.products, &run.mint).await?;
    run.tell(Phase::Auditing, &floor.tally);
    Ok(Report::of(&floor.tally, verdict, taken))
}

impl Run {
    async fn open(&self, client: &Client, assortment: &Assortment) -> Result<Arc<Floor>, BotError> {
        let tally = Arc::new(Tally::new()?);
        let setup = Setup { client, mint: &self.mint, plan: &self.plan, assortment };
        tokio::select! {
            () = self.stop.cancelled() => Err(BotError::Stopped),
            floor = setup.open(tally) => Ok(Arc::new(floor?)),
        }
    }

    /// Starts watching, and resolves when everything from there on will be seen.
    async fn start_watching(
        &self,
        client: &Client,
        floor: &Arc<Floor>,
        ended: &CancellationToken,
    ) -> Result<(), BotError> {
        let ready = CancellationToken::new();
        let watcher = Watcher::new(client.clone(), Arc::clone(floor), ready.clone());
        tokio::spawn(watcher.watch(Backoff::new(self.mint.random()), ended.clone()));
        tokio::select! {
            () = self.stop.cancelled() => Err(BotError::Stopped),
            seen = tokio::time::timeout(LIVE, ready.cancelled()) => seen.map_err(|_| BotError::NoLive),
        }
    }

    fn start_van(&self, client: &Client, floor: &Arc<Floor>, ended: &CancellationToken) -> Van {
        let stop = ended.child_token();
        let round = restock::restock(Arc::clone(floor), client.clone(), self.mint.clone(), stop.clone());
        Van { task: self.plan.restock.then(|| tokio::spawn(round)), stop }
    }

    fn tell(&self, phase: Phase, tally: &Tally) {
        self.progress.send_replace(Progress::of(phase, tally));
    }
}

/// The task that restocks, where one was asked for.
struct Van {
    task: Option<JoinHandle<()>>,
    stop: CancellationToken,
}

impl Van {
    /// Lets a delivery that is under way arrive, and ends.
    async fn finish(self) -> Result<(), JoinError> {
        self.stop.cancel();
        if let Some(task) = self.task { task.await } else { Ok(()) }
    }
}
