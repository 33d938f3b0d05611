//! The way of one partition's records to their reader: so many of them, and so many bytes, wait at most.

use crate::log::LogRecord;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

/// How many records wait for the reader: a batch, so that reading goes on while one is saved.
const RECORDS: usize = 1000;

/// How many bytes of them: a thousand receipts have less than one million; a single record more than this has the way to
/// itself.
const BYTES: usize = 8 << 20;

/// The end of whoever reads Kafka.
pub struct Sender {
    way: mpsc::Sender<LogRecord>,
    held: Arc<AtomicUsize>,
}

/// The end of whoever saves.
pub struct Receiver {
    way: mpsc::Receiver<LogRecord>,
    held: Arc<AtomicUsize>,
}

/// A way with nothing on it.
pub fn lane() -> (Sender, Receiver) {
    let ((sender, receiver), held) = (mpsc::channel(RECORDS), Arc::default());
    (Sender { way: sender, held: Arc::clone(&held) }, Receiver { way: receiver, held })
}

impl Sender {
    /// Passes a record on; gives it back where there is no room, or nobody who reads. One thread offers.
    pub fn offer(&self, record: LogRecord) -> Option<LogRecord> {
        let bytes = record.payload.len();
        let held = self.held.load(Ordering::Acquire);
        if held > 0 && held + bytes > BYTES {
            return Some(record);
        }
        // Counted first: whoever receives it counts it back.
        self.held.fetch_add(bytes, Ordering::AcqRel);
        match self.way.try_send(record) {
            Ok(()) => None,
            Err(TrySendError::Full(record) | TrySendError::Closed(record)) => {
                self.held.fetch_sub(bytes, Ordering::AcqRel);
                Some(record)
            }
        }
    }

    /// Whether nobody reads any more.
    pub fn is_closed(&self) -> bool {
        self.way.is_closed()
    }
}

impl Receiver {
    /// Waits for records and appends at most `max` of them; none where the other end has gone.
    pub async fn recv_many(&mut self, records: &mut Vec<LogRecord>, max: usize) -> usize {
        let known = records.len();
        let received = self.way.recv_many(records, max).await;
        let bytes = records[known..].iter().map(|record| record.payload.len()).sum();
        self.held.fetch_sub(bytes, Ordering::AcqRel);
        received
    }

    /// Whether no more can come.
    pub fn is_closed(&self) -> bool {
        self.way.is_closed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::StoreNo;
    use shared::position::Position;
    use shared::time::Timestamp;

    fn record(bytes: usize) -> LogRecord {
        LogRecord {
            position: Position { epoch: 1, offset: 1 },
            partition: 0,
            store: Some(StoreNo::FIRST),
            kind: "receipt".into(),
            version: 1,
            accepted_at: Timestamp::UNIX_EPOCH,
            flags: Ok(Vec::new()),
            request_id: None,
            payload: vec![0; bytes],
        }
    }

    #[tokio::test]
    async fn so_many_bytes_wait_and_no_more_until_they_are_taken() {
        let (sender, mut receiver) = lane();
        let mut waiting = 0;
        while sender.offer(record(BYTES / 4)).is_none() {
            waiting += 1;
        }
        assert_eq!(waiting, 4);
        let mut records = Vec::new();
        assert_eq!(receiver.recv_many(&mut records, 1).await, 1);
        assert!(sender.offer(record(BYTES / 4)).is_none());
        assert!(sender.offer(record(1)).is_some());
        assert_eq!(receiver.recv_many(&mut records, 10).await, 4);
    }

    #[tokio::test]
    async fn so_many_records_wait_and_a_huge_one_alone() {
        let (sender, mut receiver) = lane();
        assert!(sender.offer(record(2 * BYTES)).is_none());
        assert!(sender.offer(record(1)).is_some());
        receiver.recv_many(&mut Vec::new(), 1).await;
        let waiting = std::iter::from_fn(|| sender.offer(record(1)).is_none().then_some(())).count();
        assert_eq!(waiting, RECORDS);
        receiver.recv_many(&mut Vec::new(), RECORDS).await;
        assert!(sender.offer(record(2 * BYTES)).is_none(), "what found no room does not count");
    }
}
