//! Where data is read from and put: one of the engines, as what it is.

use super::ArchiveError;
use super::options::PlaceOptions;
use crate::log::EventLog;
use crate::log::embedded::EmbeddedLog;
use crate::log::kafka::identity::{LogIdentity, ONLY};
use crate::store::documents::{Swap, Versioned};
use crate::store::mongo::Mongo;
use crate::store::sqlite::Sqlite;
use crate::store::{Store, StoreError};
use std::path::Path;
use std::sync::Arc;

/// One of the engines.
pub enum Place {
    /// The embedded one, log and store.
    Embedded {
        /// The file.
        file: Arc<Sqlite>,
        /// Its folder, for telling.
        folder: String,
    },
    /// `MongoDB`, without its log.
    Mongo(Arc<Mongo>),
}

impl Place {
    /// Opens a place to read it while others write; makes nothing there.
    pub async fn to_read(options: &PlaceOptions) -> Result<Self, ArchiveError> {
        match &options.store {
            Some(uri) => Ok(Self::Mongo(Arc::new(Mongo::open(uri).await?))),
            None => Ok(Self::embedded(Sqlite::open_beside(&options.data)?, &options.data)),
        }
    }

    /// Opens a place to fill it; nobody else may be at work there.
    pub async fn to_fill(options: &PlaceOptions) -> Result<Self, ArchiveError> {
        match &options.store {
            Some(uri) => Self::mongo(uri).await,
            None => Self::folder(&options.data),
        }
    }

    /// Opens a data folder, which nobody else may have open.
    pub fn folder(folder: &Path) -> Result<Self, ArchiveError> {
        Ok(Self::embedded(Sqlite::open(folder)?, folder))
    }

    /// Opens a database, making what is missing.
    pub async fn mongo(uri: &str) -> Result<Self, ArchiveError> {
        let mongo = Mongo::open(uri).await?;
        mongo.prepare().await?;
        Ok(Self::Mongo(Arc::new(mongo)))
    }

    fn embedded(file: Sqlite, folder: &Path) -> Self {
        Self::Embedded { file: Arc::new(file), folder: folder.display().to_string() }
    }

    /// How to call it.
    pub fn name(&self) -> String {
        match self {
            Self::Embedded { folder, .. } => format!("the folder {folder}"),
            Self::Mongo(_) => "the MongoDB database".into(),
        }
    }

    /// The engine's name.
    pub const fn engine(&self) -> &'static str {
        match self {
            Self::Embedded { .. } => "embedded",
            Self::Mongo(_) => "mongodb",
        }
    }

    /// The store.
    pub fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Embedded { file, .. } => Arc::clone(file) as _,
            Self::Mongo(mongo) => Arc::clone(mongo) as _,
        }
    }

    /// The log, where it is in the same place.
    pub fn log(&self) -> Option<EmbeddedLog> {
        match self {
            Self::Embedded { file, .. } => Some(EmbeddedLog::new(Arc::clone(file))),
            Self::Mongo(_) => None,
        }
    }

    /// The epoch of the log that the store is fed from, and how many partitions that has, if it is known yet.
    pub async fn fed_from(&self) -> Result<(u32, Option<u32>), StoreError> {
        let Self::Embedded { file, .. } = self else {
            let identity = self.store().read::<LogIdentity>(ONLY).await?.map(|found| found.value);
            let partitions = identity.as_ref().and_then(|found| found.source.as_ref()?.partitions.try_into().ok());
            return Ok((identity.map_or(0, |found| found.epoch), partitions));
        };
        Ok((file.epoch(), Some(1)))
    }

    /// Makes the store wait for its next log, which has this epoch.
    pub async fn await_log(&self, epoch: u32) -> Result<(), StoreError> {
        if let Self::Embedded { file, .. } = self {
            return file.begin_epoch(epoch).await;
        }
        let store = self.store();
        let known = store.read::<LogIdentity>(ONLY).await?.map(|Versioned { revision, .. }| revision);
        match store.write(ONLY, known, &LogIdentity { epoch, source: None }).await? {
            Swap::Done(_) => Ok(()),
            Swap::Conflict => Err(StoreError::Unavailable("somebody else has begun to use it".into())),
        }
    }

    /// Whether it holds nothing at all.
    pub async fn is_empty(&self) -> Result<bool, ArchiveError> {
        if let Some(log) = self.log()
            && log.backlog().await? > 0
        {
            return Ok(false);
        }
        Ok(super::mark::is_empty(&*self.store()).await?)
    }
}
