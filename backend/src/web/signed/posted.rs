//! Reading the body of a request: one record or many, each readable or not by itself.

use super::Signed;
use crate::web::extract::unreadable;
use crate::web::problem::{ApiError, Kind};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use shared::api::receipts::MAX_BATCH;
use shared::chain::Sealed;
use shared::ids::{EventId, StoreNo};

/// What was posted.
#[derive(Debug)]
pub struct Posted<T> {
    /// Whether it was one record rather than a list.
    pub single: bool,
    /// The records, or why they cannot be read, in the order of the request.
    pub items: Vec<Result<Sealed<T>, Refused>>,
}

/// A record that is not taken.
#[derive(Debug)]
pub struct Refused {
    /// Its id, where at least that can be read.
    pub id: Option<EventId>,
    /// The store that it names, likewise.
    pub store: Option<StoreNo>,
    /// Why.
    pub problem: ApiError,
}

impl<T: Signed> Posted<T> {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// [`Kind::BadJson`] where it is no JSON at all, [`Kind::TooMany`] where the list is too long.
    pub fn read(body: &[u8]) -> Result<Self, ApiError> {
        let is_list = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
        let raw: Vec<&RawValue> = if is_list {
            serde_json::from_slice(body).map_err(|error| unreadable(&error))?
        } else {
            vec![serde_json::from_slice(body).map_err(|error| unreadable(&error))?]
        };
        if raw.len() > MAX_BATCH {
            let (count, names) = (raw.len(), T::NAMES);
            return Err(Kind::TooMany.because(format!("{count} {names}; at most {MAX_BATCH} go in one request.")));
        }
        Ok(Self { single: !is_list, items: raw.into_iter().map(read_one).collect() })
    }
}

fn read_one<T: Signed>(raw: &RawValue) -> Result<Sealed<T>, Refused> {
    serde_json::from_str(raw.get()).map_err(|error| {
        let id = part::<Id>(raw).map(|part| part.id);
        let store = part::<InStore>(raw).map(|part| part.store);
        Refused { id, store, problem: T::UNREADABLE.because(error) }
    })
}

/// What can be read of a record that cannot be read as a whole.
fn part<P: DeserializeOwned>(raw: &RawValue) -> Option<P> {
    serde_json::from_str::<Partly<P>>(raw.get()).ok().map(|found| found.body)
}

#[derive(Deserialize)]
struct Partly<P> {
    body: P,
}

#[derive(Deserialize)]
struct Id {
    id: EventId,
}

#[derive(Deserialize)]
struct InStore {
    store: StoreNo,
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::receipt::Receipt;

    #[test]
    fn one_bad_receipt_does_not_spoil_the_list_and_keeps_its_id() {
        let id = "0190a0b0-0000-7000-8000-000000000000";
        let posted = Posted::<Receipt>::read(format!("[1, {{\"body\": {{\"id\": \"{id}\"}}}}]").as_bytes()).unwrap();
        assert!(!posted.single);
        let ids: Vec<_> = posted.items.into_iter().map(|item| item.unwrap_err().id).collect();
        assert_eq!(ids, [None, Some(id.parse().unwrap())]);
    }

    #[test]
    fn broken_json_and_long_lists_are_refused_whole() {
        assert_eq!(Posted::<Receipt>::read(b"[{}").unwrap_err().kind(), Kind::BadJson);
        assert_eq!(Posted::<Receipt>::read(b"").unwrap_err().kind(), Kind::BadJson);
        let long = format!("[{}1]", "1,".repeat(MAX_BATCH));
        assert_eq!(Posted::<Receipt>::read(long.as_bytes()).unwrap_err().kind(), Kind::TooMany);
    }
}
