//! The reader of one partition.

use super::lane;
use super::rebalance::{Assigned, GroupContext};
use super::{ASK, blocking, unavailable};
use crate::log::{Consumer, LogError, LogRecord};
use async_trait::async_trait;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer as _};
use rdkafka::error::KafkaError;
use rdkafka::{Offset, TopicPartitionList};
use shared::position::Position;
use std::sync::mpsc::Sender as Working;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How long the end of the partition is not asked for again: it tells how far behind a saver is, which people read.
const END_LIFETIME: Duration = Duration::from_millis(500);

/// A partition that fell to this saver.
pub struct KafkaPartition {
    consumer: Arc<BaseConsumer<GroupContext>>,
    topic: Arc<str>,
    partition: i32,
    committed: Position,
    records: lane::Receiver,
    failure: Arc<OnceLock<LogError>>,
    end: Option<(Instant, u64)>,
    stop: CancellationToken,
    /// Tells whoever waits for the partition, by being dropped, that this reader has ended.
    _working: Working<()>,
}

impl KafkaPartition {
    /// The reader of a partition that came.
    pub fn new(consumer: Arc<BaseConsumer<GroupContext>>, topic: Arc<str>, assigned: Assigned) -> Self {
        let Assigned { partition, committed, records, failure, stop, working } = assigned;
        Self { consumer, topic, partition, committed, records, failure, end: None, stop, _working: working }
    }

    /// While the group shares its partitions out anew, it refuses commits of those that stay where they are, too: only the
    /// end of the way says that a partition has gone.
    fn failure(&self, error: &KafkaError) -> LogError {
        let is_gone = self.records.is_closed() && self.failure.get().is_none();
        if is_gone { LogError::Lost } else { unavailable(error) }
    }
}

#[async_trait]
impl Consumer for KafkaPartition {
    fn partition(&self) -> u32 {
        u32::try_from(self.partition).unwrap_or(0)
    }

    fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }

    fn committed(&self) -> Position {
        self.committed
    }

    async fn poll(&mut self, max: usize, wait: Duration) -> Result<Vec<LogRecord>, LogError> {
        let mut records = Vec::new();
        let polled = tokio::time::timeout(wait, self.records.recv_many(&mut records, max)).await;
        // The other end goes when the partition does, or when it can give no more.
        if polled == Ok(0) && max > 0 {
            return Err(self.failure.get().cloned().unwrap_or(LogError::Lost));
        }
        Ok(records)
    }

    async fn end(&mut self) -> Result<u64, LogError> {
        if let Some((_, end)) = self.end.filter(|(asked_at, _)| asked_at.elapsed() < END_LIFETIME) {
            return Ok(end);
        }
        let (consumer, topic, partition) = (Arc::clone(&self.consumer), Arc::clone(&self.topic), self.partition);
        let (_, high) = blocking(move || consumer.fetch_watermarks(&topic, partition, ASK)).await?;
        let end = u64::try_from(high).unwrap_or(0);
        self.end = Some((Instant::now(), end));
        Ok(end)
    }

    async fn commit(&mut self, position: Position) -> Result<(), LogError> {
        if position <= self.committed {
            return Ok(());
        }
        let (consumer, topic, partition) = (Arc::clone(&self.consumer), Arc::clone(&self.topic), self.partition);
        let committing = tokio::task::spawn_blocking(move || commit(&consumer, &topic, partition, position));
        let committed = committing.await.map_err(|error| LogError::Unavailable(error.to_string()))?;
        committed.map_err(|error| self.failure(&error))?;
        self.committed = position;
        Ok(())
    }
}

/// A position counts what is done, and so is the offset of what comes next.
fn commit(
    consumer: &BaseConsumer<GroupContext>,
    topic: &str,
    partition: i32,
    position: Position,
) -> Result<(), KafkaError> {
    let next = i64::try_from(position.offset).unwrap_or(i64::MAX);
    let mut offsets = TopicPartitionList::new();
    offsets.add_partition_offset(topic, partition, Offset::Offset(next))?;
    consumer.commit(&offsets, CommitMode::Sync)
}
