//! `POST stores/{s}/registers`: adds a register to a store.

use crate::model::create::Added;
use crate::model::register::{self, RegisterDocument};
use crate::web::caller::Caller;
use crate::web::desk::Desk;
use crate::web::extract::{Json, MaybeJson, Path};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::api::stores::NewRegister;
use shared::ids::StoreNo;
use shared::journal::Act;
use shared::store::Register;

/// Adds a register to a store. Asking again for a number that is there gives that register.
#[utoipa::path(
    post,
    path = "/stores/{store}/registers",
    tag = "stores",
    params(("store" = StoreNo, Path, description = "The store.")),
    request_body = Option<NewRegister>,
    responses(
        (status = 201, body = Register),
        (status = 404, body = Problem, description = "No such store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path(store): Path<StoreNo>,
    MaybeJson(new): MaybeJson<NewRegister>,
) -> Result<(StatusCode, Json<Register>), ApiError> {
    caller.must_manage(&app.stores.require(store).await?.store)?;
    if new.no.is_some_and(|no| !no.sells()) {
        return Err(Kind::InvalidContent.because("Registers are numbered from 1."));
    }
    let free = |no| RegisterDocument::free(store, no);
    let desk = Desk::new(&app, &caller, store, &request);
    let added = desk.add(&register::prefix(store), new.no, free, |register| Act::RegisterAdded { register }).await?;
    app.stores.forget(store).await;
    match added {
        Added::Created(register) | Added::Taken(register) => Ok((StatusCode::CREATED, Json(register.view()))),
        Added::UsedUp => Err(Kind::NumbersUsedUp.because("Register numbers end at 999.")),
    }
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn registers_get_the_next_number_or_the_one_asked_for() {
        let server = Server::with_demo().await;
        let next = server.post("/api/v1/stores/1/registers").operator().send().await;
        assert_eq!((next.status, &next.json["no"]), (StatusCode::CREATED, &json!(3)));
        let named = server.post("/api/v1/stores/1/registers").operator().json(&json!({"no": 9})).send().await;
        assert_eq!(named.json, json!({"no": 9, "used_as": "free"}));
    }

    #[tokio::test]
    async fn a_register_needs_a_store_and_a_number_in_range() {
        let server = Server::with_demo().await;
        let reply = server.post("/api/v1/stores/77/registers").operator().send().await;
        reply.is_problem(StatusCode::NOT_FOUND, "unknown-store");
        let reply = server.post("/api/v1/stores/1/registers").operator().json(&json!({"no": 1000})).send().await;
        reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-content");
        let reply = server.post("/api/v1/stores/x/registers").operator().send().await;
        reply.is_problem(StatusCode::BAD_REQUEST, "bad-path");
    }
}
