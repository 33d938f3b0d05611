//! Receipts as the web tier has written them to the log, sent again one at a time by nothing but the driver.

use crate::committed::{ASK, EVENTS, partitions};
use crate::figures::percentiles;
use crate::support::house::House;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::{Headers as _, OwnedMessage};
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::{Message as _, Offset, TopicPartitionList};
use std::time::{Duration, Instant};

/// Beside Comptoir's own topics.
const TOPIC: &str = "faults.bare";

/// Between two records, as between two receipts of the bots.
const PAUSE: Duration = Duration::from_millis(20);

/// How long records take to be acknowledged by all replicas in sync: the 50th and the 99th percentile, in milliseconds.
pub async fn acknowledged(house: &House, records: usize) -> [f64; 2] {
    let written = tokio::task::block_in_place(|| receipts(house, records));
    let mut config = house.kafka_config();
    config.set("acks", "all").set("enable.idempotence", "true").set("linger.ms", "0").set("compression.type", "lz4");
    let admin: AdminClient<DefaultClientContext> = config.create().expect("a client can be made");
    // A second time it is there already.
    let _ = admin.create_topics(&[NewTopic::new(TOPIC, 12, TopicReplication::Fixed(1))], &AdminOptions::new()).await;
    let producer: FutureProducer = config.create().expect("a producer can be made");
    let mut waits = Vec::new();
    for written in &written {
        let start = Instant::now();
        let headers = written.headers().expect("a record has headers").clone();
        let key = written.key().expect("a record names its store");
        let record = FutureRecord::to(TOPIC).key(key).headers(headers);
        let record = record.payload(written.payload().expect("a record is one"));
        producer.send(record, Duration::from_secs(30)).await.expect("the record is sent");
        waits.push(start.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(PAUSE).await;
    }
    percentiles(waits)
}

/// The first receipts in the log, as they are there.
fn receipts(house: &House, count: usize) -> Vec<OwnedMessage> {
    let mut config = house.kafka_config();
    let reader: BaseConsumer = config.set("group.id", "faults.bare").create().expect("a client can be made");
    let mut all = TopicPartitionList::new();
    for partition in partitions(&reader) {
        all.add_partition_offset(EVENTS, partition, Offset::Beginning).expect("the beginning is an offset");
    }
    reader.assign(&all).expect("the log can be read");
    let mut found = Vec::new();
    while found.len() < count {
        let record = reader.poll(ASK).expect("the log has that many receipts").expect("the log can be read");
        if is_receipt(&record) {
            found.push(record.detach());
        }
    }
    found
}

fn is_receipt(record: &rdkafka::message::BorrowedMessage<'_>) -> bool {
    let headers = record.headers().into_iter().flat_map(|headers| headers.iter());
    headers.into_iter().any(|header| header.key == "type" && header.value == Some(b"receipt"))
}
