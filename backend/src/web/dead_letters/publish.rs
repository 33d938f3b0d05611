//! `POST dead-letters/{id}/publish`: puts a mended copy into the log.

use super::find;
use crate::store::StoreError;
use crate::store::dead_letters::DeadLetter;
use crate::web::caller::Caller;
use crate::web::extract::{Json, MaybeJson, Path};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::publish::Outgoing;
use crate::web::receipts;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::dead_letters::{LetterPublished, MendedLetter};
use shared::api::problem::Problem;
use shared::event::Event;

/// Publishes a dead letter again: as the body mends it, or as it is, after an upgrade that can read it. A receipt has to
/// be signed by an enrolled key, like any other. It is mended once this answers; what was in the log before counts once.
#[utoipa::path(
    post,
    path = "/dead-letters/{id}/publish",
    tag = "dead letters",
    params(("id" = String, Path, description = "The letter.")),
    request_body = MendedLetter,
    responses(
        (status = 202, body = LetterPublished, description = "It is in the log."),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "It was mended already."),
        (status = 422, body = Problem, description = "It still cannot be read."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path(id): Path<String>,
    MaybeJson(mended): MaybeJson<MendedLetter>,
) -> Result<(StatusCode, Json<LetterPublished>), ApiError> {
    let letter = find(&app, &caller, &id).await?;
    if letter.mended_at.is_some() {
        return Err(Kind::LetterMended.because(format!("The letter {id} was mended already.")));
    }
    let outgoing = outgoing(&app, &letter, mended).await?;
    caller.must_manage(&app.stores.require(outgoing.store).await?.store)?;
    let event = outgoing.event.id();
    app.publish(vec![outgoing], &request).await?;
    app.store.mark_mended(letter.id, app.mint.now()).await?;
    Ok((StatusCode::ACCEPTED, Json(LetterPublished { event })))
}

async fn outgoing(app: &App, letter: &DeadLetter, mended: MendedLetter) -> Result<Outgoing, ApiError> {
    let payload = mended.payload.map(|payload| serde_json::to_vec(&payload).map_err(StoreError::from)).transpose()?;
    let kind = mended.kind.as_deref().unwrap_or(&letter.kind);
    let event = Event::decode(kind, Event::VERSION, payload.as_deref().unwrap_or(&letter.payload));
    let event = event.map_err(|error| Kind::UnreadableLetter.because(error))?;
    let named = letter.store.or(mended.store);
    match event {
        Event::Receipt(receipt) => {
            if named.is_some_and(|store| store != receipt.body.store) {
                return Err(Kind::UnreadableLetter.because("The receipt is another store's than the letter."));
            }
            receipts::post::admit(app, *receipt).await
        }
        other => {
            let nowhere = || Kind::UnreadableLetter.because("Neither the letter nor what mends it names a store.");
            Ok(Outgoing::new(named.ok_or_else(nowhere)?, other))
        }
    }
}
