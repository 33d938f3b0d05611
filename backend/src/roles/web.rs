//! `comptoir web`: pages, API and live view, apart from the savers. Any number of them may run.

use super::doors::Doors;
use super::front::Front;
use super::{RoleError, announce::announce, ended, start};
use crate::clock::Mint;
use crate::config::{WebOptions, WebRoleOptions};
use crate::engine::Engine;
use crate::lifecycle::Lifecycle;
use crate::live::Hub;
use crate::metrics::Metrics;
use crate::model::setup_code;
use crate::saver::SaverHealth;
use crate::web::{AppState, Parts, Settings, router, sweeper};
use axum::Router;
use shared::notice::Notice;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::broadcast;

/// Serves until a signal asks it to stop.
///
/// # Errors
///
/// [`RoleError`].
pub async fn run(options: WebRoleOptions) -> Result<(), RoleError> {
    let (life, front, mint) = (Lifecycle::default(), Front::default(), Mint::system());
    life.watch_signals()?;
    let metrics = Arc::new(Metrics::new());
    options.engine.must_be_shared("web")?;
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
    let shortcomings = prepared.shortcomings;
    let pages = Pages {
        engine: &engine,
        mint: &mint,
        metrics: &metrics,
        key,
        own_address: doors.own,
        saver: None,
        shortcomings,
    };
    front.lead_to(open_pages(pages, &options.web, notices, &life));
    announce(&doors, &prepared.stores, code.as_deref());
    doors.served.await.map_err(std::io::Error::other)??;
    ended(&life, &metrics).await
}

/// What pages and API are made from.
pub struct Pages<'a> {
    pub engine: &'a Engine,
    pub mint: &'a Mint,
    pub metrics: &'a Arc<Metrics>,
    pub key: [u8; 32],
    /// Where this process reaches itself.
    pub own_address: SocketAddr,
    /// The saver in this process, if there is one.
    pub saver: Option<Arc<SaverHealth>>,
    /// What of log and store falls short of what production asks for.
    pub shortcomings: Vec<String>,
}

/// Starts the hub and the sweeper, and gives the routes.
pub fn open_pages(
    pages: Pages<'_>,
    options: &WebOptions,
    notices: broadcast::Receiver<Arc<Notice>>,
    life: &Lifecycle,
) -> Router {
    let Pages { engine, mint, metrics, key, own_address, saver, shortcomings } = pages;
    let hub = Arc::new(Hub::new(Arc::clone(&engine.store)));
    let (running, stop) = (Arc::clone(&hub), life.soft.clone());
    life.tasks.spawn(async move { running.run(notices, stop).await });
    let settings = Settings {
        operator_token: options.token.clone(),
        demo: options.takes_demo_token(),
        site: options.site.clone(),
        secure_cookies: options.keeps_cookies_to_tls(),
        behind_proxy: options.behind_proxy,
        key,
        own_address,
    };
    let app = AppState::new(Parts {
        log: Arc::clone(&engine.log),
        store: Arc::clone(&engine.store),
        hub,
        mint: mint.clone(),
        metrics: Arc::clone(metrics),
        settings: Arc::new(settings),
        saver,
        shortcomings,
        stopping: life.soft.clone(),
        tasks: life.tasks.clone(),
    });
    life.tasks.spawn(sweeper::run(Arc::clone(&app), life.soft.clone()));
    router::router(app)
}
