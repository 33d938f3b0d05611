//! Records of a receipt's size, sent one at a time by nothing but the driver.

use crate::support::house::House;
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::producer::{FutureProducer, FutureRecord};
use std::time::{Duration, Instant};

/// Beside Comptoir's own topics.
const TOPIC: &str = "faults.bare";

/// About as many bytes as a receipt has.
const BYTES: usize = 1200;

/// Between two records, as between two receipts of the bots.
const PAUSE: Duration = Duration::from_millis(20);

/// How long records take to be acknowledged by all replicas in sync: the 50th and the 99th percentile, in milliseconds.
pub async fn acknowledged(house: &House, records: u32) -> [f64; 2] {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", house.kafka.address().to_string());
    config.set("acks", "all").set("enable.idempotence", "true").set("linger.ms", "0").set("compression.type", "lz4");
    let admin: AdminClient<DefaultClientContext> = config.create().expect("a client can be made");
    // A second time it is there already.
    let _ = admin.create_topics(&[NewTopic::new(TOPIC, 12, TopicReplication::Fixed(1))], &AdminOptions::new()).await;
    let producer: FutureProducer = config.create().expect("a producer can be made");
    let payload = "x".repeat(BYTES);
    let mut waits = Vec::new();
    for _ in 0..records {
        let start = Instant::now();
        let record = FutureRecord::to(TOPIC).key("1").payload(&payload);
        producer.send(record, Duration::from_secs(30)).await.expect("the record is sent");
        waits.push(start.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(PAUSE).await;
    }
    waits.sort_by(f64::total_cmp);
    [50, 99].map(|percent| waits[(waits.len() * percent / 100).min(waits.len() - 1)])
}
