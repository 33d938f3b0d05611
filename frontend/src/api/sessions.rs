//! Signing in, and claiming a register.

use super::{ApiError, Told, delete, heard, post, send, told, written};
use crate::browser::storage;
use gloo_net::http::Method;
use shared::api::sessions::{Enrol, Enrolled, Session, SignIn};
use shared::api::stores::StoreDetail;
use shared::ids::{RegisterNo, StoreNo};

/// The stores with their registers and staff.
pub async fn stores() -> Result<Told<Vec<StoreDetail>>, ApiError> {
    told("/stores").await
}

/// What the browser remembers while somebody is signed in. The session itself is a cookie that no script can read, and
/// to ask for one that is not there is an error in every log on the way.
const SIGNED_IN: &str = "signed-in";

/// Who is signed in, if anybody is.
pub async fn current_session() -> Result<Option<Told<Session>>, ApiError> {
    if storage::get(SIGNED_IN).is_none() {
        return Ok(None);
    }
    match told("/sessions/current").await {
        Err(error) if error.status() == Some(401) => {
            storage::remove(SIGNED_IN);
            Ok(None)
        }
        answer => answer.map(Some),
    }
}

/// Signs in; the session is a cookie.
pub async fn sign_in(who: &SignIn) -> Result<Told<Session>, ApiError> {
    let text = send(Method::POST, "/sessions", Some(written(who)?)).await?;
    remember_sign_in();
    heard(text)
}

/// Asks whether a manager allows something. It is nobody's session.
pub async fn approve(who: &SignIn) -> Result<Told<Session>, ApiError> {
    heard(send(Method::POST, "/approvals", Some(written(who)?)).await?)
}

/// Remembers that somebody is signed in.
pub fn remember_sign_in() {
    storage::set(SIGNED_IN, "yes");
}

/// Signs out.
pub async fn sign_out() -> Result<(), ApiError> {
    storage::remove(SIGNED_IN);
    delete("/sessions/current").await
}

/// Claims a register for this browser.
pub async fn enrol(store: StoreNo, register: RegisterNo, claim: &Enrol) -> Result<Enrolled, ApiError> {
    post(&format!("/stores/{store}/registers/{register}/series"), claim).await
}
