//! From the body of a request into the log.

use super::known::{Item, Known};
use super::posted::{Posted, Refused};
use super::{Signed, Verdict, refunds};
use crate::web::extract::Json;
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::publish::Outgoing;
use crate::web::refusals;
use crate::web::state::App;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use shared::api::receipts::{Outcome, Outcomes};
use shared::chain::Sealed;
use shared::finding::FindingKind;
use shared::ids::EventId;
use shared::mutant::Mutant;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::time::Instant;

/// Up to so many bytes or records are read and verified on the thread that answers: half a millisecond.
const FEW_BYTES: usize = 32 * 1024;
const FEW: usize = 8;

/// What became of one record.
pub type Taken = Result<(EventId, Vec<FindingKind>), Refused>;

/// Takes one record or a list of them: those that it accepts are durable when this answers. `count` sees each outcome.
///
/// # Errors
///
/// [`Kind::BadJson`], [`Kind::TooMany`], the store's and the log's; nothing is taken then.
pub async fn post<T: Signed>(
    app: &App,
    request: &RequestId,
    body: Bytes,
    count: impl Fn(&Taken),
) -> Result<Response, ApiError> {
    let posted = apart_if(body.len() > FEW_BYTES, move || Posted::<T>::read(&body)).await??;
    let (items, verdicts) = judge(app, posted.items).await?;
    let mut events = Vec::new();
    let results: Vec<Taken> = items.into_iter().zip(verdicts).map(|judged| take(judged, &mut events)).collect();
    let accepted = !events.is_empty();
    if accepted {
        if Mutant::AcknowledgedBeforeLog.is_on() {
            let (app, request) = (App::clone(app), request.clone());
            drop(tokio::spawn(async move { app.publish(events, &request).await }));
        } else {
            app.publish(events, request).await?;
        }
    }
    results.iter().for_each(count);
    refusals::note(app, results.iter().filter_map(|taken| taken.as_ref().err()?.store));
    Ok(answer(posted.single, accepted, results))
}

/// One record on its way into the log, judged like any other.
///
/// # Errors
///
/// [`Kind::UnknownSignature`], and the store's own.
pub async fn admit<T: Signed>(app: &App, sealed: Sealed<T>) -> Result<Outgoing, ApiError> {
    let (items, verdicts) = judge(app, vec![Ok(sealed)]).await?;
    let mut events = Vec::new();
    for judged in items.into_iter().zip(verdicts) {
        take(judged, &mut events).map_err(|refused| refused.problem)?;
    }
    events.pop().ok_or_else(|| Kind::Internal.because("The record could not be judged."))
}

/// Judges everything that can be wrong with records.
async fn judge<T: Signed>(app: &App, items: Vec<Item<T>>) -> Result<(Vec<Item<T>>, Vec<Option<Verdict>>), ApiError> {
    let (items, mut verdicts) = judge_by_what_is_known(app, items).await?;
    refunds::judge(app, &items, &mut verdicts).await?;
    Ok((items, verdicts))
}

/// Judges by what is in memory, and again by what the store says where that could make a difference.
async fn judge_by_what_is_known<T: Signed>(
    app: &App,
    items: Vec<Item<T>>,
) -> Result<(Vec<Item<T>>, Vec<Option<Verdict>>), ApiError> {
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

/// The verdicts as far as they stand without the store. None of the records is refused for what cannot be looked up:
/// a till may take a refusal for the last word.
fn without_doubts(verdicts: Vec<Option<Verdict>>) -> Result<Vec<Option<Verdict>>, ApiError> {
    if Mutant::OutageRefuses.is_on() {
        return Ok(verdicts);
    }
    let unconfirmed = || Kind::StoreUnavailable.because("A signature cannot be confirmed while the store is away.");
    let settle = |verdict: Option<Verdict>| verdict.map(|it| it.beyond_doubt().ok_or_else(unconfirmed)).transpose();
    verdicts.into_iter().map(settle).collect()
}

async fn judge_by<T: Signed>(
    known: Known,
    items: Vec<Item<T>>,
) -> Result<(Vec<Item<T>>, Vec<Option<Verdict>>), ApiError> {
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
        tracing::error!(%error, "reading or verifying what was posted broke off");
        Kind::Internal.because("What was posted could not be verified.")
    })
}

/// Puts what is taken with the events that go into the log.
fn take<T: Signed>((item, verdict): (Item<T>, Option<Verdict>), events: &mut Vec<Outgoing>) -> Taken {
    let sealed = item?;
    let (id, store) = (sealed.body.id(), sealed.body.store());
    let Some(Verdict::Take(flags)) = verdict else {
        let problem = Kind::UnknownSignature.because(format!("{} fits no key of that store.", sealed.body.name()));
        return Err(Refused { id: Some(id), store: Some(store), problem });
    };
    events.push(Outgoing { store, event: T::event(sealed), flags: flags.clone() });
    Ok((id, flags))
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
