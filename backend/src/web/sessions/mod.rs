//! Signing in and out.

pub mod clients;
pub mod current;
pub mod delete;
pub mod post;

use super::caller::{COOKIE, Staff};
use super::state::App;
use axum::http::HeaderValue;
use shared::api::sessions::Session;

/// The cookie that keeps `token` for `seconds`; none of it can be read by a script.
fn cookie(app: &App, token: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if app.settings.secure_cookies { "; Secure" } else { "" };
    let text = format!("{COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).ok()
}

impl From<Staff> for Session {
    fn from(staff: Staff) -> Self {
        Self { store: staff.store, seller: staff.seller, expires_at: staff.expires_at }
    }
}
