//! A saver's part in the group: one thread that reads for all its partitions.
//!
//! The thread never waits for a reader: what finds a partition's way full is parked, and the partition paused until
//! there is room again. So one slow partition holds up no other, and memory stays bounded.

use super::partition::KafkaPartition;
use super::rebalance::{Assigned, GroupContext};
use super::settings::KafkaSettings;
use super::wire;
use super::{ASK, LogError, refused};
use crate::log::{Consumer, Partitions};
use async_trait::async_trait;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::BorrowedMessage;
use rdkafka::{Message, TopicPartitionList};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

/// How long to wait for a message before looking at the other duties.
const WAIT: Duration = Duration::from_millis(100);

/// The same while a partition is paused.
const SHORT_WAIT: Duration = Duration::from_millis(5);

/// How long to wait for the partitions to be given back when the saver leaves.
const LEAVE: Duration = Duration::from_secs(15);

/// A saver's part in the group. Dropping it leaves the group.
pub struct Group {
    consumer: Arc<BaseConsumer<GroupContext>>,
    assigned: mpsc::UnboundedReceiver<Result<Assigned, LogError>>,
    topic: Arc<str>,
    _leave: DropGuard,
}

impl Group {
    /// Joins the savers of an epoch, until `stop`.
    ///
    /// # Errors
    ///
    /// [`LogError::Refused`] where librdkafka does not understand a setting, [`LogError::Unavailable`] where no thread
    /// can be started.
    pub fn join(settings: &KafkaSettings, epoch: u32, stop: &CancellationToken) -> Result<Self, LogError> {
        let (assigning, assigned) = mpsc::unbounded_channel();
        let context = GroupContext::new(epoch, stop, assigning);
        let consumer = settings.saver(epoch).create_with_context(context).map_err(|error| refused(&error))?;
        let consumer: Arc<BaseConsumer<GroupContext>> = Arc::new(consumer);
        let (topic, leave) = (settings.events(), CancellationToken::new());
        consumer.subscribe(&[&topic]).map_err(|error| refused(&error))?;
        let reader = Reader { consumer: Arc::clone(&consumer), topic: topic.as_str().into(), leave: leave.clone() };
        let thread = std::thread::Builder::new().name("kafka-group".into()).spawn(move || reader.run());
        thread.map_err(|error| LogError::Unavailable(error.to_string()))?;
        Ok(Self { consumer, assigned, topic: topic.as_str().into(), _leave: leave.drop_guard() })
    }
}

#[async_trait]
impl Partitions for Group {
    async fn next(&mut self) -> Result<Box<dyn Consumer>, LogError> {
        match self.assigned.recv().await {
            Some(Ok(assigned)) => {
                let (consumer, topic) = (Arc::clone(&self.consumer), Arc::clone(&self.topic));
                Ok(Box::new(KafkaPartition::new(consumer, topic, assigned)))
            }
            Some(Err(error)) => Err(error),
            None => std::future::pending().await,
        }
    }
}

/// The thread.
struct Reader {
    consumer: Arc<BaseConsumer<GroupContext>>,
    topic: Arc<str>,
    leave: CancellationToken,
}

impl Reader {
    fn run(self) {
        while !self.leave.is_cancelled() {
            let wait = if self.unpark() { WAIT } else { SHORT_WAIT };
            self.turn(wait);
        }
        self.consumer.unsubscribe();
        let began = Instant::now();
        // Partitions are given back by a callback within a poll.
        while !self.context().lanes().is_empty() && began.elapsed() < LEAVE {
            self.turn(WAIT);
        }
    }

    fn turn(&self, wait: Duration) {
        match self.consumer.poll(wait) {
            Some(Ok(message)) => self.deliver(&message),
            Some(Err(error)) => self.report(&error),
            None => {}
        }
    }

    fn deliver(&self, message: &BorrowedMessage<'_>) {
        let mut lanes = self.context().lanes();
        let Some(lane) = lanes.get_mut(&message.partition()) else { return };
        lane.next = message.offset() + 1;
        let record = wire::record(message, self.context().epoch());
        let Some(records) = &lane.records else { return };
        let is_next = lane.parked.is_empty();
        if let Some(record) = if is_next { records.offer(record) } else { Some(record) } {
            lane.parked.push_back(record);
        }
        if !lane.parked.is_empty() && !lane.is_paused {
            lane.is_paused = self.consumer.pause(&self.only(message.partition())).is_ok();
        }
    }

    /// Passes on what was parked where there is room again; whether nothing is parked any more.
    fn unpark(&self) -> bool {
        let mut is_all = true;
        for (partition, lane) in self.context().lanes().iter_mut() {
            let Some(records) = &lane.records else { continue };
            while let Some(record) = lane.parked.pop_front() {
                if let Some(record) = records.offer(record) {
                    lane.parked.push_front(record);
                    break;
                }
            }
            is_all &= lane.parked.is_empty() || records.is_closed();
            if lane.is_paused && lane.parked.is_empty() {
                lane.is_paused = self.consumer.resume(&self.only(*partition)).is_err();
            }
        }
        is_all
    }

    fn report(&self, error: &KafkaError) {
        let code = error.rdkafka_error_code();
        if matches!(code, Some(RDKafkaErrorCode::AutoOffsetReset | RDKafkaErrorCode::OffsetOutOfRange)) {
            self.look_for_gaps(error);
        } else {
            // librdkafka says so for the record, and mends it by itself.
            tracing::warn!(%error, "reading from Kafka");
        }
    }

    /// Ends the ways of the partitions whose oldest record is younger than what was read last: librdkafka does not say
    /// which one it means. The others go on.
    fn look_for_gaps(&self, error: &KafkaError) {
        let partitions: Vec<_> = self.context().lanes().keys().copied().collect();
        for partition in partitions {
            // Asked without the lock: readers and the group's callbacks need it.
            let Ok((low, _)) = self.consumer.fetch_watermarks(&self.topic, partition, ASK) else { continue };
            if let Some(lane) = self.context().lanes().get_mut(&partition).filter(|lane| lane.next < low) {
                let said = format!(
                    "{error}: partition {partition} was read up to {}, and the oldest record that the log still holds is {low}",
                    lane.next
                );
                tracing::error!(partition, error = said, "records were deleted before they were saved");
                lane.fail(LogError::Corrupt(said));
            }
        }
    }

    fn only(&self, partition: i32) -> TopicPartitionList {
        let mut only = TopicPartitionList::new();
        only.add_partition(&self.topic, partition);
        only
    }

    fn context(&self) -> &GroupContext {
        self.consumer.context()
    }
}
