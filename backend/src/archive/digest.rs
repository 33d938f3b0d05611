//! What was sent, held against what arrived: counts, and hashes that do not depend on the order of rows.

use super::ArchiveError;
use super::entry::Entry;
use super::line::Counts;
use super::read_out::Sink;
use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// How many rows of each kind there are, and the exclusive or of their SHA-256 hashes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Digest(BTreeMap<&'static str, (u64, [u8; 32])>);

impl Digest {
    /// Counts a row. Records of the log are left out: their places in another log are others.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Untold`].
    pub fn add(&mut self, entry: &Entry) -> Result<(), ArchiveError> {
        if matches!(entry, Entry::Event(_)) {
            return Ok(());
        }
        let line = serde_json::to_vec(&entry.line()?);
        let line = line.map_err(|error| ArchiveError::Untold(entry.kind().into(), error.to_string()))?;
        let (count, hash) = self.0.entry(entry.kind()).or_default();
        *count += 1;
        for (all, one) in hash.iter_mut().zip(Sha256::digest(&line)) {
            *all ^= one;
        }
        Ok(())
    }

    /// How many rows of each kind there are.
    pub fn counts(&self) -> Counts {
        self.0.iter().map(|(kind, (count, _))| ((*kind).to_owned(), *count)).collect()
    }

    /// Sees that the same has arrived.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Differs`].
    pub fn compare(&self, arrived: &Self) -> Result<(), ArchiveError> {
        let kinds = self.0.keys().chain(arrived.0.keys());
        for kind in kinds {
            let ((sent, sent_hash), (there, hash)) = (self.of(kind), arrived.of(kind));
            if sent != there {
                return Err(ArchiveError::Differs(format!("{there} instead of {sent} rows of the kind {kind}")));
            }
            if sent_hash != hash {
                return Err(ArchiveError::Differs(format!("a row of the kind {kind} has another content")));
            }
        }
        Ok(())
    }

    fn of(&self, kind: &str) -> (u64, [u8; 32]) {
        self.0.get(kind).copied().unwrap_or_default()
    }
}

#[async_trait]
impl Sink for Digest {
    async fn take(&mut self, entry: &Entry) -> Result<(), ArchiveError> {
        self.add(entry)
    }
}
