//! Making the topics, and finding out what they are.

use super::identity::FoundLog;
use super::producer::Producer;
use super::refusal::Refusal;
use super::settings::{KafkaSettings, LARGEST_RECORD};
use super::wire;
use super::{ASK, LogError, blocking, refused, unavailable};
use crate::log::MARKER;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, ResourceSpecifier, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::{Message, Offset, TopicPartitionList};
use shared::event::Event;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How many copies of a record production asks for.
const REPLICATION: usize = 3;

/// How many of them production asks to have a record before it counts as written.
const IN_SYNC: usize = 2;

/// How long events are kept: longer than the slowest saver, or a restored backup, may be behind.
const EVENTS_KEPT: &str = "2592000000";

/// How long notices are kept: they are for those who look on at present.
const NOTICES_KEPT: &str = "3600000";

/// The partition whose first record names the log.
const MARKED: i32 = 0;

/// What asks the cluster.
type Reader = BaseConsumer<Refusal>;

/// How many errors of a client are listened to, and for how long it may pause between two.
const MOST_SAID: usize = 16;
const PAUSE: Duration = Duration::from_millis(50);

/// Where the events of a partition start: behind the first marker.
pub fn first_offset(partition: i32) -> i64 {
    i64::from(partition == MARKED)
}

/// Makes what is missing, and looks at what is there. `fresh` names the log, should nobody have named it yet.
///
/// # Errors
///
/// [`LogError::Unavailable`] while the cluster does not answer, [`LogError::Refused`] where a topic cannot be made.
pub async fn prepare(settings: &KafkaSettings, fresh: Uuid) -> Result<FoundLog, LogError> {
    let reader = settings.reader().create_with_context(Refusal::default()).map_err(|error| refused(&error))?;
    let reader: Arc<Reader> = Arc::new(reader);
    let asked = Arc::clone(&reader);
    let answer = blocking(move || cluster(&asked)).await;
    let (cluster, brokers) = answer.map_err(|error| reader.context().explain(error))?;
    make(settings, brokers).await?;
    let (asked, topic) = (Arc::clone(&reader), settings.events());
    let (partitions, replicas) = blocking(move || layout(&asked, &topic)).await?;
    let marker = marker(settings, &reader, fresh).await?;
    let shortcomings = shortcomings(settings, replicas).await;
    Ok(FoundLog { cluster, marker, partitions, shortcomings })
}

fn cluster(reader: &Reader) -> Result<(String, usize), KafkaError> {
    let metadata = reader.fetch_metadata(None, ASK).inspect_err(|_| listen(reader))?;
    let id = reader.client().fetch_cluster_id(ASK);
    let id = id.ok_or(KafkaError::MetadataFetch(RDKafkaErrorCode::OperationTimedOut))?;
    Ok((id, metadata.brokers().len()))
}

/// Lets a client say what it has to say, which it does where it is polled.
fn listen(reader: &Reader) {
    for _ in 0..MOST_SAID {
        if reader.poll(PAUSE).is_none() {
            break;
        }
    }
}

/// Over how many brokers a topic is spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spread {
    /// How many copies there are of each record.
    copies: usize,
    /// How many of them have a record before it counts as written (`min.insync.replicas`).
    in_sync: usize,
}

impl Spread {
    /// As production asks for, as far as the brokers go: one of them may be away without anything standing still.
    fn over(brokers: usize) -> Self {
        let copies = brokers.clamp(1, REPLICATION);
        Self { copies, in_sync: copies.saturating_sub(1).max(1) }
    }
}

