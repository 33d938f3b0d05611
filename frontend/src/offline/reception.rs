//! Signing in at a till: with the server, or else as this browser remembers.

use super::unconfirmed;
use super::verifier::Verifier;
use crate::api::{self, ApiError, Patience, Told};
use crate::browser::{clock, message, pins, random};
use crate::db::{self, Db, DbError, Name};
use crate::sign_in::{self, Refusal};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::{Get, Signal};
use shared::api::sessions::{Session, SignIn};
use shared::api::stores::StoreDetail;
use shared::chain::Hash;
use shared::ids::{RegisterNo, SellerNo, StoreNo};
use shared::store::Role;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::CryptoKey;

/// How long somebody who signed in without the server stays so, in milliseconds: as long as with it.
const SHIFT_MS: i64 = 12 * 60 * 60 * 1000;

thread_local! {
    /// Who has signed in with the server and sells at no register yet, in its words. Never written anywhere: a page that is
    /// loaded anew learns how to recognise them when they sign in the next time.
    static ARRIVING: RefCell<Option<(SignIn, String)>> = const { RefCell::new(None) };
}

/// The reception of a till.
pub struct Reception {
    /// The browser's database.
    pub db: Db,
    /// The register that is open on this page, which gives it free only by beginning anew.
    pub open: Option<(StoreNo, RegisterNo)>,
    /// How many receipts and entries of the journal this browser is about to send.
    pub on_the_way: Signal<usize>,
}

impl sign_in::Reception for Reception {
    fn stores(&self) -> LocalBoxFuture<'static, Result<Vec<StoreDetail>, ApiError>> {
        let db = self.db.clone();
        async move {
            let kept = kept_stores(&db).await;
            match fetch_stores(&db, Patience::where_kept(kept.is_some())).await {
                Err(error) if error.is_away() => kept.ok_or(error),
                answer => answer,
            }
        }
        .boxed_local()
    }

    fn sign_in(&self, who: SignIn) -> LocalBoxFuture<'static, Result<Session, Refusal>> {
        let (db, is_open) = (self.db.clone(), self.open.is_some());
        async move {
            match api::sign_in(&who, patience_for(&db, &who).await).await {
                Ok(Told { text, value }) => {
                    // What cannot be kept is asked of the server again.
                    let _ = db::keep(&db, Name::Session, &shift(value.expires_at.as_millisecond(), &text)).await;
                    ARRIVING.set(Some((who, text)));
                    if is_open {
                        remember_arrival(&db).await;
                    }
                    Ok(value)
                }
                Err(error) if error.is_away() => recognise(&db, who, error).await,
                Err(error) => Err(error.into()),
            }
        }
        .boxed_local()
    }

    fn on_the_way(&self) -> usize {
        self.on_the_way.get()
    }

    fn serves(&self, store: StoreNo, register: RegisterNo) -> bool {
        self.open.is_none_or(|open| open == (store, register))
    }
}

/// The stores as the server says, or said last where it cannot be asked.
pub async fn stores(db: &Db) -> Option<Vec<StoreDetail>> {
    match fetch_stores(db, Patience::Full).await {
        Ok(stores) => Some(stores),
        Err(_) => kept_stores(db).await,
    }
}

/// Asks the server for its stores, and keeps them for when it cannot be asked.
async fn fetch_stores(db: &Db, patience: Patience) -> Result<Vec<StoreDetail>, ApiError> {
    let Told { text, value } = api::stores(patience).await?;
    let _ = db::keep(db, Name::Stores, &text).await;
    Ok(value)
}

