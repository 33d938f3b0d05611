//! Claiming a register: one tab holds it, its key is here, and the server knows the key.

use super::context::Place;
use crate::api::{self, ApiError};
use crate::browser::{keys, locks, message};
use crate::db::{self, Db, DbError, SeriesRecord};
use shared::api::sessions::{Enrol, Enrolled};
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

impl From<wasm_bindgen::JsValue> for Obstacle {
    fn from(error: wasm_bindgen::JsValue) -> Self {
        Self::Browser(message(&error))
    }
}

/// The name of the problem by which the server says that another browser holds a register.
const REGISTER_HELD: &str = "register-held";

/// Takes the lock of a register for this tab. It stays taken until the page goes away.
pub async fn lock(place: &Place) -> Result<(), Obstacle> {
    if !keys::is_secure() {
        return Err(Obstacle::Insecure);
    }
    let name = format!("comptoir-register-{}-{}", place.store.no, place.register);
    if locks::hold(&name).await? { Ok(()) } else { Err(Obstacle::OtherTab) }
}

/// Claims a register whose lock this tab has. `take_over` opens a new series although another browser holds it.
pub async fn claim(place: &Place, take_over: bool) -> Result<Claim, Obstacle> {
    let db = db::open().await?;
    let keys = keys_for(&db, place, take_over).await?;
    let request = Enrol { public_key: keys::public(&keys).await?, holder: holder(), take_over };
    let enrolled = match api::enrol(place.store.no, place.register, &request).await {
        Err(ApiError::Problem { problem, .. }) if problem.kind.rsplit('/').next() == Some(REGISTER_HELD) => {
            return Err(Obstacle::Held(problem.detail));
        }
        answer => answer.map_err(Obstacle::Api)?,
    };
    let record = continued(db::load_series(&db, place.store.no, place.register).await?, enrolled);
    db::store_series(&db, &record).await?;
    Ok(Claim { db, keys, record })
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

/// Where the series ends: who writes it knows better than the server, which may not have heard of the last receipts.
fn continued(known: Option<SeriesRecord>, enrolled: Enrolled) -> SeriesRecord {
    let told = SeriesRecord { series: enrolled.series, head: enrolled.head };
    known.filter(|known| known.series == told.series && known.head.number >= told.head.number).unwrap_or(told)
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
    use shared::chain::{Hash, Head};
    use shared::ids::{RegisterNo, SeriesId, StoreNo};

    fn series(letter: &str) -> SeriesId {
        SeriesId { store: StoreNo::FIRST, register: RegisterNo::FIRST, letter: letter.parse().unwrap() }
    }

    fn record(letter: &str, number: u64) -> SeriesRecord {
        SeriesRecord { series: series(letter), head: Head { number, hash: Hash::from_bytes([9; 32]) } }
    }

    #[test]
    fn who_writes_a_series_knows_where_it_ends() {
        let told = |letter: &str, number| Enrolled {
            series: series(letter),
            head: Head { number, hash: Hash::from_bytes([1; 32]) },
        };
        assert_eq!(continued(Some(record("A", 7)), told("A", 5)).head.number, 7);
        assert_eq!(continued(Some(record("A", 7)), told("B", 0)).head, told("B", 0).head);
        assert_eq!(continued(None, told("A", 5)).head.number, 5);
        assert_eq!(continued(Some(record("A", 3)), told("A", 5)).head.number, 5);
    }

    #[test]
    fn browsers_are_described_in_two_words() {
        let agent =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        assert_eq!(describe(agent), "Chrome · Linux");
        assert_eq!(describe(""), "");
    }
}
