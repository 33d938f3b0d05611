//! `comptoir saver`: one of those who share the log's partitions among them.

use super::front::Front;
use super::start::{self, Prepared};
use super::{RoleError, ended};
use crate::clock::{Clock, Mint};
use crate::config::SaverOptions;
use crate::engine::Engine;
use crate::lifecycle::Lifecycle;
use crate::metrics::Metrics;
use crate::saver::{Saver, SaverHealth};
use crate::web::saver_pages::{self, Shown};
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

/// Where a saver listens when nobody says where.
const USUAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8081);

/// Saves until a signal asks it to stop.
///
/// # Errors
///
/// [`RoleError`].
pub async fn run(options: SaverOptions) -> Result<(), RoleError> {
    let (life, front, mint) = (Lifecycle::default(), Front::default(), Mint::system());
    life.watch_signals()?;
    let metrics = Arc::new(Metrics::new());
    options.engine.must_be_shared("saver")?;
    let (address, served) = front.open_somewhere(options.listen, USUAL, &life).await?;
    let Some(engine) = start::open(&options.engine, &mint, &front, &life).await? else {
        return ended(&life, &metrics).await;
    };
    let Some(Prepared { shortcomings, .. }) = start::prepare(&engine, false, &mint, &front, &life).await? else {
        return ended(&life, &metrics).await;
    };
    let saving = Saving { engine: &engine, clock: &mint.clock, metrics: &metrics, rate: options.rate };
    let health = saving.start(&life);
    let (log, store) = (Arc::clone(&engine.log), Arc::clone(&engine.store));
    let shown = Shown { metrics: Arc::clone(&metrics), health: Arc::clone(&health), log, store, shortcomings };
    front.lead_to(saver_pages::router(shown));
    println!("Comptoir saves. How it is: http://{address}/readyz and http://{address}/metrics");
    tokio::select! {
        served = served => served.map_err(std::io::Error::other)??,
        // Whoever looks after processes starts another one: this one would be there and do nothing.
        why = health.ended() => {
            life.soft.cancel();
            ended(&life, &metrics).await?;
            return Err(RoleError::Saver(why));
        }
    }
    ended(&life, &metrics).await
}

/// What a saver is made from.
pub struct Saving<'a> {
    pub engine: &'a Engine,
    pub clock: &'a Arc<dyn Clock>,
    pub metrics: &'a Arc<Metrics>,
    pub rate: Option<NonZeroU32>,
}

impl Saving<'_> {
    /// Starts it, and gives what operators are told of it.
    pub fn start(self, life: &Lifecycle) -> Arc<SaverHealth> {
        let health = Arc::new(SaverHealth::default());
        let ending = Arc::clone(&health);
        let saver = Saver {
            log: Arc::clone(&self.engine.log),
            store: Arc::clone(&self.engine.store),
            clock: Arc::clone(self.clock),
            metrics: Arc::clone(self.metrics),
            health: Arc::clone(&health),
            rate: self.rate,
            stop: life.soft.child_token(),
        };
        life.tasks.spawn(async move {
            if let Err(error) = saver.run().await {
                tracing::error!(%error, "the saver stopped; receipts are still accepted and wait in the log");
                ending.end(error.to_string());
            }
        });
        health
    }
}
