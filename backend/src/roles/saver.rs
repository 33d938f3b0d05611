//! `comptoir saver`: one of those who share the log's partitions among them.

use super::front::Front;
use super::{RoleError, start};
use crate::clock::{Clock, Mint};
use crate::config::{ConfigError, SaverOptions};
use crate::engine::Engine;
use crate::lifecycle::Lifecycle;
use crate::metrics::Metrics;
use crate::saver::{Saver, SaverHealth};
use crate::web::saver_pages;
use std::num::NonZeroU32;
use std::sync::Arc;

/// Saves until a signal asks it to stop.
///
/// # Errors
///
/// [`RoleError`].
pub async fn run(options: SaverOptions) -> Result<(), RoleError> {
    let (life, front, mint) = (Lifecycle::default(), Front::default(), Mint::system());
    life.watch_signals()?;
    let engine = Engine::open(&options.engine, &mint).await?;
    if !engine.can_be_shared() {
        return Err(ConfigError::EmbeddedApart("saver").into());
    }
    let (address, served) = front.open(options.listen, &life).await?;
    if start::prepare(&engine, false, &mint, &front, &life).await?.is_some() {
        let metrics = Arc::new(Metrics::new());
        let saving = Saving { engine: &engine, clock: &mint.clock, metrics: &metrics, rate: options.rate };
        let health = saving.start(&life);
        front.lead_to(saver_pages::router(metrics, health, Arc::clone(&engine.log), Arc::clone(&engine.store)));
        println!("Comptoir saves. How it is: http://{address}/readyz and http://{address}/metrics");
    }
    served.await.map_err(std::io::Error::other)??;
    life.end().await.then_some(()).ok_or(RoleError::CutOff)
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
            }
        });
        health
    }
}
