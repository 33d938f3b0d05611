//! Whom a sign-in page asks.

use crate::api::{self, ApiError, Patience};
use crate::i18n::signing_in;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use shared::api::sessions::{Session, SignIn};
use shared::api::stores::StoreDetail;
use shared::ids::{RegisterNo, StoreNo};

/// Why somebody is not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The server said so, or could not be asked.
    Api(ApiError),
    /// The server could not be asked, and this browser does not know them.
    NotKnownHere(ApiError),
    /// The same, and this browser has known them for too long without the server.
    TooLongAgo,
    /// The same, and it is not their PIN.
    WrongPin,
    /// The same, and there were too many wrong ones.
    Locked,
    /// It is their PIN, and they are no manager.
    NoManager,
    /// The browser did not do what it takes.
    Browser(String),
}

impl Refusal {
    /// What to say: what happened, and what to do where that is not plain.
    pub fn text(&self) -> String {
        match self {
            Self::Api(ApiError::Problem { problem, .. }) if problem.status == 401 => signing_in::wrong_pin().to_owned(),
            Self::Api(ApiError::Problem { problem, .. }) if problem.status == 403 => {
                signing_in::no_manager().to_owned()
            }
            Self::Api(ApiError::Problem { problem, retry_after: Some(seconds) }) if problem.status == 429 => {
                signing_in::locked_out(*seconds)
            }
            Self::Api(error) => error.text(),
            Self::NotKnownHere(_) => signing_in::not_known_here().to_owned(),
            Self::TooLongAgo => signing_in::too_long_ago().to_owned(),
            Self::WrongPin => signing_in::wrong_pin().to_owned(),
            Self::Locked => signing_in::locked_offline().to_owned(),
            Self::NoManager => signing_in::no_manager().to_owned(),
            Self::Browser(reason) => reason.clone(),
        }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// Whom a sign-in page asks for the stores and takes people to.
pub trait Reception {
    /// The stores with their registers and staff.
    fn stores(&self) -> LocalBoxFuture<'static, Result<Vec<StoreDetail>, ApiError>>;

    /// Signs somebody in.
    fn sign_in(&self, who: SignIn) -> LocalBoxFuture<'static, Result<Session, Refusal>>;

    /// How many receipts and entries of the journal this browser is about to send.
    fn on_the_way(&self) -> usize {
        0
    }

    /// Whether somebody can sign in at this register on the page as it is. Where not, the page begins anew with it chosen,
    /// before anybody types a PIN: nothing would take that across.
    fn serves(&self, _: StoreNo, _: RegisterNo) -> bool {
        true
    }
}

/// The server alone.
pub struct Online;

impl Reception for Online {
    fn stores(&self) -> LocalBoxFuture<'static, Result<Vec<StoreDetail>, ApiError>> {
        async { Ok(api::stores(Patience::Full).await?.value) }.boxed_local()
    }

    fn sign_in(&self, who: SignIn) -> LocalBoxFuture<'static, Result<Session, Refusal>> {
        async move { Ok(api::sign_in(&who, Patience::Full).await?.value) }.boxed_local()
    }
}
