//! Documents: what people and the web tier decide, replaced by compare-and-swap.

use super::StoreError;
use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A document's version; it grows with every change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub u64);

/// A document with the version that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The version.
    pub revision: Revision,
    /// The document.
    pub value: T,
}

/// What became of a compare-and-swap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Swap {
    /// It is durable.
    Done(Revision),
    /// Somebody was ahead, or the document is not what was expected: read again.
    Conflict,
}

/// A raw document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDocument {
    /// Its name within its kind.
    pub id: String,
    /// Its version.
    pub revision: Revision,
    /// Its JSON; `None` where it was deleted (told only by [`Documents::changed_since`]).
    pub body: Option<Vec<u8>>,
}

/// Where documents are kept. Revisions of one kind grow over all its documents, so they order its changes.
#[async_trait]
pub trait Documents {
    /// Reads a document.
    async fn get(&self, kind: &'static str, id: &str) -> Result<Option<RawDocument>, StoreError>;

    /// Writes a document if its revision is still `expected`; `None` expects that there is none.
    async fn swap(
        &self,
        kind: &'static str,
        id: &str,
        expected: Option<Revision>,
        body: Vec<u8>,
    ) -> Result<Swap, StoreError>;

    /// Writes many documents whatever was there; resolves once they are durable. Documents that are the same already
    /// keep their revision. Gives the highest revision of the kind.
    async fn put_all(&self, kind: &'static str, documents: Vec<(String, Vec<u8>)>) -> Result<Revision, StoreError>;

    /// Deletes a document if it is there.
    async fn delete(&self, kind: &'static str, id: &str) -> Result<(), StoreError>;

    /// The documents whose names start with `prefix`, in the order of their names.
    async fn list_documents(&self, kind: &'static str, prefix: &str) -> Result<Vec<RawDocument>, StoreError>;

    /// What changed after a revision, deletions included, in the order of the changes.
    async fn changed_since(&self, kind: &'static str, revision: Revision) -> Result<Vec<RawDocument>, StoreError>;
}

/// A type that is kept as documents of one kind.
pub trait Document: Serialize + DeserializeOwned + Send + Sync {
    /// The kind's name.
    const KIND: &'static str;
}

impl dyn super::Store {
    /// Reads a typed document.
    pub async fn read<T: Document>(&self, id: &str) -> Result<Option<Versioned<T>>, StoreError> {
        self.get(T::KIND, id).await?.and_then(typed).transpose()
    }

    /// Writes a typed document if its revision is still `expected`; `None` expects that there is none.
    pub async fn write<T: Document>(
        &self,
        id: &str,
        expected: Option<Revision>,
        value: &T,
    ) -> Result<Swap, StoreError> {
        self.swap(T::KIND, id, expected, serde_json::to_vec(value)?).await
    }

    /// The typed documents whose names start with `prefix`.
    pub async fn read_all<T: Document>(&self, prefix: &str) -> Result<Vec<Versioned<T>>, StoreError> {
        self.list_documents(T::KIND, prefix).await?.into_iter().filter_map(typed).collect()
    }

    /// Deletes a typed document.
    pub async fn remove<T: Document>(&self, id: &str) -> Result<(), StoreError> {
        self.delete(T::KIND, id).await
    }
}

fn typed<T: Document>(raw: RawDocument) -> Option<Result<Versioned<T>, StoreError>> {
    let body = raw.body?;
    let corrupt = |error| StoreError::Corrupt(format!("{} {}: {error}", T::KIND, raw.id));
    Some(serde_json::from_slice(&body).map_err(corrupt).map(|value| Versioned { revision: raw.revision, value }))
}
