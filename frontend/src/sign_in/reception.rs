//! Whom a sign-in page asks.

use crate::api::{self, ApiError};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use shared::api::sessions::{Session, SignIn};
use shared::api::stores::StoreDetail;

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
    /// The browser did not do what it takes.
    Browser(String),
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
}

/// The server alone.
pub struct Online;

impl Reception for Online {
    fn stores(&self) -> LocalBoxFuture<'static, Result<Vec<StoreDetail>, ApiError>> {
        async { Ok(api::stores().await?.value) }.boxed_local()
    }

    fn sign_in(&self, who: SignIn) -> LocalBoxFuture<'static, Result<Session, Refusal>> {
        async move { Ok(api::sign_in(&who).await?.value) }.boxed_local()
    }
}
