//! Who asks, and what they may.
//!
//! The operator may do everything. Sellers act in their own store, managers in all of them. Staff of training stores
//! act in training stores only: their PINs may be anybody's.

use super::problem::{ApiError, Kind};
use super::state::App;
use crate::model::seller::{self, SellerDocument};
use crate::model::session::{self, SessionDocument};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use shared::ids::{SellerNo, StoreNo};
use shared::store::{Role, Seller, Store};
use std::fmt;

/// The session's cookie.
pub const COOKIE: &str = "comptoir";

/// Whoever sends a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Holds the operator's token.
    Operator,
    /// Is signed in.
    Staff(Staff),
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Who.
    pub seller: Seller,
    /// Their store.
    pub store: Store,
    /// When the session ends.
    pub expires_at: jiff::Timestamp,
    /// The session's document; none for whoever allows something by their PIN alone.
    pub session: Option<String>,
}

/// Whoever sends a request that takes anybody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anyone(pub Option<Caller>);

impl Caller {
    /// Checks that the caller may act in a store.
    ///
    /// # Errors
    ///
    /// [`Kind::Forbidden`].
    pub fn must_work_in(&self, store: &Store) -> Result<(), ApiError> {
        let allowed = match self {
            Self::Operator => true,
            Self::Staff(staff) => staff.store.no == store.no || staff.manages(store),
        };
        allow(allowed, || format!("Store {} is not yours.", store.no))
    }

    /// Checks that the caller may manage a store.
    ///
    /// # Errors
    ///
    /// [`Kind::Forbidden`].
    pub fn must_manage(&self, store: &Store) -> Result<(), ApiError> {
        let allowed = match self {
            Self::Operator => true,
            Self::Staff(staff) => staff.manages(store),
        };
        allow(allowed, || format!("Managing store {} takes a manager.", store.no))
    }

    /// Checks that the caller may manage training stores, also ones that are yet to be opened.
    ///
    /// # Errors
    ///
    /// [`Kind::Forbidden`].
    pub fn must_manage_training(&self) -> Result<(), ApiError> {
        let allowed = match self {
            Self::Operator => true,
            Self::Staff(staff) => staff.is_manager(),
        };
        allow(allowed, || "This takes a manager.".to_owned())
    }

    /// Checks that the caller may see and decide what concerns all stores at once. A training store's manager may while
    /// the chain has training stores only.
    ///
    /// # Errors
    ///
    /// [`Kind::Forbidden`], and the store's own.
    pub async fn must_manage_chain(&self, app: &App) -> Result<(), ApiError> {
        let Self::Staff(staff) = self else { return Ok(()) };
        self.must_manage_training()?;
        if staff.store.training {
            let stores = app.store.read_all::<Store>("").await?;
            let only_training = stores.iter().all(|store| store.value.training);
            return allow(only_training, || "Staff of a training store see training stores only.".to_owned());
        }
        Ok(())
    }

    /// Checks that the caller may see one store, or all of them where none is named.
    ///
    /// # Errors
    ///
    /// [`Kind::Forbidden`], [`Kind::UnknownStore`], and the store's own.
    pub async fn must_see(&self, app: &App, store: Option<StoreNo>) -> Result<(), ApiError> {
        match store {
            Some(no) => self.must_work_in(&app.stores.require(no).await?.store),
            None => self.must_manage_chain(app).await,
        }
    }

    /// The session that the request belongs to: one browser's, from a sign-in to the next.
    pub fn session(&self) -> Option<&str> {
        match self {
            Self::Operator => None,
            Self::Staff(staff) => staff.session.as_deref(),
        }
    }

    /// The number of whoever is signed in.
    pub fn seller(&self) -> Option<SellerNo> {
        match self {
            Self::Operator => None,
            Self::Staff(staff) => Some(staff.seller.no),
        }
    }
}

/// Who it is, for whoever reads the server's log.
impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator => f.write_str("the operator"),
            Self::Staff(staff) => write!(f, "seller {} of store {}", staff.seller.no, staff.store.no),
        }
    }
}

