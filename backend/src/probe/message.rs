//! Records of the log as Kafka has them, from memory rather than from a broker.

use crate::log::NewRecord;
use crate::log::kafka::wire::{self, Outgoing};
use crate::saver::batch::Batch;
use rdkafka::Timestamp;
use rdkafka::message::{Header, Headers as _, OwnedHeaders, OwnedMessage};
use shared::event::Recorded;

/// A record, and what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogMessage {
    /// Which partition it is in; names its store.
    pub key: Vec<u8>,
    /// What is said about the payload: names without a NUL, and values.
    pub headers: Vec<(String, Vec<u8>)>,
    /// When it was accepted, in Unix milliseconds.
    pub millis: i64,
    /// The record.
    pub payload: Vec<u8>,
}

/// Reads a message as a saver does, at the beginning of a partition.
///
/// # Errors
///
/// Why it is put aside or waits, in words.
pub fn read_log_message(message: &LogMessage) -> Result<Recorded, String> {
    let header =
        |headers: OwnedHeaders, (key, value): &(String, Vec<u8>)| headers.insert(Header { key, value: Some(value) });
    let headers = message.headers.iter().fold(OwnedHeaders::new(), header);
    let (payload, key) = (message.payload.clone(), message.key.clone());
    let at = Timestamp::CreateTime(message.millis);
    let message = OwnedMessage::new(Some(payload), Some(key), String::new(), at, 0, 0, Some(headers));
    let (mut batch, later) = Batch::read([wire::record(&message, 1)]);
    let reason = || batch.letters.pop().map(|letter| letter.reason).or(later.map(|later| later.detail));
    batch.records.pop().ok_or_else(|| reason().unwrap_or_else(|| "it only names the log".to_owned()))
}

/// Writes a record as the web tier does.
///
/// # Errors
///
/// Why it cannot be written, in words.
pub fn write_log_message(Recorded { store, accepted_at, flags, event, .. }: &Recorded) -> Result<LogMessage, String> {
    let (store, event, accepted_at, flags) = (*store, event.clone(), *accepted_at, flags.clone());
    let record = NewRecord { store, event, accepted_at, flags, request_id: None };
    let Outgoing { key, headers, payload, accepted_at } = Outgoing::of(&record).map_err(|error| error.to_string())?;
    let header = |header: Header<'_, &[u8]>| (header.key.to_owned(), header.value.unwrap_or_default().to_vec());
    let headers = headers.as_borrowed().iter().map(header).collect();
    Ok(LogMessage { key: key.into_bytes(), headers, millis: accepted_at, payload })
}
