//! `POST receipts`: takes receipts in. The signature authenticates a receipt, not a session.

use crate::web::extract::JsonBytes;
use crate::web::http::RequestId;
use crate::web::intake::Turn;
use crate::web::problem::ApiError;
use crate::web::signed;
use crate::web::state::App;
use axum::extract::State;
use axum::response::Response;
use shared::api::problem::Problem;
use shared::api::receipts::Outcomes;
use shared::chain::Sealed;
use shared::receipt::Receipt;

/// One receipt, or a list of up to 500.
#[derive(serde::Serialize, utoipa::ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the body in OpenAPI; it is read item by item")]
enum OneOrMany {
    /// One receipt.
    One(Box<Sealed<Receipt>>),
    /// A list.
    Many(Vec<Sealed<Receipt>>),
}

/// Takes one receipt or up to 500. Accepted ones are durable when this answers. What an enrolled key signed and what
/// can be read is accepted, whatever else is wrong with it; the outcome says what. The same receipt twice is the same
/// answer twice, and it is saved once.
#[utoipa::path(
    post,
    path = "/receipts",
    tag = "receipts",
    request_body = OneOrMany,
    responses(
        (status = 202, body = Outcomes, description = "At least one is in the log; each outcome says which."),
        (status = 422, body = Outcomes, description = "All of a list were refused. A single one gets a problem."),
        (status = 503, body = Problem, description = "The log did not confirm, or the store is away and what it said \
            before does not confirm a signature: send the same again."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    request: RequestId,
    _turn: Turn,
    JsonBytes(body): JsonBytes,
) -> Result<Response, ApiError> {
    let metrics = &app.metrics;
    let count = |taken: &signed::Taken| match taken {
        Ok(_) => drop(metrics.receipts_accepted.inc()),
        Err(refused) => metrics.refused(refused.problem.kind().facts().slug),
    };
    signed::post::<Receipt>(&app, &request, body, count).await
}
