//! The event log in Apache Kafka: one topic of events, keyed by store, and one of notices.

mod group;
pub mod identity;
mod lane;
mod notices;
mod partition;
pub mod passed;
mod producer;
mod rebalance;
mod refusal;
mod settings;
#[cfg(test)]
mod tests;
mod topics;
pub mod wire;

pub use settings::KafkaSettings;

use super::{EventLog, LogError, NewRecord, Partitions};
use crate::model::AnyStore;
use async_trait::async_trait;
use group::Group;
use notices::NoticeReader;
use producer::Producer;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::KafkaError;
use rdkafka::{Offset, TopicPartitionList};
use shared::notice::Notice;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How long a question to the cluster may take.
const ASK: Duration = Duration::from_secs(5);

/// How many notices a slow reader may fall behind before it is told that it missed some.
const NOTICES: usize = 4096;

/// The log in a Kafka cluster.
pub struct KafkaLog {
    settings: KafkaSettings,
    /// Names the log, should nobody have named it yet.
    fresh: Uuid,
    producer: Producer,
    notices: broadcast::Sender<Arc<Notice>>,
    joined: OnceLock<Joined>,
}

/// What is known once the cluster has answered.
struct Joined {
    /// The epoch that the store counts this log as.
    epoch: u32,
    /// How many partitions the events have.
    partitions: i32,
    /// Asks for offsets; takes part in nothing.
    probe: Arc<BaseConsumer>,
    /// Ends with this.
    _notices: NoticeReader,
}

impl KafkaLog {
    /// The log of a cluster that need not answer yet. `fresh` is a random name for it, should it have none.
    ///
    /// # Errors
    ///
    /// [`LogError::Refused`] where librdkafka does not understand a setting.
    pub fn new(settings: KafkaSettings, fresh: Uuid) -> Result<Self, LogError> {
        let producer = Producer::new(&settings)?;
        Ok(Self { settings, fresh, producer, notices: broadcast::Sender::new(NOTICES), joined: OnceLock::new() })
    }

    /// Makes the topics where they are missing, sees that they are those that the store was fed from, and starts to read
    /// notices. Says what falls short of production's demands. A second time it asks again and changes nothing.
    ///
    /// # Errors
    ///
    /// [`LogError::Unavailable`] while the cluster does not answer; [`LogError::Refused`] where it is another one.
    pub async fn prepare(&self, store: &AnyStore) -> Result<Vec<String>, LogError> {
        let found = topics::prepare(&self.settings, self.fresh).await?;
        let epoch = identity::settle(store, &found).await?;
        if self.joined.get().is_none() {
            let joined = Joined {
                epoch,
                partitions: found.partitions,
                probe: Arc::new(self.settings.probe(epoch)?),
                _notices: NoticeReader::start(&self.settings, self.notices.clone())?,
            };
            // Whoever else was quicker has found the same.
            let _ = self.joined.set(joined);
        }
        Ok(found.shortcomings)
    }

    fn joined(&self) -> Result<&Joined, LogError> {
        self.joined.get().ok_or_else(|| LogError::Unavailable("the cluster has not answered yet".into()))
    }
}

#[async_trait]
impl EventLog for KafkaLog {
    async fn append(&self, records: Vec<NewRecord>) -> Result<(), LogError> {
        self.joined()?;
        self.producer.append(&self.settings.events(), &records).await
    }

    async fn consume(&self, stop: &CancellationToken) -> Result<Box<dyn Partitions>, LogError> {
        let epoch = self.joined()?.epoch;
        Ok(Box::new(Group::join(&self.settings, epoch, stop)?))
    }

    async fn publish(&self, notice: Arc<Notice>) -> Result<(), LogError> {
        self.producer.publish(&self.settings.notices(), &notice).await
    }

    fn notices(&self) -> broadcast::Receiver<Arc<Notice>> {
        self.notices.subscribe()
    }

    async fn backlog(&self) -> Result<u64, LogError> {
        let joined = self.joined()?;
        let (probe, topic, partitions) = (Arc::clone(&joined.probe), self.settings.events(), joined.partitions);
        blocking(move || backlog(&probe, &topic, partitions)).await
    }
}

fn backlog(probe: &BaseConsumer, topic: &str, partitions: i32) -> Result<u64, KafkaError> {
    let mut asked = TopicPartitionList::new();
    asked.add_partition_range(topic, 0, partitions - 1);
    let committed = probe.committed_offsets(asked, ASK)?;
    let mut behind = 0;
    for element in committed.elements() {
        let (low, high) = probe.fetch_watermarks(topic, element.partition(), ASK)?;
        let reached = match element.offset() {
            Offset::Offset(next) => next,
            _ => low.max(topics::first_offset(element.partition())),
        };
        behind += u64::try_from(high - reached).unwrap_or(0);
    }
    Ok(behind)
}

/// Asks librdkafka something that makes the thread wait.
async fn blocking<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, KafkaError> + Send + 'static,
) -> Result<T, LogError> {
    let answer = tokio::task::spawn_blocking(ask).await;
    answer.map_err(|error| LogError::Unavailable(error.to_string()))?.map_err(|error| unavailable(&error))
}

fn unavailable(error: &KafkaError) -> LogError {
    LogError::Unavailable(error.to_string())
}

fn refused(error: &KafkaError) -> LogError {
    LogError::Refused(format!("librdkafka refuses the settings: {error}"))
}
