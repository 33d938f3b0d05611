//! `POST receipts`: takes receipts in. The signature authenticates a receipt, not a session.

use super::judge::Verdict;
use super::known::{Item, Known};
use super::posted::{Posted, Refused};
use crate::web::extract::{Json, JsonBytes};
use crate::web::http::RequestId;
use crate::web::intake::Turn;
use crate::web::problem::{ApiError, Kind};
use crate::web::publish::Outgoing;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use shared::api::problem::Problem;
use shared::api::receipts::{Outcome, Outcomes};
use shared::chain::Sealed;
use shared::event::Event;
use shared::finding::FindingKind;
use shared::ids::ReceiptId;
use shared::mutant::Mutant;
use shared::receipt::Receipt;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::time::Instant;

/// Up to so many bytes or receipts are read and verified on the thread that answers: half a millisecond.
const FEW_BYTES: usize = 32 * 1024;
const FEW: usize = 8;

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
    let posted = apart_if(body.len() > FEW_BYTES, move || Posted::read(&body)).await??;
    let (items, verdicts) = judge(&app, posted.items).await?;
    let mut events = Vec::new();
    let results: Vec<Taken> = items.into_iter().zip(verdicts).map(|judged| take(judged, &mut events)).collect();
    let accepted = !events.is_empty();
    if accepted {
        let published = app.publish(events, &request).await;
        if !Mutant::AcknowledgedBeforeLog.is_on() {
            published?;
        }
    }
    count(&app, &results);
    Ok(answer(posted.single, accepted, results))
}

/// One receipt on its way into the log, judged like any other.
///
/// # Errors
///
/// [`Kind::UnknownSignature`], and the store's own.
pub async fn admit(app: &App, receipt: Sealed<Receipt>) -> Result<Outgoing, ApiError> {
    let (items, verdicts) = judge(app, vec![Ok(receipt)]).await?;
    let mut events = Vec::new();
    for judged in items.into_iter().zip(verdicts) {
        take(judged, &mut events).map_err(|refused| refused.problem)?;
    }
    events.pop().ok_or_else(|| Kind::Internal.because("The receipt could not be judged."))
}

/// What became of one receipt.
type Taken = Result<(ReceiptId, Vec<FindingKind>), Refused>;

/// Judges by what is in memory, and again by what the store says where that could make a difference.
async fn judge(app: &App, items: Vec<Item>) -> Result<(Vec<Item>, Vec<Option<Verdict>>), ApiError> {
    let asked_at = Instant::now();
    let known = Known::lately(app, &items).await?;
    let (items, verdicts) = judge_by(known, items).await?;
    if !verdicts.iter().flatten().any(Verdict::may_be_outdated) {
        return Ok((items, verdicts));
    }
    match Known::since(app, &items, asked_at).await? {
        Some(known) => judge_by(known, items).await,
        None => Ok((items, without_doubts(verdicts)?)),
    }
}

/// The verdicts as far as they stand without the store. None of the receipts is refused for what cannot be looked up:
/// a till may take a refusal for the last word.
fn without_doubts(verdicts: Vec<Option<Verdict>>) -> Result<Vec<Option<Verdict>>, ApiError> {
    if Mutant::OutageRefuses.is_on() {
        return Ok(verdicts);
    }
    let unconfirmed = || Kind::StoreUnavailable.because("A signature cannot be confirmed while the store is away.");
    let settle = |verdict: Option<Verdict>| verdict.map(|it| it.beyond_doubt().ok_or_else(unconfirmed)).transpose();
    verdicts.into_iter().map(settle).collect()
}

async fn judge_by(known: Known, items: Vec<Item>) -> Result<(Vec<Item>, Vec<Option<Verdict>>), ApiError> {
    apart_if(items.len() > FEW, move || {
        let verdicts = known.judge(&items);
        (items, verdicts)
    })
    .await
}

/// Does heavy work away from the threads that answer requests, where there are several: on a single one it would only make
/// the order of what happens a matter of chance.
async fn apart_if<R: Send + 'static>(heavy: bool, work: impl FnOnce() -> R + Send + 'static) -> Result<R, ApiError> {
    if !heavy || Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
        return Ok(work());
    }
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "reading or verifying receipts broke off");
        Kind::Internal.because("The receipts could not be verified.")
    })
}

/// Puts what is taken with the events that go into the log.
fn take((item, verdict): (Item, Option<Verdict>), events: &mut Vec<Outgoing>) -> Taken {
    let receipt = item?;
    let (id, store) = (receipt.body.id, receipt.body.store);
    let Some(Verdict::Take(flags)) = verdict else {
        return Err(Refused { id: Some(id), problem: unsigned(&receipt.body) });
    };
    events.push(Outgoing { store, event: Event::Receipt(Box::new(receipt)), flags: flags.clone() });
    Ok((id, flags))
}

fn unsigned(receipt: &Receipt) -> ApiError {
    let (number, series) = (receipt.number, receipt.series_id());
    Kind::UnknownSignature.because(format!("Receipt {number} of series {series} fits no key of that store."))
}

fn count(app: &App, results: &[Taken]) {
    for result in results {
        match result {
            Ok(_) => drop(app.metrics.receipts_accepted.inc()),
            Err(refused) => app.metrics.refused(refused.problem.kind().facts().slug),
        }
    }
}

fn answer(single: bool, accepted: bool, mut results: Vec<Taken>) -> Response {
    if single && let Some(Err(refused)) = results.pop_if(|result| result.is_err()) {
        return refused.problem.into_response();
    }
    let status = if accepted || results.is_empty() { StatusCode::ACCEPTED } else { StatusCode::UNPROCESSABLE_ENTITY };
    let items = results.into_iter().map(outcome).collect();
    (status, Json(Outcomes { items })).into_response()
}

fn outcome(result: Taken) -> Outcome {
    match result {
        Ok((id, flags)) => Outcome::Accepted { id, flags },
        Err(refused) => Outcome::Refused { id: refused.id, problem: refused.problem.problem() },
    }
}
