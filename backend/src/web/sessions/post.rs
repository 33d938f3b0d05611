//! `POST sessions`: signs in with store, seller number and PIN.

use super::begin;
use super::clients::Try;
use crate::model::attempts::{Attempts, LockedOut};
use crate::model::seller::{self, SellerDocument};
use crate::model::update::{Change, update};
use crate::web::extract::Json;
use crate::web::http::ClientAddress;
use crate::web::pins::Turn;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use axum::response::IntoResponse;
use jiff::Timestamp;
use shared::api::problem::Problem;
use shared::api::sessions::{Session, SignIn};
use std::net::IpAddr;

/// Signs in. The session comes as a cookie that no script can read.
#[utoipa::path(
    post,
    path = "/sessions",
    tag = "sessions",
    request_body = SignIn,
    responses(
        (status = 200, body = Session, headers(("set-cookie" = String, description = "The session."))),
        (status = 401, body = Problem, description = "Wrong seller number or PIN."),
        (status = 429, body = Problem, description = "Too many wrong PINs for this number, or from this client.", headers(("retry-after" = u32))),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    ClientAddress(client): ClientAddress,
    Json(request): Json<SignIn>,
) -> Result<impl IntoResponse, ApiError> {
    let store = app.stores.require(request.store).await?.store.clone();
    let staff = authenticate(&app, client, &request).await?;
    begin(&app, store, staff.seller).await
}

/// Checks a PIN that a client has sent. The try is counted before the PIN is looked at, so that many at once do not get a free
/// guess each, and once it is its turn, so that none is counted that nobody looks at.
///
/// # Errors
///
/// [`Kind::WrongPin`], [`Kind::LockedOut`], [`Kind::Busy`], and the store's. Only the first two are held against the client: the
/// others say nothing about the PIN.
pub(super) async fn authenticate(app: &App, client: IpAddr, request: &SignIn) -> Result<SellerDocument, ApiError> {
    app.clients.look(client, app.mint.now()).map_err(|locked| worn_out(app, locked))?;
    let turn = app.pins.turn().await?;
    let tried = bear(app, client)?;
    let checked = check(app, turn, request).await;
    if checked.as_ref().is_err_and(|error| matches!(error.kind(), Kind::WrongPin | Kind::LockedOut)) {
        tried.was_wrong();
    }
    checked
}

async fn check(app: &App, turn: Turn, request: &SignIn) -> Result<SellerDocument, ApiError> {
    let wrong = || Kind::WrongPin.because(format!("Store {}, seller {}.", request.store, request.seller));
    let id = seller::id(request.store, request.seller);
    let found = app.store.read::<SellerDocument>(&id).await?.filter(|found| found.value.works());
    let Some(found) = found else {
        turn.verify(request.pin.clone(), None).await?;
        return Err(wrong());
    };
    charge(app, request).await?;
    if !turn.verify(request.pin.clone(), Some(found.value.pin_hash.clone())).await? {
        return Err(wrong());
    }
    app.store.remove::<Attempts>(&Attempts::id(request.store, request.seller)).await?;
    Ok(found.value)
}

async fn charge(app: &App, request: &SignIn) -> Result<(), ApiError> {
    let now = app.mint.now();
    let id = Attempts::id(request.store, request.seller);
    update(&*app.store, &id, |before: Option<Attempts>| match before.unwrap_or_default().charge(now) {
        Ok(charged) => Ok(Change::Write(charged, ())),
        Err(locked) => Err(locked_out(locked, now, "Wrong PINs were tried for this number.")),
    })
    .await
}

/// Takes what a client has sent for wrong before it is looked at.
///
/// # Errors
///
/// [`Kind::LockedOut`] where too much was.
pub fn bear(app: &App, client: IpAddr) -> Result<Try<'_>, ApiError> {
    app.clients.charge(client, app.mint.now()).map_err(|locked| worn_out(app, locked))
}

fn worn_out(app: &App, locked: LockedOut) -> ApiError {
    locked_out(locked, app.mint.now(), "Wrong PINs or codes came from here.")
}