async fn kept_stores(db: &Db) -> Option<Vec<StoreDetail>> {
    let text = db::kept(db, Name::Stores).await.ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Whether the server has told since that somebody works there no more, or by another PIN or role.
async fn was_let_go(db: &Db, Session { store, seller, .. }: &Session) -> bool {
    let stores = kept_stores(db).await.unwrap_or_default();
    stores.iter().any(|detail| detail.store.no == store.no && !detail.lets_in(seller))
}

/// Who is still signed in after a reload.
pub async fn resumed(db: &Db) -> Option<Session> {
    let kept = kept_session(db).await;
    match api::current_session(Patience::where_kept(kept.is_some())).await {
        Ok(session) => session.map(|session| session.value),
        Err(error) => kept.filter(|_| error.is_away()),
    }
}

/// Who works here by what this browser remembers, unless their shift is over or the server has let them go since.
async fn kept_session(db: &Db) -> Option<Session> {
    let shift = db::kept(db, Name::Session).await.ok().flatten()?;
    let (until, session) = shift.split_once('\n')?;
    let is_on = until.parse::<i64>().is_ok_and(|until| until > clock::now_millis());
    let session = serde_json::from_str(session).ok().filter(|_| is_on)?;
    (!was_let_go(db, &session).await).then_some(session)
}

/// Who works here, in the server's words, behind a line that says until when they need not sign in again, in milliseconds
/// since 1970.
fn shift(until: i64, session: &str) -> String {
    format!("{until}\n{session}")
}

/// Whoever works here goes: without a server nobody is resumed. On disk, where a browser that dies has not lost it.
pub async fn forget_shift(db: &Db) {
    unconfirmed::forget();
    ARRIVING.set(None);
    // What cannot be written runs out by itself.
    let _ = db::keep(db, Name::Session, "").await;
}

/// Remembers how a PIN is recognised whose owner has signed in and sells here now: a browser that another one keeps from the
/// register learns none.
pub async fn remember_arrival(db: &Db) {
    if let Some((who, text)) = ARRIVING.take() {
        // What cannot be kept is asked of the server again.
        let _ = remember(db, &who, text).await;
    }
}

/// Remembers how a PIN is recognised that the server has just confirmed, with what it says of its owner.
async fn remember(db: &Db, who: &SignIn, text: String) -> Result<(), Trouble> {
    let device = device_key(db).await?;
    let salt = Hash::from_bytes(random::bytes());
    let digest = pins::digest(&device, &salt, &who.pin).await?;
    let verifier = Verifier::learned(text, salt, digest, clock::now_millis());
    Ok(db::keep(db, Name::Verifier(who.store, who.seller), &verifier.to_string()).await?)
}

/// The device's key, made where there is none yet.
async fn device_key(db: &Db) -> Result<CryptoKey, Trouble> {
    if let Some(device) = db::load_device_key(db).await? {
        return Ok(device);
    }
    let device = pins::device_key().await?;
    db::store_device_key(db, &device).await?;
    Ok(device)
}

/// Signs in whoever this browser recognises.
async fn recognise(db: &Db, who: SignIn, away: ApiError) -> Result<Session, Refusal> {
    let (session, text) = recognised(db, &who, away).await?;
    let kept = db::keep(db, Name::Session, &shift(clock::now_millis() + SHIFT_MS, &text)).await;
    kept.map_err(|error| Refusal::Browser(error.to_string()))?;
    api::remember_sign_in();
    arrives_unconfirmed(who);
    Ok(session)
}

/// Somebody is let in without the server. Whoever it let in before has gone, and never sold here.
fn arrives_unconfirmed(who: SignIn) {
    ARRIVING.set(None);
    unconfirmed::hold(who);
}

/// Asks whether a manager allows something: the server, or else this browser. Who they are, where they do.
///
/// # Errors
///
/// Why it is not allowed.
pub async fn approve(db: &Db, who: SignIn) -> Result<SellerNo, Refusal> {
    let seller = match api::approve(&who, patience_for(db, &who).await).await {
        Ok(Told { text, value }) => {
            let db = db.clone();
            // What cannot be kept is asked of the server again.
            leptos::task::spawn_local(async move { drop(remember(&db, &who, text).await) });
            value.seller
        }
        Err(error) if error.is_away() => recognised(db, &who, error).await?.0.seller,
        Err(error) => return Err(error.into()),
    };
    if seller.role == Role::Manager { Ok(seller.no) } else { Err(Refusal::NoManager) }
}

/// How long somebody waits for the server's word on their PIN: briefly where this browser may recognise it.
async fn patience_for(db: &Db, who: &SignIn) -> Patience {
    let kept = db::kept(db, Name::Verifier(who.store, who.seller)).await.ok().flatten();
    let verifier = kept.and_then(|text| text.parse::<Verifier>().ok());
    Patience::where_kept(verifier.is_some_and(|mut known| known.attempt(clock::now_millis()).is_ok()))
}

/// Whom this browser recognises by number and PIN, and the server's words on them.
async fn recognised(db: &Db, who: &SignIn, away: ApiError) -> Result<(Session, String), Refusal> {
    let name = Name::Verifier(who.store, who.seller);
    let failed = |trouble: Trouble| Refusal::Browser(trouble.0);
    let kept = db::kept(db, name).await.map_err(|error| failed(error.into()))?;
    let Some(mut verifier) = kept.and_then(|text| text.parse::<Verifier>().ok()) else {
        return Err(Refusal::NotKnownHere(away));
    };
    let Ok(session) = serde_json::from_str(&verifier.session) else { return Err(Refusal::NotKnownHere(away)) };
    if was_let_go(db, &session).await {
        // What cannot be dropped now is refused again.
        let _ = db::keep(db, name, "").await;
        return Err(Refusal::WrongPin);
    }
    verifier.attempt(clock::now_millis())?;
    db::keep(db, name, &verifier.to_string()).await.map_err(|error| failed(error.into()))?;
    let typed = typed(db, &verifier, who).await.map_err(failed)?;
    verifier.settle(&typed)?;
    db::keep(db, name, &verifier.to_string()).await.map_err(|error| failed(error.into()))?;
    Ok((session, verifier.session))
}

async fn typed(db: &Db, verifier: &Verifier, who: &SignIn) -> Result<Hash, Trouble> {
    let device = db::load_device_key(db).await?.ok_or_else(|| Trouble("the device's key is gone".to_owned()))?;
    Ok(pins::digest(&device, &verifier.salt, &who.pin).await?)
}

/// What the browser did not do.
struct Trouble(String);

impl From<DbError> for Trouble {
    fn from(error: DbError) -> Self {
        Self(error.to_string())
    }
}

impl From<JsValue> for Trouble {
    fn from(error: JsValue) -> Self {
        Self(message(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody() -> SignIn {
        SignIn { store: StoreNo::FIRST, seller: "1".parse().unwrap(), pin: "1111".to_owned() }
    }

    #[test]
    fn whoever_signs_in_without_the_server_takes_the_place_of_who_never_sold_here() {
        ARRIVING.set(Some((somebody(), "{}".to_owned())));
        arrives_unconfirmed(somebody());
        assert!(ARRIVING.take().is_none());
    }
}
