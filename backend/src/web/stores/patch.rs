//! `PATCH stores/{s}`: changes what people decide of a store after it was opened.

use super::post::validate_texts;
use crate::model::store;
use crate::web::caller::Caller;
use crate::web::desk::{Decision, Desk};
use crate::web::extract::{Json, Path};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::stores::StoreChange;
use shared::ids::StoreNo;
use shared::journal::Act;
use shared::store::Store;

/// Changes the name of a store, or what its tills go by. What is absent stays as it is; the same again changes nothing. Open
/// tills hear of it and go by it from then on, tills without a line once they have one again.
#[utoipa::path(
    patch,
    path = "/stores/{store}",
    tag = "stores",
    params(("store" = StoreNo, Path, description = "The store.")),
    request_body = StoreChange,
    responses(
        (status = 200, body = Store),
        (status = 403, body = Problem, description = "This takes a manager."),
        (status = 404, body = Problem, description = "No such store."),
        (status = 422, body = Problem, description = "The store cannot be like this."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path(no): Path<StoreNo>,
    Json(change): Json<StoreChange>,
) -> Result<Json<Store>, ApiError> {
    caller.must_manage(&app.stores.require(no).await?.store)?;
    if let Some(name) = &change.name {
        validate_texts(name, "")?;
    }
    let desk = Desk::new(&app, &caller, no, &request);
    let id = store::id(no);
    let changed = desk.update(&id, |found: Option<Store>| {
        let before = found.ok_or_else(|| Kind::UnknownStore.because(format!("There is no store {no}.")))?;
        let after = change.clone().applied_to(before.clone());
        let act = Act::SettingsChanged { to: change.clone().less(&before) };
        Ok(if after == before { Decision::Keep(after) } else { Decision::Write(after.clone(), act, after) })
    });
    let changed = changed.await?;
    tracing::info!(store = %no, by = %caller, ?change, "a store's rules were changed");
    app.stores.forget(no).await;
    app.hub.announce_change(no);
    Ok(Json(changed))
}

#[cfg(test)]
mod tests {
    use crate::live::Frame;
    use crate::web::testing::{PATIENCE, Server};
    use axum::http::StatusCode;
    use serde_json::json;

    const PATH: &str = "/api/v1/stores/1";

    #[tokio::test]
    async fn a_manager_changes_what_is_named_and_nothing_else() {
        let server = Server::with_demo().await;
        let manager = server.sign_in(1, 9).await;
        let before = server.get(PATH).send().await.json;
        for _ in 0..2 {
            let body = json!({"refuse_below_zero": true, "name": "Lyon Centre", "siret": "73282932000074"});
            let reply = server.patch(PATH).cookie(&manager).json(&body).send().await;
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        }
        let mut expected = before;
        expected["refuse_below_zero"] = json!(true);
        expected["name"] = json!("Lyon Centre");
        expected["siret"] = json!("73282932000074");
        assert_eq!(server.get(PATH).send().await.json, expected);
        let back = server.patch(PATH).operator().json(&json!({"refuse_below_zero": false})).send().await;
        assert_eq!((&back.json["refuse_below_zero"], &back.json["name"]), (&json!(false), &json!("Lyon Centre")));
    }

    #[tokio::test]
    async fn sellers_change_nothing_and_no_store_becomes_what_none_can_be() {
        let server = Server::with_demo().await;
        let (seller, on) = (server.sign_in(1, 1).await, json!({"void_needs_manager": true}));
        server.patch(PATH).json(&on).send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
        server.patch(PATH).cookie(&seller).json(&on).send().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
        let unknown = server.patch("/api/v1/stores/77").operator().json(&on).send().await;
        unknown.is_problem(StatusCode::NOT_FOUND, "unknown-store");
        let nameless = server.patch(PATH).operator().json(&json!({"name": " "})).send().await;
        nameless.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-store");
        let luhn = server.patch(PATH).operator().json(&json!({"siret": "73282932000075"})).send().await;
        luhn.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-content");
        let fixed = server.patch(PATH).operator().json(&json!({"training": false})).send().await;
        fixed.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-content");
        assert_eq!(server.get(PATH).send().await.json["void_needs_manager"], false);
    }

    #[tokio::test]
    async fn the_pages_of_the_store_and_the_desks_are_told_and_other_stores_are_not() {
        let server = Server::with_demo().await;
        let (one, two) = (1.try_into().unwrap(), 2.try_into().unwrap());
        let hub = &server.app().hub;
        let mut own = hub.subscribe(Some(one)).await.unwrap().frames;
        let mut desk = hub.subscribe(None).await.unwrap().frames;
        let mut other = hub.subscribe(Some(two)).await.unwrap().frames;
        server.patch(PATH).operator().json(&json!({"void_needs_manager": true})).send().await;
        for pages in [&mut own, &mut desk] {
            let frame = tokio::time::timeout(PATIENCE, pages.recv()).await.unwrap().unwrap();
            assert!(matches!(frame, Frame::Changed), "{frame:?}");
        }
        assert!(other.try_recv().is_err());
    }

    #[tokio::test]
    async fn a_store_can_be_opened_with_its_policies() {
        let server = Server::empty().await;
        let body = json!({"name": "N", "time_zone": "Europe/Paris", "training": true, "refuse_below_zero": true});
        let opened = server.post("/api/v1/stores").operator().json(&body).send().await;
        assert_eq!((opened.status, &opened.json["refuse_below_zero"]), (StatusCode::CREATED, &json!(true)));
    }
}
