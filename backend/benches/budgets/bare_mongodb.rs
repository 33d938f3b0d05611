//! The documents that the savers have saved, inserted once more by nothing but the driver.

use futures_util::TryStreamExt as _;
use mongodb::bson::{RawDocumentBuf, doc};
use mongodb::options::WriteConcern;
use mongodb::{Client, IndexModel};
use std::net::SocketAddr;
use std::time::Instant;

/// As many as a saver saves at once.
const BATCH: usize = 1000;

/// As many as fit into one answer.
const READ: u32 = 1000;

/// Receipts a second, over one connection, into a collection with the same indexes.
pub async fn insert_again(server: SocketAddr, database: &str) -> f64 {
    let client =
        Client::with_uri_str(format!("mongodb://{server}/?maxPoolSize=1")).await.expect("a client can be made");
    let source = client.database(database).collection::<RawDocumentBuf>("receipts");
    let documents = source.find(doc! {}).batch_size(READ).await.expect("receipts are found");
    let documents: Vec<RawDocumentBuf> = documents.try_collect().await.expect("receipts are read");
    let target = client.database(&format!("bare-{database}")).collection::<RawDocumentBuf>("receipts");
    let indexes: Vec<IndexModel> =
        source.list_indexes().await.expect("indexes are listed").try_collect().await.expect("indexes are read");
    let others = indexes.into_iter().filter(|index| !index.keys.contains_key("_id"));
    target.create_indexes(others).await.expect("indexes can be made");
    let start = Instant::now();
    for batch in documents.chunks(BATCH) {
        let insert = target.insert_many(batch).ordered(false).write_concern(WriteConcern::majority());
        insert.await.expect("documents can be inserted");
    }
    crate::figures::per_second(documents.len(), start)
}
