//! `POST receipts/saved`: which receipts are saved, for tills that hold them until they are.

use crate::web::extract::Json;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::receipts::{AreSaved, MAX_ASKED, Named, WhichSaved};

/// Says which receipts are saved. A till asks for what it still holds of stores whose notices it does not get, or whose
/// session has run out: to know id and hash of a receipt is to have it.
#[utoipa::path(
    post,
    path = "/receipts/saved",
    tag = "receipts",
    request_body = WhichSaved,
    responses(
        (status = 200, body = AreSaved),
        (status = 422, body = Problem, description = "More receipts than one question may name."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(State(app): State<App>, Json(asked): Json<WhichSaved>) -> Result<Json<AreSaved>, ApiError> {
    if asked.receipts.len() > MAX_ASKED {
        let count = asked.receipts.len();
        return Err(Kind::TooMany.because(format!("{count} receipts are named, at most {MAX_ASKED} may be.")));
    }
    let mut ids = Vec::new();
    for Named { id, hash } in asked.receipts {
        if app.store.receipt(id).await?.is_some_and(|found| found.sealed.hash == hash && found.sealed.is_intact()) {
            ids.push(id);
        }
    }
    Ok(Json(AreSaved { ids }))
}

#[cfg(test)]
mod tests {
    use crate::testing::Till;
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn only_what_is_saved_as_it_stands_is_said_to_be() {
        let server = Server::with_demo().await;
        let mut till = server.till(1).await;
        let (saved, other) = (till.sell(&[("A", 1)]), till.sell(&[("A", 1)]));
        server.post("/api/v1/receipts").json(&json!(saved)).send().await;
        server.save_all().await;
        let named = |id, hash| json!({"id": id, "hash": hash});
        let asked = json!({"receipts": [
            named(saved.body.id, saved.hash), named(other.body.id, other.hash), named(saved.body.id, other.hash),
        ]});
        let reply = server.post("/api/v1/receipts/saved").json(&asked).send().await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.json["ids"], json!([saved.body.id]));
    }

    #[tokio::test]
    async fn what_is_saved_under_the_same_hash_with_other_content_is_not_it() {
        let server = Server::with_demo().await;
        let genuine = server.till(1).await.sell(&[("A", 1)]);
        let mut altered = json!(genuine);
        altered["body"]["total"] = json!(1);
        server.post("/api/v1/receipts").json(&altered).send().await;
        server.save_all().await;
        let stored = server.get(&format!("/api/v1/receipts/{}", genuine.body.id)).operator().send().await;
        assert_eq!(stored.json["body"]["total"], 1, "the altered one came first: {}", stored.text);
        let asked = json!({"receipts": [{"id": genuine.body.id, "hash": genuine.hash}]});
        let reply = server.post("/api/v1/receipts/saved").json(&asked).send().await;
        assert_eq!(reply.json["ids"], json!([]));
    }

    #[tokio::test]
    async fn a_question_names_a_hundred_at_most() {
        let server = Server::empty().await;
        let receipt = Till::new(1, 1).sell(&[("A", 1)]);
        let many = vec![json!({"id": receipt.body.id, "hash": receipt.hash}); 101];
        let reply = server.post("/api/v1/receipts/saved").json(&json!({"receipts": many})).send().await;
        reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "too-many");
    }
}
