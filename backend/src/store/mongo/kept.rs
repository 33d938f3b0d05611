//! Records as they are read back whole.

use crate::store::StoreError;
use mongodb::bson::serde_helpers::HumanReadable;
use mongodb::bson::{DateTime, RawDocumentBuf, deserialize_from_slice};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use shared::event::{Event, EventKind, Recorded};
use shared::ids::StoreNo;
use shared::position::Position;
use shared::time::Timestamp;

/// What both tables have.
#[derive(Deserialize)]
struct Place {
    store: StoreNo,
    epoch: u32,
    offset: u64,
    accepted_at: DateTime,
    /// Absent on a receipt.
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Body<T> {
    #[serde(alias = "sealed")]
    body: HumanReadable<T>,
}

/// Reads a row of either table.
pub fn read(row: &RawDocumentBuf) -> Result<Recorded, StoreError> {
    let place: Place = deserialize_from_slice(row.as_bytes())?;
    let accepted_at = Timestamp::from_millisecond(place.accepted_at.timestamp_millis())
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let position = Position { epoch: place.epoch, offset: place.offset };
    let event = event(place.kind.as_deref().unwrap_or(EventKind::Receipt.as_str()), row)?;
    Ok(Recorded { position, store: place.store, accepted_at, flags: Vec::new(), event })
}

fn event(kind: &str, row: &RawDocumentBuf) -> Result<Event, StoreError> {
    let known = EventKind::named(kind).ok_or_else(|| StoreError::Corrupt(format!("a movement of the kind {kind}")))?;
    Ok(match known {
        EventKind::Receipt => Event::Receipt(body(row)?),
        EventKind::Delivery => Event::Delivery(body(row)?),
        EventKind::StockCount => Event::StockCount(body(row)?),
        EventKind::TransferOut => Event::TransferOut(body(row)?),
        EventKind::TransferIn => Event::TransferIn(body(row)?),
        EventKind::Enrolment => Event::Enrolment(body(row)?),
        EventKind::Settings => Event::Settings(body(row)?),
        EventKind::Journal => Event::Journal(body(row)?),
    })
}

fn body<T: DeserializeOwned>(row: &RawDocumentBuf) -> Result<T, StoreError> {
    Ok(deserialize_from_slice::<Body<T>>(row.as_bytes())?.body.0)
}
