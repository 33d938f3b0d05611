//! Records as messages of a topic, and back.

use super::LogError;
use crate::log::{LogRecord, NewRecord, flags};
use rdkafka::Message;
use rdkafka::message::{Header, Headers, OwnedHeaders};
use shared::event::Event;
use shared::ids::StoreNo;
use shared::position::Position;
use shared::time::Timestamp;
use std::panic::{AssertUnwindSafe, catch_unwind};

const KIND: &str = "type";
const VERSION: &str = "version";
const FLAGS: &str = "flags";
const REQUEST: &str = "request";

/// A message that is ready to be sent.
pub struct Outgoing {
    /// Which partition it goes to: one store's records are one sequence.
    pub key: String,
    /// What is said about the payload.
    pub headers: OwnedHeaders,
    /// The record.
    pub payload: Vec<u8>,
    /// When it was accepted, in Unix milliseconds.
    pub accepted_at: i64,
}

impl Outgoing {
    /// Encodes a record.
    ///
    /// # Errors
    ///
    /// [`LogError::Rejected`] where it cannot be written as JSON.
    pub fn of(record: &NewRecord) -> Result<Self, LogError> {
        let rejected = |error: serde_json::Error| LogError::Rejected(error.to_string());
        let mut headers = headers(record.event.kind().as_str(), Event::VERSION);
        if !record.flags.is_empty() {
            let flags = serde_json::to_vec(&record.flags).map_err(rejected)?;
            headers = headers.insert(Header { key: FLAGS, value: Some(&flags) });
        }
        if let Some(request) = &record.request_id {
            headers = headers.insert(Header { key: REQUEST, value: Some(request) });
        }
        Ok(Self {
            key: record.store.to_string(),
            headers,
            payload: record.event.encode().map_err(rejected)?,
            accepted_at: record.accepted_at.as_millisecond(),
        })
    }
}

/// The headers of every record.
pub fn headers(kind: &str, version: u16) -> OwnedHeaders {
    let headers = OwnedHeaders::new_with_capacity(4);
    let headers = headers.insert(Header { key: KIND, value: Some(kind) });
    headers.insert(Header { key: VERSION, value: Some(&version.to_string()) })
}

/// The place of a message. Offset 0 stands before the first record, so that a position counts what is done.
pub fn position(epoch: u32, offset: i64) -> Position {
    Position { epoch, offset: u64::try_from(offset).map_or(0, |offset| offset + 1) }
}

/// Reads a message. What cannot be read of its surroundings is left out, and shows as a record that cannot be read.
pub fn record(message: &impl Message, epoch: u32) -> LogRecord {
    let millis = message.timestamp().to_millis().unwrap_or(0);
    let headers = message.headers().and_then(Known::of).unwrap_or_default();
    LogRecord {
        position: position(epoch, message.offset()),
        partition: u32::try_from(message.partition()).unwrap_or(0),
        store: message.key().and_then(text).and_then(|key| key.parse::<StoreNo>().ok()),
        kind: headers.kind.and_then(text).unwrap_or_default().to_owned(),
        version: headers.version.and_then(text).and_then(|text| text.parse().ok()).unwrap_or(0),
        accepted_at: Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH),
        flags: headers.flags.map_or(Ok(Vec::new()), flags),
        request_id: headers.request.and_then(text).map(ToOwned::to_owned),
        payload: message.payload().unwrap_or_default().to_vec(),
    }
}

/// The kind that a message calls itself.
pub fn kind(message: &impl Message) -> Option<&str> {
    message.headers().and_then(Known::of)?.kind.and_then(text)
}

/// The headers that mean something here, the first of each name.
#[derive(Default)]
struct Known<'h> {
    kind: Option<&'h [u8]>,
    version: Option<&'h [u8]>,
    flags: Option<&'h [u8]>,
    request: Option<&'h [u8]>,
}

impl<'h> Known<'h> {
    /// Reads them; nothing where the name of one cannot be read, since what hides behind it may be flags. Kafka allows any bytes in
    /// a name, and its client panics at what is not UTF-8: whoever wrote that must not stop the savers.
    fn of(headers: &'h impl Headers) -> Option<Self> {
        let read = || {
            let mut known = Self::default();
            for header in headers.iter() {
                let place = match header.key {
                    KIND => &mut known.kind,
                    VERSION => &mut known.version,
                    FLAGS => &mut known.flags,
                    REQUEST => &mut known.request,
                    _ => continue,
                };
                *place = place.or(header.value);
            }
            known
        };
        catch_unwind(AssertUnwindSafe(read)).ok()
    }
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rdkafka::message::OwnedMessage;
    use shared::finding::FindingKind;

    /// Headers of which the third has a name that Kafka's client cannot read.
    struct Foreign;

    impl Headers for Foreign {
        fn count(&self) -> usize {
            4
        }

        fn try_get(&self, place: usize) -> Option<Header<'_, &[u8]>> {
            let names: [&[u8]; 4] = [b"type", b"version", b"\xff", b"flags"];
            let key = std::str::from_utf8(names.get(place).copied()?).unwrap();
            Some(Header { key, value: Some(b"1") })
        }
    }

    fn flagged(flags: &[u8]) -> LogRecord {
        let headers = headers("receipt", Event::VERSION).insert(Header { key: FLAGS, value: Some(flags) });
        let time = rdkafka::Timestamp::CreateTime(0);
        let (payload, key) = (Some(b"{}".to_vec()), Some(b"1".to_vec()));
        record(&OwnedMessage::new(payload, key, "events".to_owned(), time, 0, 7, Some(headers)), 1)
    }

    #[test]
    fn where_a_name_cannot_be_read_none_is_and_nobody_is_stopped() {
        assert!(Known::of(&Foreign).is_none());
    }

    #[test]
    fn flags_are_read_and_those_of_a_later_version_are_never_taken_for_none() {
        assert_eq!(flagged(br#"["wrong_sum"]"#).flags, Ok(vec![FindingKind::WrongSum]));
        for later in [&br#"["wrong_sum","wrong_hat"]"#[..], br#"{"wrong_sum":1}"#, b"\xff", b""] {
            assert!(flagged(later).flags.is_err(), "{later:?}");
        }
    }

    #[test]
    fn a_record_without_flags_has_none() {
        let bare = OwnedMessage::new(None, None, String::new(), rdkafka::Timestamp::NotAvailable, 0, 0, None);
        assert_eq!(record(&bare, 1).flags, Ok(Vec::new()));
    }
}
