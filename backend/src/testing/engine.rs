//! An engine that a test can open, close and open again.

use crate::clock::Clock;
use crate::log::EventLog;
use crate::log::embedded::EmbeddedLog;
use crate::store::Store;
use crate::store::sqlite::Sqlite;
use async_trait::async_trait;
use shared::time::Timestamp;
use std::sync::Arc;
use tempfile::TempDir;

/// A place that keeps log and store while nobody has them open.
#[async_trait]
pub trait Engine: Sync {
    /// Opens log and store; what was opened before has to be dropped first.
    async fn open(&self) -> Opened;
}

/// A place that keeps a store while nobody has it open.
#[async_trait]
pub trait StoreEngine: Sync {
    /// Opens the store; what was opened before has to be dropped first.
    async fn open_store(&self) -> Arc<dyn Store>;
}

/// Log and store of one engine.
pub struct Opened {
    pub log: Arc<dyn EventLog>,
    pub store: Arc<dyn Store>,
}

/// The embedded engine in a folder that goes when this does.
pub struct Embedded(TempDir);

impl Embedded {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
}

#[async_trait]
impl Engine for Embedded {
    async fn open(&self) -> Opened {
        let file = Arc::new(Sqlite::open(self.0.path()).unwrap());
        Opened { store: Arc::clone(&file) as _, log: Arc::new(EmbeddedLog::new(file)) }
    }
}

#[async_trait]
impl StoreEngine for Embedded {
    async fn open_store(&self) -> Arc<dyn Store> {
        self.open().await.store
    }
}

/// A clock that always tells the tests' noon.
pub struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        super::second(0)
    }
}
