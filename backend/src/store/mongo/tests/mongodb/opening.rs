//! Opening, with and without a server.

use crate::store::mongo::Mongo;
use crate::store::{Documents, StoreError};
use crate::testing::MongoDatabase;

#[tokio::test]
async fn a_server_that_is_away_is_said_when_it_is_needed() {
    let uri = "mongodb://127.0.0.1:1/comptoir?serverSelectionTimeoutMS=200";
    let mongo = Mongo::open(uri).await.unwrap();
    assert!(matches!(mongo.prepare().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(mongo.get("product", "a").await, Err(StoreError::Unavailable(_))));
    assert!(matches!(mongo.shortcomings().await, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn many_may_prepare_at_once_and_again() {
    let database = MongoDatabase::new();
    let mongo = database.open_mongo().await;
    let other = database.open_mongo().await;
    let prepared = tokio::join!(mongo.prepare(), other.prepare(), mongo.prepare(), other.prepare());
    assert!(prepared.0.is_ok() && prepared.1.is_ok() && prepared.2.is_ok() && prepared.3.is_ok(), "{prepared:?}");
    assert!(!mongo.shortcomings().await.unwrap().is_empty(), "a test's server is no replica set with TLS");
}
