//! How far the savers have committed, as the broker has it: what stands before that is written to the store with all that was
//! added up from it, and told.

use crate::support::house::House;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::metadata::{MetadataPartition, MetadataTopic};
use rdkafka::topic_partition_list::TopicPartitionListElem;
use rdkafka::{Offset, TopicPartitionList};
use std::time::Duration;

/// The log.
pub const EVENTS: &str = "faults.events";

/// What the savers of a store are to Kafka.
pub const GROUP: &str = "faults.savers.1";

/// How long the broker may take to answer.
pub const ASK: Duration = Duration::from_secs(5);

/// A log that does not grow any more, and the position of the savers in it.
pub struct Committed {
    broker: BaseConsumer,
    /// Where each partition ends that holds records.
    ends: TopicPartitionList,
}

impl Committed {
    /// Looks where the log ends.
    pub fn of(house: &House) -> Self {
        let mut config = house.kafka_config();
        let broker: BaseConsumer = config.set("group.id", GROUP).create().expect("a client can be made");
        let mut ends = TopicPartitionList::new();
        for partition in partitions(&broker) {
            let (_, end) = broker.fetch_watermarks(EVENTS, partition, ASK).expect("the broker answers");
            // The first record of the first partition names the log, and is nobody's to save.
            if end > i64::from(partition == 0) {
                ends.add_partition_offset(EVENTS, partition, Offset::Offset(end)).expect("an end is an offset");
            }
        }
        assert!(ends.count() > 0, "there is something to save");
        Self { broker, ends }
    }

    /// Whether the savers have committed all of it.
    pub fn is_all(&self) -> bool {
        let asked = tokio::task::block_in_place(|| self.broker.committed_offsets(self.ends.clone(), ASK));
        // A broker that cannot say yet is asked again.
        let Ok(committed) = asked else { return false };
        let has = |end: &TopicPartitionListElem<'_>| {
            let place = committed.find_partition(EVENTS, end.partition()).map(|committed| committed.offset());
            matches!((place, end.offset()), (Some(Offset::Offset(place)), Offset::Offset(end)) if place >= end)
        };
        self.ends.elements().iter().all(has)
    }
}

/// The partitions of the log.
pub fn partitions(broker: &BaseConsumer) -> Vec<i32> {
    let metadata = broker.fetch_metadata(Some(EVENTS), ASK).expect("the broker answers");
    metadata.topics().iter().flat_map(MetadataTopic::partitions).map(MetadataPartition::id).collect()
}
