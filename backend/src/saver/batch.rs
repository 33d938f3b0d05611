//! Reading a batch: what can be read, what cannot, and where a later version begins.

use crate::log::{FlagsError, LogRecord};
use crate::store::dead_letters::{DeadLetter, LetterId};
use shared::event::{DecodeError, Event, Recorded};
use shared::finding::{Finding, FindingKind};
use shared::ids::StoreNo;
use shared::position::Position;

/// The most bytes of a record: what a request may bring. More is nobody's receipt, and might not fit into the store.
const LARGEST: usize = 4 << 20;

/// The records of a batch.
#[derive(Debug, Default)]
pub struct Batch {
    /// What can be read, in the log's order.
    pub records: Vec<Recorded>,
    /// What cannot.
    pub letters: Vec<DeadLetter>,
    /// One finding for each dead letter.
    pub findings: Vec<Finding>,
    /// The last place at which nothing is to be saved.
    passed: Option<Position>,
}

impl Batch {
    /// Reads records up to the first of a later version: nothing behind that may be taken, since only the later version
    /// knows what it means.
    pub fn read(records: impl IntoIterator<Item = LogRecord>) -> (Self, Option<Finding>) {
        let mut batch = Self::default();
        for record in records {
            if record.is_marker() {
                batch.passed = Some(record.position);
                continue;
            }
            match read(&record) {
                Ok(recorded) => batch.records.push(recorded),
                Err(Unreadable::Later(finding)) => return (batch, Some(finding)),
                Err(Unreadable::Letter(reason)) => batch.bury(record, reason),
            }
        }
        (batch, None)
    }

    /// The last position that was read.
    pub fn end(&self) -> Option<Position> {
        let records = self.records.last().map(|record| record.position);
        records.max(self.letters.last().map(|letter| letter.id.position)).max(self.passed)
    }

    /// Whether there is nothing to save.
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty() && self.letters.is_empty()
    }

    fn bury(&mut self, record: LogRecord, reason: String) {
        tracing::error!(record = named(&record), reason, "put aside as a dead letter");
        let found = |store| finding(&record, store, FindingKind::DeadLetter, reason.clone());
        self.findings.extend(record.store.map(found));
        self.letters.push(DeadLetter {
            id: LetterId { position: record.position, partition: record.partition },
            store: record.store,
            kind: record.kind,
            version: record.version,
            accepted_at: record.accepted_at,
            payload: record.payload,
            reason,
            mended_at: None,
        });
    }
}

/// Why a record is not taken.
enum Unreadable {
    /// A later version has written it.
    Later(Finding),
    /// It is put aside, for this reason.
    Letter(String),
}

fn read(record: &LogRecord) -> Result<Recorded, Unreadable> {
    let bytes = record.payload.len();
    let Some(store) = record.store else {
        return Err(Unreadable::Letter("its key names no store".into()));
    };
    if bytes > LARGEST {
        return Err(Unreadable::Letter(format!("{bytes} bytes are more than the {LARGEST} that a record may have")));
    }
    let later = |error: &dyn std::error::Error| {
        Unreadable::Later(finding(record, store, FindingKind::LaterVersion, error.to_string()))
    };
    let event = Event::decode(&record.kind, record.version, &record.payload).map_err(|error| match error {
        DecodeError::FutureVersion(_) => later(&error),
        _ => Unreadable::Letter(error.to_string()),
    })?;
    let flags = record.flags.clone().map_err(|error| match error {
        FlagsError::Later(_) => later(&error),
        FlagsError::Unreadable => Unreadable::Letter(error.to_string()),
    })?;
    Ok(Recorded { position: record.position, store, accepted_at: record.accepted_at, flags, event })
}

fn finding(record: &LogRecord, store: StoreNo, kind: FindingKind, detail: String) -> Finding {
    Finding { store, position: record.position, kind, event: None, journal: false, detail, at: record.accepted_at }
}