fn locked_out(LockedOut { until }: LockedOut, now: Timestamp, why: &str) -> ApiError {
    let seconds = u32::try_from(until.as_second() - now.as_second()).unwrap_or(0).saturating_add(1);
    Kind::LockedOut.because(format!("{why} The next one is looked at in {seconds} seconds.")).retry_after(seconds)
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use futures_util::future::join_all;
    use serde_json::json;

    #[tokio::test]
    async fn a_right_pin_gives_a_session_that_ends_with_signing_out() {
        let server = Server::with_demo().await;
        let session = server.sign_in(1, 9).await;
        let reply = server.get("/api/v1/sessions/current").cookie(&session).send().await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.json["seller"]["role"], "manager");
        let gone = server.delete("/api/v1/sessions/current").cookie(&session).send().await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        let after = server.get("/api/v1/sessions/current").cookie(&session).send().await;
        after.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }

    #[tokio::test]
    async fn a_session_that_has_ended_is_none() {
        let server = Server::with_demo().await;
        let session = server.sign_in(1, 1).await;
        server.end_session(&session, server.app().mint.now()).await;
        let reply = server.get("/api/v1/sessions/current").cookie(&session).send().await;
        reply.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }

    #[tokio::test]
    async fn the_cookie_is_kept_from_scripts_and_other_sites() {
        let server = Server::with_demo().await;
        let body = json!({"store": 1, "seller": 1, "pin": "1111"});
        let reply = server.post("/api/v1/sessions").json(&body).send().await;
        let cookie = reply.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    }

    #[tokio::test]
    async fn wrong_pins_lock_the_number_even_for_the_right_one() {
        let server = Server::with_demo().await;
        for _ in 0..5 {
            let body = json!({"store": 1, "seller": 1, "pin": "0000"});
            let reply = server.post("/api/v1/sessions").json(&body).send().await;
            reply.is_problem(StatusCode::UNAUTHORIZED, "wrong-pin");
        }
        let body = json!({"store": 1, "seller": 1, "pin": "1111"});
        let reply = server.post("/api/v1/sessions").json(&body).send().await;
        reply.is_problem(StatusCode::TOO_MANY_REQUESTS, "locked-out");
        assert!(reply.headers.contains_key("retry-after"));
    }

    #[tokio::test]
    async fn whoever_tries_number_after_number_is_slowed_down_and_nobody_else() {
        let server = Server::with_demo().await;
        let sign_in = async |client: &str, seller: usize, pin: &str| {
            let body = json!({"store": 1, "seller": seller, "pin": pin});
            server.post("/api/v1/sessions").header("x-forwarded-for", client).json(&body).send().await
        };
        for seller in 100..130 {
            sign_in("192.0.2.1", seller, "1234").await.is_problem(StatusCode::UNAUTHORIZED, "wrong-pin");
        }
        let refused = sign_in("192.0.2.1", 1, "1111").await;
        refused.is_problem(StatusCode::TOO_MANY_REQUESTS, "locked-out");
        assert!(refused.headers.contains_key("retry-after"));
        assert_eq!(sign_in("192.0.2.2", 1, "1111").await.status, StatusCode::OK);
    }

    /// A whole chain may sign in at once in the morning, from behind one address.
    #[tokio::test]
    async fn what_nobody_has_looked_at_is_held_against_nobody() {
        let server = Server::with_demo().await;
        let body = json!({"store": 1, "seller": 1, "pin": "1111"});
        let sign_in = || server.post("/api/v1/sessions").json(&body).send();
        assert_eq!(sign_in().await.status, StatusCode::OK);
        let turns = [server.app().pins.turn().await, server.app().pins.turn().await];
        tokio::time::pause();
        for reply in join_all((0..40).map(|_| sign_in())).await {
            reply.is_problem(StatusCode::SERVICE_UNAVAILABLE, "busy");
        }
        tokio::time::resume();
        drop(turns);
        for reply in join_all((0..40).map(|_| sign_in())).await {
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        }
    }

    #[tokio::test]
    async fn an_unknown_number_is_a_wrong_pin_and_an_unknown_store_is_named() {
        let server = Server::with_demo().await;
        let body = json!({"store": 1, "seller": 77, "pin": "1111"});
        server.post("/api/v1/sessions").json(&body).send().await.is_problem(StatusCode::UNAUTHORIZED, "wrong-pin");
        let body = json!({"store": 77, "seller": 1, "pin": "1111"});
        server.post("/api/v1/sessions").json(&body).send().await.is_problem(StatusCode::NOT_FOUND, "unknown-store");
    }
}
