//! Signing in, and claiming a register.

use super::{ApiError, delete, get, post};
use shared::api::sessions::{Enrol, Enrolled, Session, SignIn};
use shared::api::stores::StoreDetail;
use shared::ids::{RegisterNo, StoreNo};

/// The stores with their registers and staff.
pub async fn stores() -> Result<Vec<StoreDetail>, ApiError> {
    get("/stores").await
}

/// Who is signed in, if anybody is.
pub async fn current_session() -> Result<Option<Session>, ApiError> {
    match get("/sessions/current").await {
        Err(error) if error.status() == Some(401) => Ok(None),
        answer => answer.map(Some),
    }
}

/// Signs in; the session is a cookie.
pub async fn sign_in(who: &SignIn) -> Result<Session, ApiError> {
    post("/sessions", who).await
}

/// Signs out.
pub async fn sign_out() -> Result<(), ApiError> {
    delete("/sessions/current").await
}

/// Claims a register for this browser.
pub async fn enrol(store: StoreNo, register: RegisterNo, claim: &Enrol) -> Result<Enrolled, ApiError> {
    post(&format!("/stores/{store}/registers/{register}/series"), claim).await
}
