//! Signing in, and claiming a register.

use super::{ApiError, Patience, Told, heard, read, send_within, told, written};
use crate::browser::storage;
use futures_util::lock::Mutex;
use gloo_net::http::Method;
use shared::api::sessions::{Enrol, Enrolled, Session, SignIn};
use shared::api::stores::StoreDetail;
use shared::ids::{RegisterNo, StoreNo};
use std::rc::Rc;

/// The stores with their registers and staff.
pub async fn stores(patience: Patience) -> Result<Told<Vec<StoreDetail>>, ApiError> {
    told("/stores", patience).await
}

/// What the browser remembers while somebody is signed in. The session itself is a cookie that no script can read, and
/// to ask for one that is not there is an error in every log on the way.
const SIGNED_IN: &str = "signed-in";

/// What the browser remembers of a session that somebody has left and no server has ended yet: its cookie must not serve
/// whoever comes next.
const LEFT: &str = "left";

thread_local! {
    /// Sessions end and begin one after the other, or the end of one would take the cookie of the next.
    static DOOR: Rc<Mutex<()>> = Rc::default();
}

/// Who is signed in, if anybody is.
pub async fn current_session(patience: Patience) -> Result<Option<Told<Session>>, ApiError> {
    if storage::get(SIGNED_IN).is_none() {
        return Ok(None);
    }
    end_left_session(patience).await?;
    match told("/sessions/current", patience).await {
        Err(error) if error.status() == Some(401) => {
            storage::remove(SIGNED_IN);
            Ok(None)
        }
        answer => answer.map(Some),
    }
}

/// Signs in; the session is a cookie.
pub async fn sign_in(who: &SignIn, patience: Patience) -> Result<Told<Session>, ApiError> {
    let door = DOOR.with(Rc::clone);
    let _turn = door.lock().await;
    let text = send_within(patience, Method::POST, "/sessions", Some(written(who)?)).await?;
    // Its cookie has taken the place of any before.
    storage::remove(LEFT);
    remember_sign_in();
    heard(text)
}

/// Asks whether a manager allows something. It is nobody's session.
pub async fn approve(who: &SignIn, patience: Patience) -> Result<Told<Session>, ApiError> {
    heard(send_within(patience, Method::POST, "/approvals", Some(written(who)?)).await?)
}

/// Remembers that somebody is signed in.
pub fn remember_sign_in() {
    storage::set(SIGNED_IN, "yes");
}

/// Signs out. A session that no server ends for now is ended before anything else asks for one.
pub async fn sign_out() -> Result<(), ApiError> {
    leave();
    end_left_session(Patience::Full).await
}

/// Signs out as far as that goes without a server.
pub fn leave() {
    storage::remove(SIGNED_IN);
    storage::set(LEFT, "yes");
}

/// Ends the session that somebody has left, if there is one.
///
/// # Errors
///
/// The server cannot do it for now.
pub async fn end_left_session(patience: Patience) -> Result<(), ApiError> {
    let door = DOOR.with(Rc::clone);
    let _turn = door.lock().await;
    if storage::get(LEFT).is_none() {
        return Ok(());
    }
    match send_within(patience, Method::DELETE, "/sessions/current", None).await {
        Err(error) if error.is_away() => Err(error),
        _ => {
            storage::remove(LEFT);
            Ok(())
        }
    }
}

/// Claims a register for this browser.
pub async fn enrol(
    store: StoreNo,
    register: RegisterNo,
    claim: &Enrol,
    patience: Patience,
) -> Result<Enrolled, ApiError> {
    let path = format!("/stores/{store}/registers/{register}/series");
    read(&send_within(patience, Method::POST, &path, Some(written(claim)?)).await?)
}
