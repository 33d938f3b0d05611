//! `POST dead-letters/{id}/publish`: puts a mended copy into the log.

use super::find;
use crate::store::StoreError;
use crate::store::dead_letters::DeadLetter;
use crate::web::caller::Caller;
use crate::web::extract::{Json, MaybeJson, Path};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::publish::Outgoing;
use crate::web::router::LARGEST_BODY;
use crate::web::signed::{self, Signed};
use crate::web::state::App;
use crate::web::stock::booking::{self, Zero};
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::dead_letters::{LetterPublished, MendedLetter};
use shared::api::problem::Problem;
use shared::chain::Sealed;
use shared::event::Event;
use shared::ids::StoreNo;

/// Publishes a dead letter again: as the body mends it, or as it is, after an upgrade that can read it. A receipt
/// or an entry of the journal has to be signed by an enrolled key, like any other. It is mended once this answers; what was in the log before counts once.
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
    let outgoing = outgoing(&app, &caller, &letter, mended).await?;
    let event = outgoing.event.id();
    app.publish(vec![outgoing], &request).await?;
    app.store.mark_mended(letter.id, app.mint.now()).await?;
    Ok((StatusCode::ACCEPTED, Json(LetterPublished { event })))
}

async fn outgoing(app: &App, caller: &Caller, letter: &DeadLetter, mended: MendedLetter) -> Result<Outgoing, ApiError> {
    let named = letter.store.or(mended.store);
    let event = read(letter, mended)?;
    let event = match event {
        Event::Receipt(receipt) => return signed_one(app, caller, named, *receipt).await,
        Event::Journal(entry) => return signed_one(app, caller, named, *entry).await,
        event => event,
    };
    let nowhere = || Kind::UnreadableLetter.because("Neither the letter nor what mends it names a store.");
    let store = named.ok_or_else(nowhere)?;
    caller.must_manage(&app.stores.require(store).await?.store)?;
    check(app, caller, store, &event).await?;
    Ok(Outgoing::new(store, event))
}

/// What a till has signed is judged as if it came from there.
async fn signed_one<T: Signed>(
    app: &App,
    caller: &Caller,
    named: Option<StoreNo>,
    sealed: Sealed<T>,
) -> Result<Outgoing, ApiError> {
    must_be(named, sealed.body.store())?;
    let outgoing = signed::admit(app, sealed).await?;
    caller.must_manage(&app.stores.require(outgoing.store).await?.store)?;
    Ok(outgoing)
}

/// What the letter holds, or what mends it, as an event.
fn read(letter: &DeadLetter, mended: MendedLetter) -> Result<Event, ApiError> {
    let version = if mended.payload.is_some() { Event::VERSION } else { letter.version };
    let payload = mended.payload.map(|payload| serde_json::to_vec(&payload).map_err(StoreError::from)).transpose()?;
    let (kind, bytes) = (mended.kind.as_deref().unwrap_or(&letter.kind), payload.as_ref().unwrap_or(&letter.payload));
    if bytes.len() > LARGEST_BODY {
        return Err(Kind::UnreadableLetter.because(format!("A record has {LARGEST_BODY} bytes at most.")));
    }
    Event::decode(kind, version, bytes).map_err(|error| Kind::UnreadableLetter.because(error))
}

/// What no till has signed is held to the rules of whoever could have booked it. What changes keys or settings is the
/// operator's alone.
async fn check(app: &App, caller: &Caller, store: StoreNo, event: &Event) -> Result<(), ApiError> {
    match event {
        Event::Receipt(_) | Event::Journal(_) => Ok(()),
        Event::StockCount(moved) => booking::validate(&moved.items, Zero::Allowed, &*app.catalogue.latest().await?),
        Event::Delivery(moved) | Event::TransferOut(moved) | Event::TransferIn(moved) => {
            booking::validate(&moved.items, Zero::Refused, &*app.catalogue.latest().await?)
        }
        Event::Enrolment(enrolment) => {
            must_be(Some(store), enrolment.series.store)?;
            must_be_operator(caller)
        }
        Event::Settings(_) => must_be_operator(caller),
    }
}

fn must_be_operator(caller: &Caller) -> Result<(), ApiError> {
    match caller {
        Caller::Operator => Ok(()),
        Caller::Staff(_) => Err(Kind::Forbidden.because("Keys and settings are the operator's to mend.")),
    }
}

fn must_be(named: Option<StoreNo>, store: StoreNo) -> Result<(), ApiError> {
    if named.is_none_or(|named| named == store) {
        return Ok(());
    }
    Err(Kind::UnreadableLetter.because(format!("What it holds is of store {store}, which is another one.")))
}
