//! The event journal: what people do at a register rather than sell, what they decide of a store at the desk, and what the server
//! finds wrong. Who, where, when, what, in a chain of its own.
//!
//! Each series has a journal beside its receipts, signed by the same key and numbered by itself from 1 without gaps. Its
//! first entry names [`Hash::GENESIS`]. An entry's bytes hold a field that no receipt has, so that neither passes as the
//! other.

mod act;
#[cfg(test)]
mod tests;

pub use act::{Act, ActKind, MAX_REASON};

use crate::author::Author;
use crate::canonical::Canonical;
use crate::chain::{Hash, Head, Sealed};
use crate::finding::FindingKind;
use crate::ids::{EventId, JournalNo, RegisterNo, SellerNo, SeriesId, SeriesLetter, StoreNo};
use crate::receipt::Canon;
use crate::time::Moment;
use serde::{Deserialize, Serialize};

/// What tells an entry's bytes from a receipt's, and so its hash and signature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// An entry of the journal.
    #[default]
    Journal,
}

/// One entry of a series' journal.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JournalEntry {
    /// When, by the clock of the till, or at the desk of the server.
    pub at: Moment,
    /// Who.
    pub by: Author,
    /// Which canonical form its hash is over.
    pub canon: Canon,
    /// What.
    pub entry: Act,
    /// Minted where it happened; it is saved once under this id.
    pub id: EventId,
    /// Always `journal`.
    pub kind: RecordKind,
    /// Who allowed it, where it takes a manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<SellerNo>,
    /// Its number within the journal of the series.
    pub number: JournalNo,
    /// The hash of the entry before.
    pub prev: Hash,
    /// The register.
    pub register: RegisterNo,
    /// Which of the register's enrolments.
    pub series: SeriesLetter,
    /// Whether it happened in training.
    pub simulated: bool,
    /// The store.
    pub store: StoreNo,
}

impl Canonical for JournalEntry {}

/// What happened, before it has a place in a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What.
    pub act: Act,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Author,
    /// Who allowed it.
    pub manager: Option<SellerNo>,
}

/// The journal has no number left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the journal has no number left: open another series")]
pub struct JournalFull;

impl JournalEntry {
    /// The entry behind `head` in the journal of a series.
    ///
    /// # Errors
    ///
    /// [`JournalFull`].
    pub fn next(series: &SeriesId, head: Head, simulated: bool, id: EventId, deed: Deed) -> Result<Self, JournalFull> {
        let Deed { act, at, by, manager } = deed;
        Ok(Self {
            at,
            by,
            canon: Canon::V1,
            entry: act,
            id,
            kind: RecordKind::Journal,
            manager,
            number: JournalNo::try_from(head.number.saturating_add(1)).map_err(|_| JournalFull)?,
            prev: head.hash,
            register: series.register,
            series: series.letter.clone(),
            simulated,
            store: series.store,
        })
    }

    /// The series whose journal it belongs to.
    pub fn series_id(&self) -> SeriesId {
        SeriesId { store: self.store, register: self.register, letter: self.series.clone() }
    }
}

impl Sealed<JournalEntry> {
    /// The head of the journal after this entry.
    pub fn head(&self) -> Head {
        Head { number: self.body.number.get(), hash: self.hash }
    }

    /// What is wrong with the entry by itself.
    pub fn own_findings(&self) -> Option<FindingKind> {
        (!self.is_intact()).then_some(FindingKind::AlteredContent)
    }
}
