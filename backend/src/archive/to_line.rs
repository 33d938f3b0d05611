//! From what is carried to the line that tells of it.

use super::ArchiveError;
use super::entry::Entry;
use super::line::{DocumentLine, EventLine, LetterLine, Line, ProjectionLine, RecordLine};
use crate::log::{FlagsError, LogRecord};
use crate::store::archive::KindDocument;
use crate::store::dead_letters::DeadLetter;
use crate::store::projections::Projected;
use data_encoding::BASE64;
use serde_json::value::RawValue;
use shared::event::{Event, Recorded};

impl Entry {
    /// The line that tells of it.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Untold`] where its content is not the JSON that everything here is.
    pub fn line(&self) -> Result<Line, ArchiveError> {
        Ok(match self {
            Self::Projection(projected) => Line::Projection(projection(projected)?),
            Self::Record(record) => match &record.event {
                Event::Receipt(receipt) => Line::Receipt(self::record(record, !receipt.is_intact())?),
                _ => Line::Movement(self::record(record, false)?),
            },
            Self::Letter(letter) => Line::DeadLetter(self::letter(letter)),
            Self::Document(document) => Line::Document(self::document(document)?),
            Self::Event(record) => Line::Event(event(record)?),
        })
    }
}

fn projection(projected: &Projected) -> Result<ProjectionLine, ArchiveError> {
    let Projected { store, kind, id, position, body } = projected;
    let name = || format!("{} {id} of store {store}", kind.as_str());
    Ok(ProjectionLine { store: *store, kind: *kind, id: id.clone(), position: *position, body: json(body, name)? })
}

fn record(record: &Recorded, altered: bool) -> Result<RecordLine, ArchiveError> {
    let name = || format!("record {} of store {}", record.event.id(), record.store);
    let encoded = record.event.encode().map_err(|error| ArchiveError::Untold(name(), error.to_string()))?;
    Ok(RecordLine {
        store: record.store,
        position: record.position,
        accepted_at: record.accepted_at,
        kind: record.event.kind().as_str().to_owned(),
        altered,
        body: json(&encoded, name)?,
    })
}

fn letter(letter: &DeadLetter) -> LetterLine {
    LetterLine {
        position: letter.id.position,
        partition: letter.id.partition,
        store: letter.store,
        kind: letter.kind.clone(),
        version: letter.version,
        accepted_at: letter.accepted_at,
        payload: BASE64.encode(&letter.payload),
        reason: letter.reason.clone(),
        mended_at: letter.mended_at,
    }
}

fn document(KindDocument { kind, document }: &KindDocument) -> Result<DocumentLine, ArchiveError> {
    let body = document.body.as_ref().map(|body| json(body, || format!("{kind} {}", document.id)));
    let (id, revision) = (document.id.clone(), document.revision.0);
    Ok(DocumentLine { kind: kind.clone(), id, revision, body: body.transpose()? })
}

fn event(record: &LogRecord) -> Result<EventLine, ArchiveError> {
    let untold = |error: FlagsError| ArchiveError::Untold(format!("event {}", record.position), error.to_string());
    Ok(EventLine {
        position: record.position,
        partition: record.partition,
        store: record.store,
        kind: record.kind.clone(),
        version: record.version,
        accepted_at: record.accepted_at,
        flags: record.flags.clone().map_err(untold)?,
        request_id: record.request_id.clone(),
        payload: BASE64.encode(&record.payload),
    })
}

/// JSON as the text that it is, so that it comes back to the last byte; it has to fit on a line.
fn json(bytes: &[u8], name: impl Fn() -> String) -> Result<Box<RawValue>, ArchiveError> {
    let untold = |cause: String| ArchiveError::Untold(name(), cause);
    if bytes.contains(&b'\n') {
        return Err(untold("it is JSON of several lines".into()));
    }
    serde_json::from_slice(bytes).map_err(|error| untold(error.to_string()))
}
