//! The roles in which the program runs for long: everything in one process, or web tier and savers apart.

mod announce;
mod doors;
mod front;
mod saver;
mod serve;
mod start;
mod tls;
mod web;

pub use saver::run as saver;
pub use serve::run as serve;
pub use web::run as web;

use crate::config::ConfigError;
use crate::demo;
use crate::engine::EngineError;
use crate::lifecycle::Lifecycle;
use crate::metrics::Metrics;
use crate::store::StoreError;
use std::io;
use std::net::SocketAddr;

/// Why a role did not start or did not go on.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Log or store cannot be used.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The address is taken.
    #[error("{0} is taken by another program: stop that one, or choose another address with --listen")]
    Taken(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What went wrong.
        cause: io::Error,
    },
    /// There is no TLS as it was asked for.
    #[error(transparent)]
    Tls(#[from] tls::TlsError),
    /// The demo data could not be written.
    #[error("the demo data could not be written: {0}")]
    Demo(#[from] demo::SeedError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Anything else of the operating system's.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The saver cannot go on.
    #[error("the saver cannot go on: {0}")]
    Saver(String),
    /// A stop had to cut something off.
    #[error("stopped before everything had ended; nothing that was acknowledged is lost")]
    CutOff,
}

/// Waits until everything has ended that a role has begun; of what had to be cut off the log says what it was.
async fn ended(life: &Lifecycle, metrics: &Metrics) -> Result<(), RoleError> {
    if life.end().await {
        return Ok(());
    }
    tracing::warn!(under_way = ?metrics.under_way(), tasks = life.tasks.len(), "cut off");
    Err(RoleError::CutOff)
}
