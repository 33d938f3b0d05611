//! The engines: log and store, embedded in one file or in Kafka and MongoDB.

use crate::archive::{self, ArchiveError};
use crate::clock::Mint;
use crate::config::{ConfigError, EngineOptions, key};
use crate::log::embedded::EmbeddedLog;
use crate::log::kafka::{KafkaLog, KafkaSettings, passed};
use crate::log::{EventLog, LogError};
use crate::store::mongo::{self, Mongo};
use crate::store::sqlite::{self, Sqlite};
use crate::store::{Store, StoreError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why an engine cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data folder cannot be used.
    #[error(transparent)]
    Embedded(#[from] sqlite::OpenError),
    /// The address of the store is wrong.
    #[error(transparent)]
    Mongo(#[from] mongo::OpenError),
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store is being filled.
    #[error("{}", ArchiveError::Unfinished(.0.clone()))]
    Unfinished(String),
}

impl EngineError {
    /// Whether waiting may help.
    pub const fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Log(LogError::Unavailable(_))
                | Self::Mongo(mongo::OpenError::Lookup(_))
                | Self::Store(StoreError::Unavailable(_) | StoreError::Full(_))
        )
    }
}

/// Log and store.
pub struct Engine {
    /// Where events go.
    pub log: Arc<dyn EventLog>,
    /// Where everything known is kept.
    pub store: Arc<dyn Store>,
    kind: Kind,
}

enum Kind {
    Embedded { folder: PathBuf },
    Production { kafka: Arc<KafkaLog>, mongo: Arc<Mongo> },
}

impl Engine {
    /// The engine that the options name. Kafka and MongoDB need not answer yet.
    ///
    /// # Errors
    ///
    /// Everything but what waiting may mend.
    pub async fn open(options: &EngineOptions, mint: &Mint) -> Result<Self, EngineError> {
        match (&options.events, &options.store) {
            (None, None) => Ok(Self::embedded(Arc::new(Sqlite::open(&options.data)?), &options.data)),
            (Some(events), Some(store)) => Self::production(events, store, options.partitions, mint).await,
            (Some(_), None) => Err(ConfigError::Half("COMPTOIR_EVENTS", "COMPTOIR_STORE").into()),
            (None, Some(_)) => Err(ConfigError::Half("COMPTOIR_STORE", "COMPTOIR_EVENTS").into()),
        }
    }

    /// The engine in a file of this folder.
    pub fn embedded(file: Arc<Sqlite>, folder: &Path) -> Self {
        let store: Arc<dyn Store> = Arc::clone(&file) as Arc<dyn Store>;
        Self { log: Arc::new(EmbeddedLog::new(file)), store, kind: Kind::Embedded { folder: folder.to_owned() } }
    }

    async fn production(events: &str, store: &str, partitions: u16, mint: &Mint) -> Result<Self, EngineError> {
        let settings = KafkaSettings::parse(events, partitions, passed::from(std::env::vars())?)?;
        let kafka = Arc::new(KafkaLog::new(settings, uuid::Builder::from_random_bytes(mint.random()).into_uuid())?);
        let mongo = Arc::new(Mongo::open(store).await?);
        let (log, store) = (Arc::clone(&kafka) as Arc<dyn EventLog>, Arc::clone(&mongo) as Arc<dyn Store>);
        Ok(Self { log, store, kind: Kind::Production { kafka, mongo } })
    }

    /// Makes what is missing in Kafka and MongoDB, and sees that they belong together. Says what falls short of what
    /// production asks for.
    ///
    /// # Errors
    ///
    /// See [`EngineError::is_passing`] for those to try again after.
    pub async fn prepare(&self) -> Result<Vec<String>, EngineError> {
        if let Some(other) = archive::unfinished(&*self.store).await? {
            return Err(EngineError::Unfinished(other));
        }
        let Kind::Production { kafka, mongo } = &self.kind else { return Ok(Vec::new()) };
        mongo.prepare().await?;
        let mut shortcomings = kafka.prepare(&*self.store).await?;
        shortcomings.extend(mongo.shortcomings().await?);
        Ok(shortcomings)
    }

    /// An error of the start, as it is on this engine. What waits for Kafka and MongoDB waits for other machines and those
    /// who look after them; a file is this machine's own, and whoever starts the process is there to mend what is wrong.
    pub fn judge(&self, error: EngineError) -> EngineError {
        let Kind::Embedded { folder } = &self.kind else { return error };
        let path = folder.clone();
        match error {
            EngineError::Store(StoreError::Full(_)) => sqlite::OpenError::Full(path).into(),
            EngineError::Store(StoreError::Unavailable(cause)) | EngineError::Log(LogError::Unavailable(cause)) => {
                sqlite::OpenError::Other { path, cause }.into()
            }
            error => error,
        }
    }

    /// The key that encrypts the keys of series that the server issues on.
    ///
    /// # Errors
    ///
    /// The configuration's.
    pub fn key(&self, options: &EngineOptions, is_demo: bool, mint: &Mint) -> Result<[u8; 32], ConfigError> {
        match self.kind {
            Kind::Embedded { .. } => key::kept_in(&options.data, mint.random()),
            Kind::Production { .. } => key::shared(is_demo),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> EngineError {
        StoreError::Full("no room".into()).into()
    }

    fn unavailable() -> EngineError {
        LogError::Unavailable("no room".into()).into()
    }

    #[tokio::test]
    async fn a_full_database_elsewhere_is_waited_for() {
        let (kafka, mongodb) = ("kafka://127.0.0.1:1", "mongodb://127.0.0.1:1/comptoir");
        let engine = Engine::production(kafka, mongodb, 12, &Mint::system()).await.unwrap();
        assert!(engine.judge(full()).is_passing() && engine.judge(unavailable()).is_passing());
    }

    #[test]
    fn a_file_that_cannot_be_written_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::embedded(Arc::new(Sqlite::open(folder.path()).unwrap()), folder.path());
        for error in [full(), unavailable()] {
            let judged = engine.judge(error);
            assert!(!judged.is_passing());
            assert!(judged.to_string().contains(folder.path().to_str().unwrap()), "{judged}");
        }
        assert!(engine.judge(full()).to_string().contains("free some space"));
    }
}
