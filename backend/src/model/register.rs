//! Registers as documents: each with its series, oldest first.

use super::create::Numbered;
use super::{AnyStore, derived};
use crate::store::StoreError;
use crate::store::documents::Document;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::api::stores::{RegisterDetail, SeriesDetail, SeriesHolder};
use shared::chain::{Hash, PublicKey};
use shared::event::Enrolment;
use shared::ids::{RegisterNo, SeriesId, SeriesLetter, StoreNo};
use shared::store::{Register, RegisterUse};

/// Who holds a series' key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyHolder {
    /// A browser or a bot.
    Till,
    /// The server, for consumers' baskets.
    Server,
}

/// One enrolment of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesEntry {
    /// Its letter.
    pub letter: SeriesLetter,
    /// Whose signatures belong to it.
    pub public_key: PublicKey,
    /// What its first receipt names as its predecessor.
    pub prev: Hash,
    /// Who holds its key.
    pub held_by: KeyHolder,
    /// A few words about who asked for it.
    pub holder: String,
    /// When it was opened.
    pub enrolled_at: Timestamp,
    /// Since when it may sign no more: another one took its place, or it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_at: Option<Timestamp>,
    /// Whether the log is known to hold its enrolment.
    pub announced: bool,
}

impl SeriesEntry {
    fn detail(&self) -> SeriesDetail {
        SeriesDetail {
            letter: self.letter.clone(),
            held_by: match self.held_by {
                KeyHolder::Till => SeriesHolder::Till,
                KeyHolder::Server => SeriesHolder::Server,
            },
            holder: self.holder.clone(),
            enrolled_at: self.enrolled_at,
            replaced_at: self.replaced_at,
        }
    }
}

/// A register of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterDocument {
    /// The store.
    pub store: StoreNo,
    /// Its number there.
    pub no: RegisterNo,
    /// Its series, oldest first; only the last one may be current.
    pub series: Vec<SeriesEntry>,
}

impl Document for RegisterDocument {
    const KIND: &'static str = "register";
}

impl Numbered for RegisterDocument {
    type No = RegisterNo;

    fn number(&self) -> RegisterNo {
        self.no
    }

    fn name(&self) -> String {
        id(self.store, self.no)
    }
}

/// What the names of a store's registers start with.
pub fn prefix(store: StoreNo) -> String {
    format!("{store:05}/")
}

/// The document's name.
pub fn id(store: StoreNo, register: RegisterNo) -> String {
    format!("{store:05}/{register:03}")
}

/// The registers of a store, by number.
pub async fn of_store(store: &AnyStore, no: StoreNo) -> Result<Vec<RegisterDocument>, StoreError> {
    let documents = store.read_all::<RegisterDocument>(&prefix(no)).await?;
    Ok(documents.into_iter().map(|document| document.value).collect())
}

impl RegisterDocument {
    /// A register that nobody has issued on.
    pub const fn free(store: StoreNo, no: RegisterNo) -> Self {
        Self { store, no, series: Vec::new() }
    }

    /// The register as everyone sees it.
    pub fn view(&self) -> Register {
        let used_as = match self.current().map(|entry| entry.held_by) {
            None => RegisterUse::Free,
            Some(KeyHolder::Till) => RegisterUse::Till,
            Some(KeyHolder::Server) => RegisterUse::SelfService,
        };
        Register { no: self.no, used_as, series: self.current().map(|entry| entry.letter.clone()) }
    }

    /// The register with all that is known of its series, as managers see it.
    pub fn detail(&self) -> RegisterDetail {
        RegisterDetail { no: self.no, series: self.series.iter().map(SeriesEntry::detail).collect() }
    }

    /// The series that may sign for it.
    pub fn current(&self) -> Option<&SeriesEntry> {
        self.latest().filter(|entry| entry.replaced_at.is_none())
    }

    /// The series that was opened last, whether it may still sign or not: the next one follows on it.
    pub fn latest(&self) -> Option<&SeriesEntry> {
        self.series.last()
    }

    /// The series of that letter.
    pub fn series(&self, letter: &SeriesLetter) -> Option<&SeriesEntry> {
        self.series.iter().find(|entry| entry.letter == *letter)
    }

    /// Whether a key has ever signed for it.
    pub fn has_had(&self, key: &PublicKey) -> bool {
        self.series.iter().any(|entry| entry.public_key == *key)
    }

    /// The full name of one of its series.
    pub fn series_id(&self, entry: &SeriesEntry) -> SeriesId {
        SeriesId { store: self.store, register: self.no, letter: entry.letter.clone() }
    }

    /// The event that tells the ledger of a series; its id follows from the series and its key.
    pub fn enrolment(&self, entry: &SeriesEntry) -> Enrolment {
        let series = self.series_id(entry);
        let id = derived::event_id(&["enrolment", &series.to_string(), &entry.public_key.to_string()]);
        Enrolment { id, series, public_key: entry.public_key, prev: entry.prev }
    }

    /// Remembers that the log holds the enrolment of a series; `false` if that was known.
    pub fn mark_announced(&mut self, letter: &SeriesLetter) -> bool {
        let entry = self.series.iter_mut().find(|entry| entry.letter == *letter && !entry.announced);
        entry.is_some_and(|entry| {
            entry.announced = true;
            true
        })
    }
}