/// A record that the log gave, for telling which one is meant.
fn named(record: &LogRecord) -> String {
    let request = record.request_id.as_deref().unwrap_or("none");
    let store = record.store.map_or_else(|| "unknown".to_owned(), |store| store.to_string());
    format!("{} {} of store {store}, request {request}", record.kind, record.position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::Timestamp;

    fn record(offset: u64, version: u16, payload: &str) -> LogRecord {
        LogRecord {
            position: Position { epoch: 1, offset },
            partition: 0,
            store: Some(StoreNo::FIRST),
            kind: "settings".into(),
            version,
            accepted_at: Timestamp::UNIX_EPOCH,
            flags: Ok(Vec::new()),
            request_id: None,
            payload: payload.into(),
        }
    }

    const GOOD: &str = r#"{"id":"00000000-0000-7000-8000-000000000000"}"#;

    #[test]
    fn rubbish_is_put_aside_and_the_rest_goes_on() {
        let (batch, future) = Batch::read(vec![record(1, 1, GOOD), record(2, 1, "rubbish"), record(3, 1, GOOD)]);
        assert!(future.is_none());
        assert_eq!((batch.records.len(), batch.letters.len(), batch.findings.len()), (2, 1, 1));
        assert_eq!(batch.letters[0].payload, b"rubbish");
    }

    #[test]
    fn what_names_no_store_or_is_too_large_is_put_aside() {
        let nowhere = LogRecord { store: None, ..record(1, 1, GOOD) };
        let huge = record(2, 1, &format!("{GOOD}{}", " ".repeat(LARGEST)));
        let (batch, _) = Batch::read([nowhere, huge, LogRecord { kind: "hat".into(), ..record(3, 1, GOOD) }]);
        let reasons: Vec<_> = batch.letters.iter().map(|letter| letter.reason.as_str()).collect();
        assert!(reasons[0].contains("no store") && reasons[1].contains("bytes") && reasons[2].contains("hat"));
        assert_eq!(batch.findings.len(), 2, "what belongs to a store is told to its managers");
        assert_eq!(batch.end().unwrap().offset, 3);
    }

    #[test]
    fn what_only_names_the_log_is_passed() {
        let marker = |offset| LogRecord { kind: crate::log::MARKER.into(), store: None, ..record(offset, 1, "a name") };
        let (batch, _) = Batch::read([record(1, 1, GOOD), marker(2)]);
        assert_eq!((batch.records.len(), batch.letters.len(), batch.end().unwrap().offset), (1, 0, 2));
        let (batch, _) = Batch::read([marker(3)]);
        assert!(batch.is_empty() && batch.end().is_some_and(|end| end.offset == 3));
        let (batch, _) = Batch::read([marker(4), record(5, 1, GOOD)]);
        assert!(!batch.is_empty() && batch.end().is_some_and(|end| end.offset == 5));
    }

    /// Saved without its flags, what a later version has found wrong would pass for right.
    #[test]
    fn flags_of_a_later_version_stop_the_partition_too() {
        let flagged = LogRecord { flags: crate::log::flags(br#"["wrong_hat"]"#), ..record(2, 1, GOOD) };
        let (batch, future) = Batch::read(vec![record(1, 1, GOOD), flagged, record(3, 1, GOOD)]);
        assert_eq!((batch.end().unwrap().offset, batch.letters.len()), (1, 0));
        let later = future.unwrap();
        assert_eq!((later.position.offset, later.kind), (2, FindingKind::LaterVersion));
        assert!(later.detail.contains("upgrade") && later.detail.contains("wrong_hat"), "{}", later.detail);
    }

    #[test]
    fn flags_that_nobody_wrote_and_rubbish_with_unknown_flags_stop_nobody() {
        let odd = LogRecord { flags: crate::log::flags(b"{}"), ..record(1, 1, GOOD) };
        let rubbish = LogRecord { flags: crate::log::flags(br#"["wrong_hat"]"#), ..record(2, 1, "rubbish") };
        let (batch, future) = Batch::read([odd, rubbish, record(3, 1, GOOD)]);
        assert!(future.is_none());
        assert_eq!((batch.letters.len(), batch.records.len(), batch.end().unwrap().offset), (2, 1, 3));
    }

    #[test]
    fn nothing_behind_a_later_version_is_taken() {
        let (batch, future) = Batch::read(vec![record(1, 1, GOOD), record(2, 9, GOOD), record(3, 1, GOOD)]);
        assert_eq!(batch.end().unwrap().offset, 1);
        let later = future.unwrap();
        assert_eq!((later.position.offset, later.kind), (2, FindingKind::LaterVersion));
        assert!(later.detail.contains("upgrade"));
    }
}
