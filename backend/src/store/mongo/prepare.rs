//! Making a database ready, and telling what its server lacks.

use super::{Mongo, ask};
use crate::store::StoreError;
use mongodb::IndexModel;
use mongodb::bson::{Document, deserialize_from_document, doc};
use serde::Deserialize;

/// The protocol of MongoDB 6.0.
const WIRE_VERSION: i32 = 17;

/// The index on `_id` comes by itself, and the collections that need no other come with their first document.
fn indexes() -> [(&'static str, Vec<Document>); 3] {
    let receipts = vec![
        doc! { "sealed.body.id": 1 },
        doc! { "store": 1, "epoch": 1, "offset": 1 },
        doc! { "accepted_at": 1, "store": 1, "epoch": 1, "offset": 1 },
        doc! { "store": 1, "register": 1, "series": 1, "number": 1 },
        doc! { "store": 1, "day": 1, "epoch": 1, "offset": 1 },
    ];
    let movements =
        vec![doc! { "store": 1, "epoch": 1, "offset": 1 }, doc! { "store": 1, "kind": 1, "epoch": 1, "offset": 1 }];
    [
        ("receipts", receipts),
        ("movements", movements),
        (super::numbering::DOCUMENTS, vec![doc! { "kind": 1, "revision": 1 }]),
    ]
}

/// What a server says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Hello {
    max_wire_version: i32,
    /// The replica set's name.
    set_name: Option<String>,
    /// Members that hold data and can become primary.
    hosts: Vec<String>,
    /// Members that vote and hold nothing.
    arbiters: Vec<String>,
    /// `isdbgrid` where it is the router of a sharded cluster.
    msg: Option<String>,
}

impl Mongo {
    /// Makes the collections and indexes that are missing; any number of processes may do so at once. Fails where the
    /// server cannot be reached or is older than MongoDB 6.
    pub async fn prepare(&self) -> Result<(), StoreError> {
        let hello = self.hello().await?;
        if hello.max_wire_version < WIRE_VERSION {
            return Err(StoreError::Unavailable("the server is older than MongoDB 6: upgrade it".into()));
        }
        for (collection, keys) in indexes() {
            let models = keys.into_iter().map(|keys| IndexModel::builder().keys(keys).build());
            ask(self.collection(collection).create_indexes(models)).await?;
        }
        Ok(())
    }

    /// What falls short in production, a sentence each; empty where nothing does.
    pub async fn shortcomings(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.hello().await?.shortcomings(self.is_encrypted))
    }

    /// Asked by its old name, which every server still answers to.
    async fn hello(&self) -> Result<Hello, StoreError> {
        Ok(deserialize_from_document(ask(self.database.run_command(doc! { "isMaster": 1 })).await?)?)
    }
}

impl Hello {
    fn shortcomings(&self, is_encrypted: bool) -> Vec<String> {
        let mut found = Vec::new();
        if !is_encrypted {
            found.push("the connection to MongoDB is not encrypted: add tls=true to its connection string".to_owned());
        }
        if self.msg.as_deref() == Some("isdbgrid") {
            return found;
        }
        if self.set_name.is_none() {
            found.push(
                "MongoDB is a single server, and what is on its disk is lost with it: make it a replica set of three"
                    .to_owned(),
            );
        } else if self.hosts.len() < 3 {
            let count = self.hosts.len();
            found.push(format!("the MongoDB replica set has {count} members with data: with less than three, writes stop when one is lost"));
        }
        if !self.arbiters.is_empty() {
            found.push(
                "the MongoDB replica set has an arbiter, which holds no data: make it a member that does".to_owned(),
            );
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(hello: Document, is_encrypted: bool) -> usize {
        deserialize_from_document::<Hello>(hello).unwrap().shortcomings(is_encrypted).len()
    }

    #[test]
    fn only_what_falls_short_is_told() {
        assert_eq!(count(doc! { "setName": "rs", "hosts": ["a", "b", "c"] }, true), 0);
        assert_eq!(count(doc! { "msg": "isdbgrid" }, true), 0);
        assert_eq!(count(doc! { "maxWireVersion": 17 }, true), 1);
        assert_eq!(count(doc! { "setName": "rs", "hosts": ["a", "b"], "arbiters": ["c"] }, false), 3);
    }
}