async fn make(settings: &KafkaSettings, brokers: usize) -> Result<(), LogError> {
    let Spread { copies, in_sync } = Spread::over(brokers);
    let in_sync = in_sync.to_string();
    let (events, notices, largest) = (settings.events(), settings.notices(), LARGEST_RECORD.to_string());
    let topic = |name, kept| {
        NewTopic::new(name, settings.partitions.into(), TopicReplication::Fixed(i32::try_from(copies).unwrap_or(1)))
            .set("min.insync.replicas", &in_sync)
            .set("unclean.leader.election.enable", "false")
            .set("max.message.bytes", &largest)
            .set("retention.ms", kept)
    };
    let topics = [topic(&events, EVENTS_KEPT), topic(&notices, NOTICES_KEPT)];
    let admin: AdminClient<DefaultClientContext> = settings.client().create().map_err(|error| refused(&error))?;
    let made = admin.create_topics(&topics, &AdminOptions::new().request_timeout(Some(ASK))).await;
    for outcome in made.map_err(|error| unavailable(&error))? {
        match outcome {
            Ok(name) => tracing::info!(name, copies, partitions = settings.partitions, "made the topic"),
            Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
            Err((name, code)) => return Err(cannot_make(&name, code)),
        }
    }
    Ok(())
}

fn cannot_make(name: &str, code: RDKafkaErrorCode) -> LogError {
    let may_pass = matches!(
        code,
        RDKafkaErrorCode::RequestTimedOut
            | RDKafkaErrorCode::NotController
            | RDKafkaErrorCode::InvalidReplicationFactor
            | RDKafkaErrorCode::OperationTimedOut
    );
    let said = format!("the topic {name} cannot be made: {code}");
    if may_pass { LogError::Unavailable(said) } else { LogError::Refused(said) }
}

/// How many partitions the events have, and the fewest copies that any of them has.
fn layout(reader: &Reader, topic: &str) -> Result<(i32, usize), KafkaError> {
    let metadata = reader.fetch_metadata(Some(topic), ASK)?;
    let partitions = metadata.topics().first().map(rdkafka::metadata::MetadataTopic::partitions).unwrap_or_default();
    let is_led = |partition: &rdkafka::metadata::MetadataPartition| partition.leader() >= 0;
    // A topic that was just made is not known to everyone at once.
    if partitions.is_empty() || !partitions.iter().all(is_led) {
        return Err(KafkaError::MetadataFetch(RDKafkaErrorCode::LeaderNotAvailable));
    }
    let fewest = partitions.iter().map(|partition| partition.replicas().len()).min();
    Ok((i32::try_from(partitions.len()).unwrap_or(i32::MAX), fewest.unwrap_or(0)))
}

/// The UUID in the first record, which is written where there is none. Of several that were written at once the first
/// counts. `None` once retention has deleted it.
async fn marker(settings: &KafkaSettings, reader: &Arc<Reader>, fresh: Uuid) -> Result<Option<Uuid>, LogError> {
    let topic = settings.events();
    let asked = (Arc::clone(reader), topic.clone());
    let (low, high) = blocking(move || asked.0.fetch_watermarks(&asked.1, MARKED, ASK)).await?;
    if low > 0 {
        return Ok(None);
    }
    if high == 0 {
        let name = fresh.to_string();
        let headers = wire::headers(MARKER, Event::VERSION);
        Producer::new(settings)?.place(&topic, MARKED, headers, name.as_bytes()).await?;
    }
    let asked = Arc::clone(reader);
    let first = blocking(move || first_record(&asked, &topic)).await?;
    first.map(Some).ok_or_else(|| {
        let topic = settings.events();
        LogError::Refused(format!(
            "the first record of {topic} is not Comptoir's: name other topics, as in kafka://host:port/another-prefix"
        ))
    })
}

