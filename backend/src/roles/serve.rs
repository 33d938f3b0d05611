//! `comptoir serve`: web tier, saver and hub in one process.

use super::doors::Doors;
use super::front::Front;
use super::saver::Saving;
use super::web::{Pages, open_pages};
use super::{RoleError, announce::announce, ended, start};
use crate::clock::Mint;
use crate::config::ServeOptions;
use crate::lifecycle::Lifecycle;
use crate::metrics::Metrics;
use crate::model::setup_code;
use std::sync::Arc;

/// Serves until a signal asks it to stop.
///
/// # Errors
///
/// [`RoleError`].
pub async fn run(options: ServeOptions) -> Result<(), RoleError> {
    let (life, front, mint) = (Lifecycle::default(), Front::default(), Mint::system());
    life.watch_signals()?;
    let metrics = Arc::new(Metrics::new());
    let doors = Doors::open(&front, &options.web, &life).await?;
    let Some(engine) = start::open(&options.engine, &mint, &front, &life).await? else {
        return ended(&life, &metrics).await;
    };
    let key = engine.key(&options.engine, options.web.takes_demo_token(), &mint)?;
    let notices = engine.log.notices();
    let Some(prepared) = start::prepare(&engine, options.web.demo, &mint, &front, &life).await? else {
        return ended(&life, &metrics).await;
    };
    let code = prepared.is_fresh.then(|| setup_code::of(&key));
    let saving = Saving { engine: &engine, clock: &mint.clock, metrics: &metrics, rate: options.saver_rate };
    let saver = Some(saving.start(&life));
    let shortcomings = prepared.shortcomings;
    let pages =
        Pages { engine: &engine, mint: &mint, metrics: &metrics, key, own_address: doors.own, saver, shortcomings };
    front.lead_to(open_pages(pages, &options.web, notices, &life));
    announce(&doors, &prepared.stores, code.as_deref());
    doors.served.await.map_err(std::io::Error::other)??;
    ended(&life, &metrics).await
}
