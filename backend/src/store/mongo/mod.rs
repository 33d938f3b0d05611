//! The engine for many processes: MongoDB 6 to 8, a replica set or one sharded by `store`, without transactions.
//!
//! What has to be found in order has a name that sorts by bytes, so that the index on `_id` is the only one it needs.
//! To shard, do so before the first use, while the collections are empty:
//! `sh.shardCollection("<database>.receipts", {store: 1})`, likewise `movements` and `projections`. The names of what is
//! in them begin with the store or hold it, so a name that is unique within a shard is unique.

mod advance;
mod archive;
mod dead_letters;
mod documents;
mod error;
mod insert;
mod journal;
mod kept;
mod names;
mod numbering;
mod open;
mod prepare;
mod projections;
mod put_all;
mod receipts;
mod rows;
mod search;
#[cfg(test)]
pub mod tests;
mod update;

pub use open::OpenError;

use super::StoreError;
use futures_util::TryStreamExt;
use mongodb::action::Find;
use mongodb::bson::RawDocumentBuf;
use mongodb::error::Result;
use mongodb::{Client, Collection, Database};
use serde::de::DeserializeOwned;
use std::future::IntoFuture;
use std::io;
use std::time::Duration;

/// How long an answer may take. The driver waits for ever on a connection that fell silent.
const LONGEST: Duration = Duration::from_secs(30);

/// How many documents come in one answer at most, where the answer's size allows it. The server's own first answer stops
/// at 101.
const BATCH: u32 = 1000;

/// A database on a MongoDB server, reachable or not.
pub struct Mongo {
    database: Database,
    is_encrypted: bool,
}

impl Mongo {
    /// Makes ready to use the database that the path of `uri` names. The server need not be there yet.
    pub async fn open(uri: &str) -> std::result::Result<Self, OpenError> {
        Self::connect(open::options(uri).await?)
    }

    fn connect((options, name): (mongodb::options::ClientOptions, String)) -> std::result::Result<Self, OpenError> {
        let is_encrypted = matches!(options.tls, Some(mongodb::options::Tls::Enabled(_)));
        let client = Client::with_options(options).map_err(OpenError::Uri)?;
        Ok(Self { database: client.database(&name), is_encrypted })
    }

    fn collection(&self, name: &str) -> Collection<RawDocumentBuf> {
        self.database.collection(name)
    }
}

/// Waits for an answer, but not for ever.
async fn ask<T>(action: impl IntoFuture<Output = Result<T>>) -> Result<T> {
    let answer = tokio::time::timeout(LONGEST, action.into_future()).await;
    answer.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
}

/// Everything that a search finds.
async fn all<T: DeserializeOwned + Send + Sync>(find: Find<'_, T>) -> std::result::Result<Vec<T>, StoreError> {
    Ok(ask(async { find.await?.try_collect().await }).await?)
}
