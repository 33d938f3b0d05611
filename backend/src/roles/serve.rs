//! `comptoir serve`: web tier, saver and hub in one process.

use super::front::Front;
use super::saver::Saving;
use super::web::{Pages, open_pages};
use super::{RoleError, announce::announce, start};
use crate::clock::Mint;
use crate::config::ServeOptions;
use crate::engine::Engine;
use crate::lifecycle::Lifecycle;
use crate::metrics::Metrics;
use std::sync::Arc;

/// Serves until a signal asks it to stop.
///
/// # Errors
///
/// [`RoleError`].
pub async fn run(options: ServeOptions) -> Result<(), RoleError> {
    let (life, front, mint) = (Lifecycle::default(), Front::default(), Mint::system());
    life.watch_signals()?;
    let (address, served) = front.open(options.web.listen, &life).await?;
    let engine = Engine::open(&options.engine, &mint).await?;
    let key = engine.key(&options.engine, options.web.takes_demo_token(), &mint)?;
    let notices = engine.log.notices();
    let Some(stores) = start::prepare(&engine, options.web.demo, &mint, &front, &life).await? else {
        return life.end().await.then_some(()).ok_or(RoleError::CutOff);
    };
    let metrics = Arc::new(Metrics::new());
    let saving = Saving { engine: &engine, clock: &mint.clock, metrics: &metrics, rate: options.saver_rate };
    let health = saving.start(&life);
    let pages = Pages { engine: &engine, mint: &mint, metrics: &metrics, key, address, saver: Some(health) };
    front.lead_to(open_pages(pages, &options.web, notices, &life));
    announce(address, &stores);
    served.await.map_err(std::io::Error::other)??;
    life.end().await.then_some(()).ok_or(RoleError::CutOff)
}
