//! `POST approvals`: whether a manager allows something at a till, by their PIN.

use super::post::authenticate;
use crate::web::caller::Staff;
use crate::web::extract::Json;
use crate::web::http::ClientAddress;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::sessions::{Session, SignIn};
use shared::store::Role;
use std::net::IpAddr;

/// Checks a manager's PIN for one act at a till, and says who they are. No session begins: what it answers has ended
/// already. Wrong PINs count as they do at the sign-in.
#[utoipa::path(
    post,
    path = "/approvals",
    tag = "sessions",
    request_body = SignIn,
    responses(
        (status = 200, body = Session, description = "They may allow it; without a cookie."),
        (status = 401, body = Problem, description = "Wrong seller number or PIN."),
        (status = 403, body = Problem, description = "They are no manager."),
        (status = 429, body = Problem, description = "Too many wrong PINs for this number, or from this client.", headers(("retry-after" = u32))),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    ClientAddress(client): ClientAddress,
    Json(request): Json<SignIn>,
) -> Result<Json<Session>, ApiError> {
    Ok(Json(approved(&app, client, &request).await?.into()))
}

/// A manager who allows something by their PIN, outside any session.
///
/// # Errors
///
/// [`Kind::WrongPin`], [`Kind::LockedOut`], [`Kind::Forbidden`] where they are no manager, and the store's.
pub async fn approved(app: &App, client: IpAddr, request: &SignIn) -> Result<Staff, ApiError> {
    let store = app.stores.require(request.store).await?.store.clone();
    let seller = authenticate(app, client, request).await?.seller;
    match seller.role {
        Role::Manager => Ok(Staff { store, seller, expires_at: app.mint.now(), session: None }),
        Role::Seller => Err(Kind::Forbidden.because("Allowing this takes a manager.")),
    }
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    const PATH: &str = "/api/v1/approvals";

    #[tokio::test]
    async fn a_managers_pin_allows_and_begins_no_session() {
        let server = Server::with_demo().await;
        let reply = server.post(PATH).json(&json!({"store": 1, "seller": 9, "pin": "9999"})).send().await;
        assert_eq!((reply.status, &reply.json["seller"]["no"]), (StatusCode::OK, &json!(9)), "{}", reply.text);
        assert!(!reply.headers.contains_key("set-cookie"));
    }

    #[tokio::test]
    async fn a_sellers_pin_does_not() {
        let server = Server::with_demo().await;
        let reply = server.post(PATH).json(&json!({"store": 1, "seller": 1, "pin": "1111"})).send().await;
        reply.is_problem(StatusCode::FORBIDDEN, "forbidden");
    }

    #[tokio::test]
    async fn wrong_pins_lock_the_number_here_and_at_the_sign_in() {
        let server = Server::with_demo().await;
        for _ in 0..5 {
            let reply = server.post(PATH).json(&json!({"store": 1, "seller": 9, "pin": "1234"})).send().await;
            reply.is_problem(StatusCode::UNAUTHORIZED, "wrong-pin");
        }
        let right = json!({"store": 1, "seller": 9, "pin": "9999"});
        for path in [PATH, "/api/v1/sessions"] {
            let reply = server.post(path).json(&right).send().await;
            reply.is_problem(StatusCode::TOO_MANY_REQUESTS, "locked-out");
        }
    }
}
