//! A saver: the real loop, on the world's log and store.

use super::log::LogClient;
use super::process::Process;
use super::store::StoreClient;
use super::world::World;
use crate::metrics::Metrics;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// A saver that runs.
pub struct Saver {
    pub process: Arc<Process>,
    /// Asks it to finish what it has begun.
    pub stop: CancellationToken,
}

impl Saver {
    pub fn start(world: &Arc<World>, name: String) -> Self {
        world.trace.note(&name, format_args!("starts"));
        let process = Arc::new(Process::new(name));
        let stop = CancellationToken::new();
        let saver = crate::saver::Saver {
            log: Arc::new(LogClient { world: Arc::clone(world), process: Arc::clone(&process) }),
            store: Arc::new(StoreClient { world: Arc::clone(world), process: Arc::clone(&process) }),
            clock: Arc::clone(&world.wall) as _,
            metrics: Arc::new(Metrics::new()),
            health: Arc::default(),
            rate: None,
            stop: stop.clone(),
        };
        drop(process.spawn(saver.run()));
        Self { process, stop }
    }
}
