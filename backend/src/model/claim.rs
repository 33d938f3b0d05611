//! Who may open the next series of a register.

use super::register::{KeyHolder, RegisterDocument, SeriesEntry};
use jiff::Timestamp;
use shared::chain::{Hash, PublicKey};
use shared::ids::SeriesLetter;

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
    /// The last known head of the latest series.
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
    #[error("the register is held by {holder} since {}", .since.strftime("%Y-%m-%d %H:%M UTC"))]
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
    /// Grants a claim, or says why not; a refused claim changes nothing.
    pub fn claim(&mut self, claim: Claim, now: Timestamp) -> Result<Claimed, ClaimError> {
        let current = self.current();
        if current.is_some_and(|current| current.public_key == claim.public_key) {
            return Ok(Claimed::HeldAlready);
        }
        if let Some(latest) = self.latest() {
            check_kind(latest, &claim)?;
        }
        if let Some(current) = current.filter(|_| !claim.take_over) {
            return Err(ClaimError::Held { holder: current.holder.clone(), since: current.enrolled_at });
        }
        if self.has_had(&claim.public_key) {
            return Err(ClaimError::Replaced);
        }
        let letter = SeriesLetter::nth(self.series.len()).ok_or(ClaimError::Full)?;
        if let Some(current) = self.series.last_mut() {
            current.replaced_at.get_or_insert(now);
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

    /// Takes the register from the till that holds it by a series; `false` where that one may sign no more already.
    /// Somebody has to claim the register anew, with a key of their own.
    pub fn revoke(&mut self, series: &SeriesLetter, now: Timestamp) -> Result<bool, ClaimError> {
        let entry = self.series.iter_mut().find(|entry| entry.letter == *series && entry.replaced_at.is_none());
        match entry {
            None => Ok(false),
            Some(entry) if entry.held_by == KeyHolder::Server => Err(ClaimError::SelfService),
            Some(entry) => {
                entry.replaced_at = Some(now);
                Ok(true)
            }
        }
    }
}

/// A register serves tills or consumers' baskets, and stays with those whom it served first.
fn check_kind(latest: &SeriesEntry, claim: &Claim) -> Result<(), ClaimError> {
    match (latest.held_by, claim.held_by) {
        (KeyHolder::Server, KeyHolder::Till) => Err(ClaimError::SelfService),
        (KeyHolder::Till, KeyHolder::Server) => Err(ClaimError::HasTill { holder: latest.holder.clone() }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::{RegisterNo, StoreNo};
    use shared::store::RegisterUse;

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
    fn a_revoked_till_signs_no_more_and_any_other_may_follow_on_it() {
        let (mut register, a) = (register(), SeriesLetter::nth(0).unwrap());
        assert_eq!(register.revoke(&a, at(0)), Ok(false));
        register.claim(claim(1, false), at(0)).unwrap();
        assert_eq!(register.revoke(&a, at(3)), Ok(true));
        assert_eq!(register.revoke(&a, at(4)), Ok(false));
        assert_eq!((register.current(), register.view().used_as), (None, RegisterUse::Free));
        assert_eq!(register.claim(claim(1, false), at(5)), Err(ClaimError::Replaced));
        let server = Claim { held_by: KeyHolder::Server, ..claim(3, true) };
        assert_eq!(register.claim(server, at(5)), Err(ClaimError::HasTill { holder: "till 1".to_owned() }));
        assert_eq!(register.claim(claim(2, false), at(6)), Ok(Claimed::Opened), "nobody has to take over");
        assert_eq!(register.revoke(&a, at(7)), Ok(false), "the next till keeps it");
        assert_eq!(register.series[0].replaced_at, Some(at(3)), "its last receipts are judged by when it was revoked");
        assert_eq!(register.current().unwrap().letter.as_str(), "B");
        let mut self_service = RegisterDocument::free(StoreNo::FIRST, RegisterNo::FIRST);
        self_service.claim(Claim { held_by: KeyHolder::Server, ..claim(2, false) }, at(0)).unwrap();
        assert_eq!(self_service.revoke(&a, at(1)), Err(ClaimError::SelfService));
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
