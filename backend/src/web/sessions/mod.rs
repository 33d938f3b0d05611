//! Signing in and out.

pub mod approval;
pub mod clients;
pub mod current;
pub mod delete;
pub mod post;

use super::caller::{COOKIE, Staff};
use super::extract::Json;
use super::problem::ApiError;
use super::state::{App, Settings};
use crate::model::session::{self, LIFETIME, SessionDocument};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse};
use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use shared::api::sessions::Session;
use shared::ids::StoreNo;
use shared::store::{Seller, Store};

/// Begins a session of somebody who has shown who they are, and answers with it and its cookie.
///
/// # Errors
///
/// The store's.
pub async fn begin(app: &App, store: Store, seller: Seller) -> Result<impl IntoResponse + use<>, ApiError> {
    let (cookies, expires_at) = opened(app, store.no, &seller).await?;
    Ok((cookies, Json(Session { store, seller, expires_at })))
}

/// The header that sets a cookie, or none where it cannot be written.
pub type Cookies = AppendHeaders<Option<(HeaderName, HeaderValue)>>;

/// Opens a session of somebody; the cookie that keeps it, and when it ends.
///
/// # Errors
///
/// The store's.
pub async fn opened(app: &App, store: StoreNo, seller: &Seller) -> Result<(Cookies, Timestamp), ApiError> {
    let token = BASE64URL_NOPAD.encode(&app.mint.random::<32>());
    let expires_at = app.mint.now().checked_add(LIFETIME).unwrap_or(Timestamp::MAX);
    let document = SessionDocument { store, seller: seller.clone(), expires_at };
    // A fresh random token names no session yet, so there is nothing that could be ahead.
    let _ = app.store.write(&session::id(&token), None, &document).await?;
    let cookie = cookie(&app.settings, &token, LIFETIME.as_secs()).map(|cookie| (header::SET_COOKIE, cookie));
    Ok((AppendHeaders(cookie), expires_at))
}

/// The cookie that keeps `token` for `seconds`; none of it can be read by a script.
fn cookie(settings: &Settings, token: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if settings.secure_cookies { "; Secure" } else { "" };
    let text = format!("{COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).ok()
}

impl From<Staff> for Session {
    fn from(staff: Staff) -> Self {
        Self { store: staff.store, seller: staff.seller, expires_at: staff.expires_at }
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, cookie};
    use crate::web::testing::Server;

    #[tokio::test]
    async fn behind_tls_the_cookie_travels_over_nothing_else() {
        let plain = Settings::clone(&Server::empty().await.app().settings);
        let secure = Settings { secure_cookies: true, ..plain.clone() };
        let attributes = "Path=/; Max-Age=60; HttpOnly; SameSite=Strict";
        assert_eq!(cookie(&secure, "t", 60).unwrap(), format!("comptoir=t; {attributes}; Secure"));
        assert_eq!(cookie(&plain, "t", 60).unwrap(), format!("comptoir=t; {attributes}"));
    }
}
