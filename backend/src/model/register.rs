//! Registers as documents: each with its series, oldest first, and the rule of who may open the next one.

use super::create::Numbered;
use super::{AnyStore, derived};
use crate::store::StoreError;
use crate::store::documents::Document;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
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
    /// When another one took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_at: Option<Timestamp>,
    /// Whether the log is known to hold its enrolment.
    pub announced: bool,
}

/// A register of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterDocument {
    /// The store.
    pub store: StoreNo,
    /// Its number there.
    pub no: RegisterNo,
    /// Its series, oldest first; the last one is the current one.
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

/// Somebody asks for a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The key that will sign.
    pub public_key: PublicKey,
    /// Who holds it.
    pub held_by: KeyHolder,
    /// A few words about who asks.
    pub holder: String,
    /// Whether to open a further series although another key holds the register.
    pub take_over: bool,
    /// The last known head of the current series.
    pub prev: Hash,
}

/// What a claim came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// A series was opened: the register changed.
    Opened,
    /// The key holds the current series already: nothing changed.
    HeldAlready,
}

/// Why a claim was not granted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// Another key holds the register.
    #[error("the register is held by {holder} since {since}")]
    Held {
        /// Who.
        holder: String,
        /// Since when.
        since: Timestamp,
    },
    /// The key held the register once and was replaced: its series is closed for good.
    #[error("this key was replaced on the register and opens no further series")]
    Replaced,
    /// A till wants a register that serves consumers' baskets.
    #[error("the register issues for consumers' baskets; its key is the server's")]
    SelfService,
    /// A consumer's basket wants a register that a till is enrolled on.
    #[error("the register has a till: {holder}")]
    HasTill {
        /// Which.
        holder: String,
    },
    /// Every letter is used.
    #[error("the register has no series left")]
    Full,
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

    /// The series that may sign for it.
    pub fn current(&self) -> Option<&SeriesEntry> {
        self.series.last()
    }

    /// The series of that letter.
    pub fn series(&self, letter: &SeriesLetter) -> Option<&SeriesEntry> {
        self.series.iter().find(|entry| entry.letter == *letter)
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

    /// Grants a claim, or says why not; a refused claim changes nothing.
    pub fn claim(&mut self, claim: Claim, now: Timestamp) -> Result<Claimed, ClaimError> {
        if let Some(current) = self.current() {
            if current.public_key == claim.public_key {
                return Ok(Claimed::HeldAlready);
            }
            self.check_take_over(current, &claim)?;
        }
        let letter = SeriesLetter::nth(self.series.len()).ok_or(ClaimError::Full)?;
        if let Some(current) = self.series.last_mut() {
            current.replaced_at = Some(now);
        }
        self.series.push(SeriesEntry {
            letter,
            public_key: claim.public_key,
            prev: claim.prev,
            held_by: claim.held_by,
            holder: claim.holder,
            enrolled_at: now,
            replaced_at: None,
            announced: false,
        });
        Ok(Claimed::Opened)
    }

    fn check_take_over(&self, current: &SeriesEntry, claim: &Claim) -> Result<(), ClaimError> {
        match (current.held_by, claim.held_by) {
            (KeyHolder::Server, KeyHolder::Till) => Err(ClaimError::SelfService),
            (KeyHolder::Till, KeyHolder::Server) => Err(ClaimError::HasTill { holder: current.holder.clone() }),
            _ if !claim.take_over => {
                Err(ClaimError::Held { holder: current.holder.clone(), since: current.enrolled_at })
            }
            _ if self.series.iter().any(|entry| entry.public_key == claim.public_key) => Err(ClaimError::Replaced),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(key: u8, take_over: bool) -> Claim {
        Claim {
            public_key: PublicKey::from_bytes([key; 32]),
            held_by: KeyHolder::Till,
            holder: format!("till {key}"),
            take_over,
            prev: Hash::GENESIS,
        }
    }

    fn register() -> RegisterDocument {
        RegisterDocument::free(StoreNo::FIRST, RegisterNo::FIRST)
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_same_key_keeps_its_series_and_another_is_told_who_holds_it() {
        let mut register = register();
        assert_eq!(register.claim(claim(1, false), at(0)), Ok(Claimed::Opened));
        assert_eq!(register.claim(claim(1, false), at(1)), Ok(Claimed::HeldAlready));
        let held = ClaimError::Held { holder: "till 1".to_owned(), since: at(0) };
        assert_eq!(register.claim(claim(2, false), at(2)), Err(held));
        assert_eq!(register.series.len(), 1);
    }

    #[test]
    fn a_take_over_opens_the_next_letter_and_closes_the_one_before() {
        let mut register = register();
        register.claim(claim(1, false), at(0)).unwrap();
        let prev = Hash::from_bytes([9; 32]);
        register.claim(Claim { prev, ..claim(2, true) }, at(5)).unwrap();
        assert_eq!(register.series[0].replaced_at, Some(at(5)));
        assert_eq!(register.current().unwrap().letter.as_str(), "B");
        assert_eq!(register.current().unwrap().prev, prev);
        assert_eq!(register.claim(claim(1, true), at(6)), Err(ClaimError::Replaced));
    }

    #[test]
    fn tills_and_baskets_do_not_share_a_register() {
        let mut till = register();
        till.claim(claim(1, false), at(0)).unwrap();
        let server = |key| Claim { held_by: KeyHolder::Server, ..claim(key, true) };
        assert_eq!(till.claim(server(2), at(1)), Err(ClaimError::HasTill { holder: "till 1".to_owned() }));
        let mut self_service = register();
        self_service.claim(server(2), at(0)).unwrap();
        assert_eq!(self_service.claim(claim(3, true), at(1)), Err(ClaimError::SelfService));
        assert_eq!(self_service.view().used_as, RegisterUse::SelfService);
    }

    #[test]
    fn an_enrolment_is_one_event_however_often_it_is_told() {
        let mut register = register();
        register.claim(claim(1, false), at(0)).unwrap();
        let entry = register.current().unwrap().clone();
        assert_eq!(register.enrolment(&entry), register.enrolment(&entry));
        assert!(register.mark_announced(&entry.letter));
        assert!(!register.mark_announced(&entry.letter));
    }
}