impl Staff {
    fn is_manager(&self) -> bool {
        self.seller.role == Role::Manager
    }

    fn manages(&self, store: &Store) -> bool {
        self.is_manager() && (store.training || !self.store.training)
    }
}

fn allow(allowed: bool, why_not: impl FnOnce() -> String) -> Result<(), ApiError> {
    if allowed { Ok(()) } else { Err(Kind::Forbidden.because(why_not())) }
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Anyone(caller) = Anyone::from_request_parts(parts, app).await?;
        caller.ok_or_else(|| Kind::NotSignedIn.because("The request carries neither a live session nor a token."))
    }
}

impl FromRequestParts<App> for Anyone {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        if let Some(token) = bearer(&parts.headers) {
            return if app.is_operator(token) {
                Ok(Self(Some(Caller::Operator)))
            } else {
                Err(Kind::WrongToken.because("The `Authorization` header holds another token."))
            };
        }
        let Some(token) = session_token(&parts.headers) else { return Ok(Self(None)) };
        Ok(Self(staff(app, token).await?.map(Caller::Staff)))
    }
}

async fn staff(app: &App, token: &str) -> Result<Option<Staff>, ApiError> {
    let id = session::id(token);
    let found = app.store.read::<SessionDocument>(&id).await?.map(|session| session.value);
    let Some(session) = found.filter(|session| app.mint.now() < session.expires_at) else { return Ok(None) };
    let Some(seller) = still_let_in(app, &session).await? else { return Ok(None) };
    let view = app.stores.get(session.store).await?;
    let staff =
        |store: &Store| Staff { seller, store: store.clone(), expires_at: session.expires_at, session: Some(id) };
    Ok(view.map(|view| staff(&view.store)))
}

/// Whoever has signed in, as they are by now. Read afresh: who was dismissed a moment ago does nothing more.
async fn still_let_in(app: &App, session: &SessionDocument) -> Result<Option<Seller>, ApiError> {
    let found = app.store.read::<SellerDocument>(&seller::id(session.store, session.seller.no)).await?;
    Ok(found.filter(|found| found.value.lets_in(&session.seller)).map(|found| found.value.seller))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The token in the session's cookie.
pub fn session_token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(name, _)| *name == COOKIE).map(|(_, token)| token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::coin::SmallestCoin;
    use shared::money::Currency;
    use shared::time::CutOff;

    fn store(no: u64, training: bool) -> Store {
        Store {
            no: no.try_into().unwrap(),
            name: "S".to_owned(),
            city: String::new(),
            siret: None,
            time_zone: "Europe/Paris".to_owned(),
            currency: Currency::Euro,
            cut_off: CutOff::default(),
            training,
            refuse_below_zero: false,
            smallest_coin: SmallestCoin::ONE,
            void_needs_manager: false,
        }
    }

    fn staff(role: Role, store: Store) -> Caller {
        let seller = Seller { no: SellerNo::FIRST, name: "A".to_owned(), role, renewed: 0 };
        Caller::Staff(Staff { seller, store, expires_at: jiff::Timestamp::UNIX_EPOCH, session: None })
    }

    #[test]
    fn sellers_work_in_their_store_and_manage_none() {
        let seller = staff(Role::Seller, store(1, false));
        assert!(seller.must_work_in(&store(1, false)).is_ok());
        assert!(seller.must_work_in(&store(2, false)).is_err());
        assert!(seller.must_manage(&store(1, false)).is_err());
    }

    #[test]
    fn managers_of_training_stores_do_not_reach_real_ones() {
        let real = staff(Role::Manager, store(1, false));
        let trainee = staff(Role::Manager, store(2, true));
        assert!(real.must_manage(&store(3, false)).is_ok());
        assert!(real.must_manage(&store(4, true)).is_ok());
        assert!(trainee.must_manage(&store(4, true)).is_ok());
        assert!(trainee.must_manage(&store(1, false)).is_err());
        assert!(trainee.must_work_in(&store(1, false)).is_err());
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=b; comptoir=token; c=d".parse().unwrap());
        assert_eq!(session_token(&headers), Some("token"));
    }
}
