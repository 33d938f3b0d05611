//! Reading what the savers tell, on every web instance.

use super::settings::KafkaSettings;
use super::{ASK, LogError, refused};
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::KafkaError;
use rdkafka::{Message, Offset, TopicPartitionList};
use shared::notice::Notice;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_util::sync::{CancellationToken, DropGuard};

/// How many notices of a partition are read again at the start: what the store may be behind by, should a saver have just
/// died. A saver tells a few a second, and some too many do no harm, not being ahead of what is shown.
const BACK: i64 = 300;

/// How long to wait for a message before looking whether to end.
const WAIT: Duration = Duration::from_millis(100);

/// A thread that reads notices for as long as this lives.
pub struct NoticeReader {
    _end: DropGuard,
}

impl NoticeReader {
    /// Starts to read and passes every notice on.
    ///
    /// # Errors
    ///
    /// [`LogError::Refused`] where librdkafka does not understand a setting, [`LogError::Unavailable`] where no thread
    /// can be started.
    pub fn start(settings: &KafkaSettings, to: broadcast::Sender<Arc<Notice>>) -> Result<Self, LogError> {
        let consumer: BaseConsumer = settings.reader().create().map_err(|error| refused(&error))?;
        let (topic, end) = (settings.notices(), CancellationToken::new());
        let ended = end.clone();
        let thread = std::thread::Builder::new().name("kafka-notices".into());
        let started = thread.spawn(move || {
            start_back(&consumer, &topic, &ended);
            while !ended.is_cancelled() {
                pass_on(&consumer, &to);
            }
        });
        started.map_err(|error| LogError::Unavailable(error.to_string()))?;
        Ok(Self { _end: end.drop_guard() })
    }
}

/// Assigns all partitions as of a while ago, trying until the cluster answers.
fn start_back(consumer: &BaseConsumer, topic: &str, ended: &CancellationToken) {
    while !ended.is_cancelled() {
        match assignment(consumer, topic).and_then(|assignment| consumer.assign(&assignment)) {
            Ok(()) => return,
            Err(error) => {
                tracing::warn!(%error, "notices cannot be read yet");
                std::thread::sleep(WAIT * 5);
            }
        }
    }
}

/// From the end, less a few.
fn assignment(consumer: &BaseConsumer, topic: &str) -> Result<TopicPartitionList, KafkaError> {
    let metadata = consumer.fetch_metadata(Some(topic), ASK)?;
    let partitions = metadata.topics().first().map_or(0, |topic| topic.partitions().len());
    let mut assignment = TopicPartitionList::new();
    for partition in (0..).take(partitions) {
        let (low, high) = consumer.fetch_watermarks(topic, partition, ASK)?;
        let start = high.saturating_sub(BACK).max(low);
        assignment.add_partition_offset(topic, partition, Offset::Offset(start))?;
    }
    Ok(assignment)
}

fn pass_on(consumer: &BaseConsumer, to: &broadcast::Sender<Arc<Notice>>) {
    match consumer.poll(WAIT) {
        None => {}
        Some(Err(error)) => tracing::warn!(%error, "reading notices"),
        Some(Ok(message)) => match serde_json::from_slice::<Notice>(message.payload().unwrap_or_default()) {
            // Where nobody watches there is nobody to tell.
            Ok(notice) => drop(to.send(Arc::new(notice))),
            // A later version says more than this one understands; pages heal by their snapshots.
            Err(error) => tracing::warn!(%error, offset = message.offset(), "a notice cannot be read"),
        },
    }
}
