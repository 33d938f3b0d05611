//! A web tier: the real handlers, caches and hub, on the world's log and store.

use super::log::LogClient;
use super::process::Process;
use super::store::StoreClient;
use super::world::World;
use crate::live::Hub;
use crate::metrics::Metrics;
use crate::store::Store;
pub use crate::web::simulated::Tier;
use crate::web::{Parts, Settings};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A web tier that runs.
pub struct Web {
    pub process: Arc<Process>,
    pub tier: Tier,
    pub hub: Arc<Hub>,
}

impl Web {
    pub fn start(world: &Arc<World>, name: String) -> Arc<Self> {
        world.trace.note(&name, format_args!("starts"));
        let process = Arc::new(Process::new(name));
        let log = Arc::new(LogClient { world: Arc::clone(world), process: Arc::clone(&process) });
        let store: Arc<dyn Store> = Arc::new(StoreClient { world: Arc::clone(world), process: Arc::clone(&process) });
        let hub = Arc::new(Hub::new(Arc::clone(&store)));
        let tier = Tier::new(Parts {
            log: Arc::clone(&log) as _,
            store,
            hub: Arc::clone(&hub),
            mint: world.mint(),
            metrics: Arc::new(Metrics::new()),
            settings: settings(),
            saver: None,
            shortcomings: Vec::new(),
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        let notices = crate::log::EventLog::notices(&*log);
        let (running, stop) = (Arc::clone(&hub), CancellationToken::new());
        drop(process.spawn(async move { running.run(notices, stop).await }));
        Arc::new(Self { process, tier, hub })
    }
}

fn settings() -> Arc<Settings> {
    Arc::new(Settings {
        operator_token: None,
        demo: false,
        site: None,
        secure_cookies: false,
        behind_proxy: false,
        key: [7; 32],
        own_address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
    })
}
