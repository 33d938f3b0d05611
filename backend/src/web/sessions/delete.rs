//! `DELETE sessions/current`: signs out.

use super::cookie;
use crate::model::session::{self, SessionDocument};
use crate::web::caller::session_token;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use shared::api::problem::Problem;

/// Signs out; doing it again, or without a session, is no error.
#[utoipa::path(
    delete,
    path = "/sessions/current",
    tag = "sessions",
    responses((status = 204, description = "Nobody is signed in any more."), (status = "default", body = Problem))
)]
pub async fn handler(State(app): State<App>, headers: HeaderMap) -> Result<impl IntoResponse, ApiError> {
    if let Some(token) = session_token(&headers) {
        app.store.remove::<SessionDocument>(&session::id(token)).await?;
    }
    let cookies = cookie(&app.settings, "", 0).map(|cookie| (header::SET_COOKIE, cookie));
    Ok((StatusCode::NO_CONTENT, AppendHeaders::<Option<(HeaderName, HeaderValue)>>(cookies)))
}
