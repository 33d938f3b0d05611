//! `DELETE stores/{s}/registers/{r}/series/{letter}`: takes a register from a till that is lost.

use crate::model::register::{self, RegisterDocument};
use crate::web::caller::Caller;
use crate::web::desk::{Decision, Desk};
use crate::web::extract::{Json, Path};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::stores::RegisterDetail;
use shared::ids::{RegisterNo, SeriesLetter, StoreNo};
use shared::journal::Act;

/// Takes a register from the till that holds it by this series. What that till has sold is still taken in; what it sells
/// from then on, by its own clock, is flagged. The next till opens a series that follows on the last known receipt. Doing
/// it again changes nothing, whoever holds the register by then.
#[utoipa::path(
    delete,
    path = "/stores/{store}/registers/{register}/series/{series}",
    tag = "stores",
    params(
        ("store" = StoreNo, Path, description = "The store."),
        ("register" = RegisterNo, Path, description = "The register."),
        ("series" = SeriesLetter, Path, description = "The series' letter."),
    ),
    responses(
        (status = 200, body = RegisterDetail),
        (status = 403, body = Problem, description = "This takes a manager."),
        (status = 404, body = Problem, description = "No such store, register or series."),
        (status = 409, body = Problem, description = "The register serves consumers' baskets."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path((store, no, letter)): Path<(StoreNo, RegisterNo, SeriesLetter)>,
) -> Result<Json<RegisterDetail>, ApiError> {
    caller.must_manage(&app.stores.require(store).await?.store)?;
    let now = app.mint.now();
    let unknown =
        || Kind::UnknownRegister.because(format!("Store {store} has no register {no} with a series {letter}."));
    let desk = Desk::new(&app, &caller, store, &request);
    let id = register::id(store, no);
    let detail = desk.update(&id, |found: Option<RegisterDocument>| {
        let has_series = |found: &RegisterDocument| no.sells() && found.series(&letter).is_some();
        let mut register = found.filter(has_series).ok_or_else(unknown)?;
        let changed = register.revoke(&letter, now)?;
        let detail = register.detail();
        let act = Act::RegisterRevoked { register: no, series: letter.clone() };
        Ok(if changed { Decision::Write(register, act, detail) } else { Decision::Keep(detail) })
    });
    let detail = detail.await?;
    app.stores.forget(store).await;
    Ok(Json(detail))
}

#[cfg(test)]
mod tests {
    use crate::testing::Till;
    use crate::web::testing::{Server, enrol};
    use axum::http::StatusCode;
    use serde_json::json;

    const SERIES: &str = "/api/v1/stores/1/registers/1/series";
    const LOST: &str = "/api/v1/stores/1/registers/1/series/A";

    #[tokio::test]
    async fn a_revoked_till_is_told_so_what_it_sells_is_flagged_and_the_next_one_follows_on_it() {
        let server = Server::with_demo().await;
        let (manager, mut lost) = (server.sign_in(1, 9).await, server.till(1).await);
        let before = serde_json::to_value(lost.sell(&[("A", 1)])).unwrap();
        let sent = server.post("/api/v1/receipts").json(&before).send().await;
        assert_eq!(sent.json["items"][0]["outcome"], "accepted");
        server.save_all().await;
        let revoked = server.delete(LOST).cookie(&manager).send().await;
        assert_eq!(revoked.status, StatusCode::OK, "{}", revoked.text);
        assert!(revoked.json["series"][0]["replaced_at"].is_string(), "{}", revoked.text);
        assert_eq!(server.delete(LOST).cookie(&manager).send().await.json, revoked.json, "once is enough");

        let reply = server.post(SERIES).operator().json(&enrol(&lost, true)).send().await;
        reply.is_problem(StatusCode::CONFLICT, "key-replaced");
        let next = server.post(SERIES).operator().json(&enrol(&Till::new(1, 2), false)).send().await;
        assert_eq!((&next.json["series"]["letter"], &next.json["head"]["hash"]), (&json!("B"), &before["hash"]));
        let late = server.delete(LOST).cookie(&manager).send().await;
        assert!(
            late.json["series"][1]["replaced_at"].is_null(),
            "a press that comes late takes nothing from the next till"
        );
        let listed = server.get("/api/v1/stores/1/registers").cookie(&manager).send().await;
        assert_eq!(listed.json[0]["series"].as_array().map(Vec::len), Some(2), "{}", listed.text);
    }

    #[tokio::test]
    async fn only_managers_revoke_and_only_tills_are_revoked() {
        let server = Server::with_demo().await;
        let (seller, manager) = (server.sign_in(1, 1).await, server.sign_in(1, 9).await);
        server.delete(LOST).cookie(&seller).send().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
        server.delete(LOST).cookie(&manager).send().await.is_problem(StatusCode::NOT_FOUND, "unknown-register");
        let list = server.get("/api/v1/stores/1/registers").cookie(&seller).send().await;
        list.is_problem(StatusCode::FORBIDDEN, "forbidden");
        let unknown = server.delete("/api/v1/stores/1/registers/77/series/A").cookie(&manager).send().await;
        unknown.is_problem(StatusCode::NOT_FOUND, "unknown-register");
        let basket = server.post("/api/v1/stores/1/registers/1/baskets").send().await.json["id"].clone();
        let path = format!("/api/v1/baskets/{}", basket.as_str().unwrap());
        let line = json!({"sku": server.some_sku().await});
        server.post(&format!("{path}/lines")).json(&line).send().await;
        let issued = server.post(&format!("{path}/checkout")).send().await;
        assert_eq!(issued.status, StatusCode::OK, "{}", issued.text);
        let refused = server.delete(LOST).cookie(&manager).send().await;
        refused.is_problem(StatusCode::CONFLICT, "self-service-register");
    }
}
