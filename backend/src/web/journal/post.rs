//! `POST journal`: takes entries of the journal in. The signature authenticates an entry, not a session.

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
use shared::journal::JournalEntry;

/// One entry, or a list of up to 500.
#[derive(serde::Serialize, utoipa::ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the body in OpenAPI; it is read item by item")]
enum OneOrManyEntries {
    /// One entry.
    One(Box<Sealed<JournalEntry>>),
    /// A list.
    Many(Vec<Sealed<JournalEntry>>),
}

/// Takes one entry of the journal or up to 500, as `POST receipts` takes receipts: accepted ones are durable when this
/// answers, what an enrolled key signed is accepted whatever else is wrong with it, and the same entry is saved once.
#[utoipa::path(
    post,
    path = "/journal",
    tag = "journal",
    request_body = OneOrManyEntries,
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
    let accepted = &app.metrics.entries_accepted;
    let count = |taken: &signed::Taken| {
        if taken.is_ok() {
            accepted.inc();
        }
    };
    signed::post::<JournalEntry>(&app, &request, body, count).await
}
