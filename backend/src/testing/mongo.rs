//! A MongoDB database of a test's own.

use super::StoreEngine;
use crate::store::Store;
use crate::store::mongo::Mongo;
use async_trait::async_trait;
use std::sync::Arc;

/// Where the server's address is said, such as `mongodb://127.0.0.1:37017`.
const VARIABLE: &str = "COMPTOIR_TEST_MONGODB";

/// A fresh database on a running server; it goes when this does.
pub struct MongoDatabase {
    uri: String,
    name: String,
}

impl MongoDatabase {
    pub fn new() -> Self {
        let server = std::env::var(VARIABLE)
            .unwrap_or_else(|_| panic!("{VARIABLE} names no MongoDB server: run `cargo xtask test --only engines`"));
        // A folder's name is the one that nobody else has.
        let folder = tempfile::Builder::new().prefix("comptoir-test-").tempdir().unwrap();
        let name = folder.path().file_name().unwrap().to_str().unwrap().to_owned();
        let (address, options) = server.split_once('?').unwrap_or((&server, ""));
        let address = address.trim_end_matches('/');
        Self { uri: format!("{address}/{name}?{options}"), name }
    }

    /// The connection string that names the database.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Opens the store as what it is.
    pub async fn open_mongo(&self) -> Mongo {
        let mongo = Mongo::open(&self.uri).await.unwrap();
        mongo.prepare().await.unwrap();
        mongo
    }
}

#[async_trait]
impl StoreEngine for MongoDatabase {
    async fn open_store(&self) -> Arc<dyn Store> {
        Arc::new(self.open_mongo().await)
    }
}

/// On a thread of its own, since the test's runtime is being taken down.
impl Drop for MongoDatabase {
    fn drop(&mut self) {
        let (uri, name) = (self.uri.clone(), self.name.clone());
        let drop = async move { mongodb::Client::with_uri_str(uri).await?.database(&name).drop().await };
        let alone = || tokio::runtime::Builder::new_current_thread().enable_all().build();
        let dropped = std::thread::spawn(move || alone().map(|runtime| runtime.block_on(drop))).join();
        if !matches!(dropped, Ok(Ok(Ok(())))) {
            eprintln!("the database {} was left behind: {dropped:?}", self.name);
        }
    }
}
