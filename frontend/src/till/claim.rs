//! Claiming a register: one tab holds it, its key is here, and the server knows the key.

use super::context::Place;
use crate::api::{self, ApiError, Patience};
use crate::browser::{keys, locks, message};
use crate::db::{self, Db, DbError, SeriesRecord};
use crate::offline;
use crate::outbox::{Outbox, StartError};
use shared::api::sessions::{Enrol, Enrolled};
use shared::chain::{Head, PublicKey};
use web_sys::CryptoKeyPair;

/// A claimed register: all that it takes to issue receipts on it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The browser's database.
    pub db: Db,
    /// The series' key.
    pub keys: CryptoKeyPair,
    /// Where the series ends.
    pub record: SeriesRecord,
}

/// Why a register could not be claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The page did not come over a secure line, so the browser keeps its cryptography shut.
    Insecure,
    /// Another tab of this browser has the register open.
    OtherTab,
    /// Another browser holds the register; the text says which.
    Held(String),
    /// This browser held the register until another one took it over.
    Replaced,
    /// The server does not answer, and this browser has not been enrolled on the register.
    NotEnrolledHere,
    /// The server refused, or cannot be reached.
    Api(ApiError),
    /// The browser's database, cryptography or locks failed.
    Browser(String),
}

impl From<DbError> for Obstacle {
    fn from(error: DbError) -> Self {
        Self::Browser(error.to_string())
    }
}

impl From<StartError> for Obstacle {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Db(error) => error.into(),
            StartError::NoCode => Self::Api(ApiError::Unreachable),
        }
    }
}

impl From<wasm_bindgen::JsValue> for Obstacle {
    fn from(error: wasm_bindgen::JsValue) -> Self {
        Self::Browser(message(&error))
    }
}

/// The names of the problems by which the server says that another browser holds a register, and that this one's key was
/// replaced.
const REGISTER_HELD: &str = "register-held";
const KEY_REPLACED: &str = "key-replaced";

/// How the names of the registers' locks begin.
pub const LOCKS: &str = "comptoir-register-";

/// Takes the lock of a register for this tab. It stays taken until the page goes away.
pub async fn lock(place: &Place) -> Result<(), Obstacle> {
    if !keys::is_secure() {
        return Err(Obstacle::Insecure);
    }
    let name = format!("{LOCKS}{}-{}", place.store.no, place.register);
    if locks::hold(&name).await? { Ok(()) } else { Err(Obstacle::OtherTab) }
}

/// Claims a register whose lock this tab has. `take_over` opens a new series although another browser holds it. Where no
/// server answers, the browser goes on with the series that it was enrolled with.
pub async fn claim(db: Db, place: &Place, outbox: Outbox, take_over: bool) -> Result<Claim, Obstacle> {
    let keys = keys_for(&db, place, take_over).await?;
    let key = keys::public(&keys).await?;
    let known = db::load_series(&db, place.store.no, place.register).await?;
    let held_it = known.as_ref().is_some_and(|record| record.key == Some(key));
    let request = Enrol { public_key: key, holder: holder(), take_over };
    let answer = api::enrol(place.store.no, place.register, &request, Patience::where_kept(held_it)).await;
    let before = known.as_ref().map(|known| known.series.clone());
    let record = match answer {
        Ok(enrolled) => {
            let waiting = outbox.last_of(&enrolled.series);
            continued(known, enrolled, key, waiting)
        }
        Err(error) if error.is_away() => known.filter(|_| held_it).ok_or(Obstacle::NotEnrolledHere)?,
        Err(error) => return Err(obstacle(error, held_it)),
    };
    if before.is_some_and(|before| before != record.series) {
        db::remove_damaged_book(&db, place.store.no, place.register).await?;
    }
    db::store_series(&db, &record).await?;
    offline::remember_arrival(&db).await;
    Ok(Claim { db, keys, record })
}

/// Whether the server says that this browser holds the register no more.
pub async fn is_lost(place: &Place, claim: &Claim) -> bool {
    let Some(public_key) = claim.record.key else { return false };
    let request = Enrol { public_key, holder: holder(), take_over: false };
    match api::enrol(place.store.no, place.register, &request, Patience::Full).await {
        Ok(enrolled) => enrolled.series != claim.record.series,
        Err(error) => obstacle(error, true) == Obstacle::Replaced,
    }
}

/// What stands in the way; `held_it` where this browser had the register with this very key.
fn obstacle(error: ApiError, held_it: bool) -> Obstacle {
    match error {
        ApiError::Problem { problem, .. } if held_it && problem.is_called(REGISTER_HELD) => Obstacle::Replaced,
        ApiError::Problem { problem, .. } if problem.is_called(REGISTER_HELD) => Obstacle::Held(problem.detail),
        ApiError::Problem { problem, .. } if problem.is_called(KEY_REPLACED) => Obstacle::Replaced,
        error => Obstacle::Api(error),
    }
}

