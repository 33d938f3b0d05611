//! Reading a batch: what can be read, what cannot, and where a later version begins.

use super::{SaverError, named};
use crate::log::LogRecord;
use crate::store::dead_letters::{DeadLetter, LetterId};
use shared::event::{DecodeError, Event, Recorded};
use shared::finding::{Finding, FindingKind};
use shared::position::Position;

/// The records of a batch.
#[derive(Debug, Default)]
pub struct Batch {
    /// What can be read, in the log's order.
    pub records: Vec<Recorded>,
    /// What cannot.
    pub letters: Vec<DeadLetter>,
    /// One finding for each dead letter.
    pub findings: Vec<Finding>,
}

impl Batch {
    /// Reads records up to the first of a later version: nothing behind that may be taken, since only the later version
    /// knows what it means.
    pub fn read(records: Vec<LogRecord>) -> (Self, Option<SaverError>) {
        let mut batch = Self::default();
        for record in records {
            let (position, store) = (record.position, record.store);
            match Event::decode(&record.kind, record.version, &record.payload) {
                Ok(event) => batch.records.push(recorded(&record, event)),
                Err(DecodeError::FutureVersion(version)) => {
                    let cause = DecodeError::FutureVersion(version).to_string();
                    return (batch, Some(SaverError::FutureVersion { position, store, cause }));
                }
                Err(error) => batch.bury(record, &error),
            }
        }
        (batch, None)
    }

    /// The last position that was read.
    pub fn end(&self) -> Option<Position> {
        let records = self.records.last().map(|record| record.position);
        records.max(self.letters.last().map(|letter| letter.id.position))
    }

    fn bury(&mut self, record: LogRecord, error: &DecodeError) {
        tracing::error!(record = named(&record), %error, "put aside as a dead letter");
        self.findings.push(Finding {
            store: record.store,
            position: record.position,
            kind: FindingKind::DeadLetter,
            event: None,
            detail: error.to_string(),
            at: record.accepted_at,
        });
        self.letters.push(DeadLetter {
            id: LetterId { position: record.position, partition: record.partition },
            store: Some(record.store),
            kind: record.kind,
            version: record.version,
            accepted_at: record.accepted_at,
            payload: record.payload,
            reason: error.to_string(),
            mended_at: None,
        });
    }
}

fn recorded(record: &LogRecord, event: Event) -> Recorded {
    Recorded {
        position: record.position,
        store: record.store,
        accepted_at: record.accepted_at,
        flags: record.flags.clone(),
        event,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::StoreNo;
    use shared::time::Timestamp;

    fn record(offset: u64, version: u16, payload: &str) -> LogRecord {
        LogRecord {
            position: Position { epoch: 1, offset },
            partition: 0,
            store: StoreNo::FIRST,
            kind: "settings".into(),
            version,
            accepted_at: Timestamp::UNIX_EPOCH,
            flags: Vec::new(),
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
    fn nothing_behind_a_later_version_is_taken() {
        let (batch, future) = Batch::read(vec![record(1, 1, GOOD), record(2, 9, GOOD), record(3, 1, GOOD)]);
        assert_eq!(batch.end().unwrap().offset, 1);
        assert!(future.unwrap().to_string().contains("upgrade"));
    }
}