/// The UUID in the record at offset 0, if it is a marker.
fn first_record(reader: &Reader, topic: &str) -> Result<Option<Uuid>, KafkaError> {
    let mut start = TopicPartitionList::new();
    start.add_partition_offset(topic, MARKED, Offset::Beginning)?;
    reader.assign(&start)?;
    let began = Instant::now();
    while began.elapsed() < ASK {
        let Some(polled) = reader.poll(ASK) else { continue };
        let message = polled?;
        let is_marker = wire::kind(&message) == Some(MARKER);
        let name = message.payload().and_then(|bytes| std::str::from_utf8(bytes).ok());
        return Ok(name.filter(|_| is_marker).and_then(|name| name.parse().ok()));
    }
    Err(KafkaError::MessageConsumption(RDKafkaErrorCode::OperationTimedOut))
}

/// What falls short of what production asks for. What the cluster does not tell is said too.
async fn shortcomings(settings: &KafkaSettings, replicas: usize) -> Vec<String> {
    let topic = settings.events();
    let safety = configuration(settings, &topic).await;
    judge(&topic, replicas, safety)
}

/// What a topic's configuration says of how safe its records are.
#[derive(Debug, Clone, Copy)]
struct Safety {
    /// `min.insync.replicas`.
    in_sync: usize,
    /// Whether a broker that lacks records may become the one that leads.
    unclean: bool,
}

fn judge(topic: &str, replicas: usize, safety: Result<Safety, String>) -> Vec<String> {
    let mut found = Vec::new();
    if replicas < REPLICATION {
        found.push(format!(
            "{topic} has {replicas} copies of each record, {REPLICATION} are asked for: a lost disk may lose receipts"
        ));
    }
    match safety {
        Ok(Safety { in_sync, unclean }) => {
            if in_sync < IN_SYNC {
                found.push(format!("{topic} has min.insync.replicas {in_sync}, {IN_SYNC} is asked for"));
            }
            if unclean {
                found.push(format!("{topic} allows unclean leader election, which may lose receipts"));
            }
        }
        Err(why) => found.push(format!("the configuration of {topic} cannot be checked: {why}")),
    }
    found
}

async fn configuration(settings: &KafkaSettings, topic: &str) -> Result<Safety, String> {
    let admin: AdminClient<DefaultClientContext> = settings.client().create().map_err(|error| error.to_string())?;
    let options = AdminOptions::new().request_timeout(Some(ASK));
    let described = admin.describe_configs(&[ResourceSpecifier::Topic(topic)], &options).await;
    let resource = described.map_err(|error| error.to_string())?.pop().ok_or("no answer")?;
    let resource = resource.map_err(|code| code.to_string())?;
    let value = |name: &str| resource.get(name).and_then(|entry| entry.value.clone());
    let in_sync = value("min.insync.replicas").and_then(|text| text.parse().ok()).unwrap_or(1);
    Ok(Safety { in_sync, unclean: value("unclean.leader.election.enable").as_deref() == Some("true") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_copies_and_two_in_sync_are_asked_for_where_there_are_brokers_enough() {
        let spread = |brokers| {
            let Spread { copies, in_sync } = Spread::over(brokers);
            (copies, in_sync)
        };
        assert_eq!([0, 1, 2, 3, 9].map(spread), [(1, 1), (1, 1), (2, 1), (3, 2), (3, 2)]);
        assert_eq!(spread(REPLICATION), (REPLICATION, IN_SYNC));
    }

    #[test]
    fn what_falls_short_is_said_and_nothing_else() {
        let safe = Safety { in_sync: 2, unclean: false };
        assert_eq!(judge("t", 3, Ok(safe)), [""; 0]);
        assert_eq!(judge("t", 5, Ok(Safety { in_sync: 3, ..safe })), [""; 0]);
        let says = |replicas, safety, words: &str| {
            let found = judge("t", replicas, safety);
            assert!(found.len() == 1 && found[0].contains(words), "{found:?}");
        };
        says(2, Ok(safe), "2 copies");
        says(3, Ok(Safety { in_sync: 1, ..safe }), "min.insync.replicas 1");
        says(3, Ok(Safety { unclean: true, ..safe }), "unclean");
        says(3, Err("no answer".to_owned()), "cannot be checked: no answer");
    }
}
