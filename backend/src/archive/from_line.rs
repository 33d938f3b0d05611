//! From a line to what it tells of.

use super::ArchiveError;
use super::entry::Entry;
use super::line::{DocumentLine, EventLine, LetterLine, Line, ProjectionLine, RecordLine};
use crate::log::LogRecord;
use crate::store::archive::KindDocument;
use crate::store::dead_letters::{DeadLetter, LetterId};
use crate::store::documents::{RawDocument, Revision};
use crate::store::projections::Projected;
use data_encoding::BASE64;
use serde_json::value::RawValue;
use shared::event::{Event, Recorded};

impl Line {
    /// What it tells of.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Altered`], where a receipt is not what its hash says above all.
    pub fn entry(self) -> Result<Entry, ArchiveError> {
        Ok(match self {
            Self::Projection(line) => Entry::Projection(projection(line)),
            Self::Receipt(line) | Self::Movement(line) => Entry::Record(record(&line)?),
            Self::DeadLetter(line) => Entry::Letter(letter(line)?),
            Self::Document(line) => Entry::Document(document(line)),
            Self::Event(line) => Entry::Event(event(line)?),
            Self::Comptoir(_) | Self::End(_) => {
                return Err(ArchiveError::Altered("its first or last line stands in the middle".into()));
            }
        })
    }
}

fn projection(line: ProjectionLine) -> Projected {
    let ProjectionLine { store, kind, id, position, body } = line;
    Projected { store, kind, id, position, body: bytes(body) }
}

fn record(line: &RecordLine) -> Result<Recorded, ArchiveError> {
    let altered = |cause: String| ArchiveError::Altered(format!("{} {}: {cause}", line.kind, line.position));
    let event = Event::decode(&line.kind, Event::VERSION, line.body.get().as_bytes());
    let event = event.map_err(|error| altered(error.to_string()))?;
    if let Event::Receipt(receipt) = &event
        && receipt.is_intact() == line.altered
    {
        return Err(altered(format!("receipt {} does not have the hash that it should", receipt.body.id)));
    }
    let RecordLine { store, position, accepted_at, .. } = *line;
    Ok(Recorded { position, store, accepted_at, flags: Vec::new(), event })
}

fn letter(line: LetterLine) -> Result<DeadLetter, ArchiveError> {
    Ok(DeadLetter {
        id: LetterId { position: line.position, partition: line.partition },
        store: line.store,
        kind: line.kind,
        version: line.version,
        accepted_at: line.accepted_at,
        payload: payload(&line.payload)?,
        reason: line.reason,
        mended_at: line.mended_at,
    })
}

fn document(line: DocumentLine) -> KindDocument {
    let document = RawDocument { id: line.id, revision: Revision(line.revision), body: line.body.map(bytes) };
    KindDocument { kind: line.kind, document }
}

fn event(line: EventLine) -> Result<LogRecord, ArchiveError> {
    Ok(LogRecord {
        position: line.position,
        partition: line.partition,
        store: line.store,
        kind: line.kind,
        version: line.version,
        accepted_at: line.accepted_at,
        flags: Ok(line.flags),
        request_id: line.request_id,
        payload: payload(&line.payload)?,
    })
}

fn bytes(json: Box<RawValue>) -> Vec<u8> {
    Box::<str>::from(json).into_string().into_bytes()
}

fn payload(text: &str) -> Result<Vec<u8>, ArchiveError> {
    BASE64.decode(text.as_bytes()).map_err(|error| ArchiveError::Altered(format!("a record's bytes: {error}")))
}
