//! A log in a real Kafka, with topics of its own.

use super::{Engine, Opened};
use crate::log::LogError;
use crate::log::kafka::{KafkaLog, KafkaSettings};
use crate::store::Store;
use crate::store::sqlite::Sqlite;
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use uuid::Uuid;

/// How long a cluster may take until it is ready, which is longer than a busy one needs.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long a test waits until it asks a cluster again.
const PAUSE: Duration = Duration::from_millis(200);

/// Where the cluster is: `host:port`.
const VARIABLE: &str = "COMPTOIR_TEST_KAFKA";

/// Topics that nobody else uses, and a store in a folder, for what the log has to be remembered by.
pub struct KafkaTopics {
    address: String,
    partitions: u16,
    folder: TempDir,
}

impl KafkaTopics {
    /// Topics with one partition.
    pub fn new() -> Self {
        Self::with_partitions(1)
    }

    /// Topics with so many partitions.
    pub fn with_partitions(partitions: u16) -> Self {
        let servers = std::env::var(VARIABLE)
            .unwrap_or_else(|_| panic!("{VARIABLE} is not set: run `cargo xtask test --only engines`"));
        let own = Uuid::from_bytes(rand::random());
        Self { address: format!("kafka://{servers}/test-{own}"), partitions, folder: tempfile::tempdir().unwrap() }
    }

    /// How the log is spoken to.
    pub fn settings(&self) -> KafkaSettings {
        KafkaSettings::parse(&self.address, self.partitions, BTreeMap::new()).unwrap()
    }

    /// A log that has met its cluster. As every role does, it asks again for as long as the cluster is not ready: brokers
    /// may be a while at electing the leaders of topics that were just made.
    pub async fn open_log(&self, store: &Arc<dyn Store>) -> KafkaLog {
        let log = KafkaLog::new(self.settings(), Uuid::from_bytes(rand::random())).unwrap();
        let began = Instant::now();
        loop {
            match log.prepare(&**store).await {
                Err(LogError::Unavailable(_)) if began.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
                outcome => break drop(outcome.unwrap()),
            }
        }
        log
    }
}

#[async_trait]
impl Engine for KafkaTopics {
    async fn open(&self) -> Opened {
        let store: Arc<dyn Store> = Arc::new(Sqlite::open(self.folder.path()).unwrap());
        Opened { log: Arc::new(self.open_log(&store).await), store }
    }
}
