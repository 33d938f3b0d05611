//! `POST receipts/{id}/reprints`: notes that somebody prints a copy of a receipt at the desk.

use super::get::saved;
use crate::web::caller::Caller;
use crate::web::desk::Desk;
use crate::web::extract::Path;
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::ids::ReceiptId;
use shared::journal::Act;

/// Notes in the journal of the store's office that a copy of a receipt is printed at the desk: to be asked before the paper
/// comes out. Each copy is an entry of its own.
#[utoipa::path(
    post,
    path = "/receipts/{id}/reprints",
    tag = "receipts",
    params(("id" = ReceiptId, Path, description = "The receipt.")),
    responses(
        (status = 204, description = "It is noted: print it, marked as a duplicate."),
        (status = 404, body = Problem, description = "No such receipt is saved."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path(id): Path<ReceiptId>,
) -> Result<StatusCode, ApiError> {
    let found = saved(&app, id).await?;
    let body = &found.sealed.body;
    caller.must_manage(&app.stores.require(body.store).await?.store)?;
    let act = Act::Reprinted { number: body.number, receipt: id };
    Desk::new(&app, &caller, body.store, &request).note(act).await?;
    tracing::info!(store = %body.store, receipt = %id, by = %caller, "a copy of a receipt is printed at the desk");
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn each_copy_is_noted_with_who_prints_it_and_only_by_who_manages_the_store() {
        let server = Server::with_demo().await;
        let receipt = server.till(1).await.sell(&[("A", 1)]);
        let path = format!("/api/v1/receipts/{}/reprints", receipt.body.id);
        server.post(&path).operator().send().await.is_problem(StatusCode::NOT_FOUND, "unknown-receipt");
        server.post("/api/v1/receipts").json(&json!([receipt])).send().await;
        server.save_all().await;
        let seller = server.sign_in(1, 1).await;
        assert_eq!(server.post(&path).cookie(&seller).send().await.status, StatusCode::FORBIDDEN);
        assert_eq!(server.post(&path).send().await.status, StatusCode::UNAUTHORIZED);
        let manager = server.sign_in(1, 9).await;
        for _ in 0..2 {
            let reply = server.post(&path).cookie(&manager).send().await;
            assert_eq!(reply.status, StatusCode::NO_CONTENT, "{}", reply.text);
        }
        server.save_all().await;
        let noted = server.get("/api/v1/journal?store=1&act=reprinted").operator().send().await;
        let entries = noted.json["items"].as_array().unwrap();
        assert_eq!(entries.len(), 2, "{}", noted.text);
        for entry in entries {
            let body = &entry["body"];
            let said = json!({"act": "reprinted", "number": 1, "receipt": receipt.body.id});
            assert_eq!((&body["register"], &body["by"], &body["entry"]), (&json!(0), &json!(9), &said));
        }
    }
}