/// The register's key. It is on disk before the server hears of it: should the answer get lost, the same key asks again
/// and gets the same series. Taking over needs a key that no series has.
async fn keys_for(db: &Db, place: &Place, take_over: bool) -> Result<CryptoKeyPair, Obstacle> {
    let (store, register) = (place.store.no, place.register);
    if !take_over && let Some(keys) = db::load_keys(db, store, register).await? {
        return Ok(keys);
    }
    let keys = keys::generate().await?;
    db::store_keys(db, store, register, &keys).await?;
    Ok(keys)
}

/// Where the series ends: who writes it knows better than the server, which may not have heard of the last receipts. Where
/// the browser has lost the end and kept the receipts that wait, the last of them says it.
fn continued(known: Option<SeriesRecord>, enrolled: Enrolled, key: PublicKey, waiting: Option<Head>) -> SeriesRecord {
    let series = enrolled.series;
    let known = known.filter(|known| known.series == series);
    let own = waiting.into_iter().chain(known.as_ref().map(|known| known.head));
    let head = own.fold(enrolled.head, |last, head| if head.number >= last.number { head } else { last });
    let counted = known.filter(|known| known.head == head).and_then(|known| known.open);
    let open = counted.or(enrolled.open.filter(|_| enrolled.head == head));
    SeriesRecord { series, head, key: Some(key), open }
}

/// Who holds the register, in words for the next one who asks: browser and system.
fn holder() -> String {
    let agent = leptos::prelude::window().navigator().user_agent().unwrap_or_default();
    describe(&agent)
}

fn describe(agent: &str) -> String {
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map_or("", |&(_, name)| name)
    };
    let browser = named(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let systems =
        [("Android", "Android"), ("iPad", "iPad"), ("iPhone", "iPhone"), ("Windows", "Windows"), ("Mac OS", "macOS")];
    let system = named(&systems);
    let system = if system.is_empty() { named(&[("Linux", "Linux")]) } else { system };
    [browser, system].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::chain::Hash;
    use shared::closing::OpenPeriod;
    use shared::ids::{RegisterNo, SeriesId, StoreNo};
    use shared::sums::Sums;

    fn series(letter: &str) -> SeriesId {
        SeriesId { store: StoreNo::FIRST, register: RegisterNo::FIRST, letter: letter.parse().unwrap() }
    }

    fn open(receipts: u64) -> Option<OpenPeriod> {
        Some(OpenPeriod { number: None, sums: Sums { receipts, ..Sums::default() } })
    }

    fn record(letter: &str, number: u64) -> SeriesRecord {
        SeriesRecord {
            series: series(letter),
            head: Head { number, hash: Hash::from_bytes([9; 32]) },
            key: None,
            open: open(9),
        }
    }

    fn continued(known: Option<SeriesRecord>, enrolled: Enrolled) -> SeriesRecord {
        super::continued(known, enrolled, PublicKey::from_bytes([3; 32]), None)
    }

    #[test]
    fn who_writes_a_series_knows_where_it_ends() {
        let told = |letter: &str, number| Enrolled {
            series: series(letter),
            head: Head { number, hash: Hash::from_bytes([1; 32]) },
            open: open(1),
        };
        assert_eq!(continued(Some(record("A", 7)), told("A", 5)).head.number, 7);
        assert_eq!(continued(Some(record("A", 7)), told("B", 0)).head, told("B", 0).head);
        assert_eq!(continued(None, told("A", 5)).head.number, 5);
        assert_eq!(continued(Some(record("A", 3)), told("A", 5)).head.number, 5);
        for (known, opened) in [(7, open(9)), (5, open(9)), (3, open(1))] {
            assert_eq!(continued(Some(record("A", known)), told("A", 5)).open, opened, "{known}");
        }
    }

    #[test]
    fn receipts_that_wait_say_where_a_series_ends_whose_end_was_lost() {
        let enrolled = Enrolled { series: series("A"), head: Head::GENESIS, open: open(0) };
        let last = Head { number: 2, hash: Hash::from_bytes([5; 32]) };
        let record = super::continued(None, enrolled, PublicKey::from_bytes([3; 32]), Some(last));
        assert_eq!((record.head, record.key), (last, Some(PublicKey::from_bytes([3; 32]))));
        assert_eq!(record.open, None, "nobody has counted them");
    }

    #[test]
    fn browsers_are_described_in_two_words() {
        let agent =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        assert_eq!(describe(agent), "Chrome · Linux");
        assert_eq!(describe(""), "");
    }
}
