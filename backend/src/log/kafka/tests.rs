//! What only this engine has to keep, in a running Kafka.

mod on_kafka {
    use crate::log::kafka::ASK;
    use crate::log::{Consumer, LogError, MARKER, Partitions};
    use crate::testing::{Engine, KafkaTopics, Opened, delivery, new_record, store};
    use rdkafka::admin::{AdminClient, AdminOptions, ResourceSpecifier};
    use rdkafka::client::DefaultClientContext;
    use rdkafka::{Offset, TopicPartitionList};
    use shared::event::Event;
    use shared::position::Position;
    use std::collections::BTreeMap;
    use std::time::Duration;
    use tokio_util::sync::CancellationToken;

    /// Longer than a group takes to share its partitions out.
    const LONG: Duration = Duration::from_mins(2);
    const PARTITIONS: u16 = 2;

    fn admin(topics: &KafkaTopics) -> AdminClient<DefaultClientContext> {
        topics.settings().client().create().unwrap()
    }

    fn options() -> AdminOptions {
        AdminOptions::new().request_timeout(Some(ASK))
    }

    /// Appends a record of each of many stores, so that every partition gets some.
    async fn append(opened: &Opened, id: u64) {
        let of_store = |no| crate::log::NewRecord { store: store(no), ..new_record(delivery(id + no, &[("A", 1)])) };
        opened.log.append((1..=16).map(of_store).collect()).await.unwrap();
    }

    /// Readers of all partitions, by number, with the share that they came from.
    async fn readers(opened: &Opened) -> (BTreeMap<u32, Box<dyn Consumer>>, Box<dyn Partitions>) {
        let mut share = opened.log.consume(&CancellationToken::new()).await.unwrap();
        let mut readers = BTreeMap::new();
        while readers.len() < PARTITIONS.into() {
            let reader = tokio::time::timeout(LONG, share.next()).await.unwrap().unwrap();
            readers.insert(reader.partition(), reader);
        }
        (readers, share)
    }

    async fn first(reader: &mut dyn Consumer) -> Result<Position, LogError> {
        loop {
            if let Some(record) = reader.poll(1, LONG).await?.first() {
                return Ok(record.position);
            }
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn topics_are_made_as_they_have_to_be() {
        let topics = KafkaTopics::with_partitions(PARTITIONS);
        let log = topics.open().await.log;
        let name = topics.settings().events();
        let described = admin(&topics).describe_configs(&[ResourceSpecifier::Topic(&name)], &options()).await.unwrap();
        let set = described.into_iter().next().unwrap().unwrap();
        let value = |name: &str| set.get(name).and_then(|entry| entry.value.clone()).unwrap_or_default();
        assert_eq!(value("unclean.leader.election.enable"), "false");
        assert_eq!(value("retention.ms"), (30_u64 * 24 * 60 * 60 * 1000).to_string());
        assert_eq!(value("max.message.bytes"), super::super::settings::LARGEST_RECORD.to_string());
        let metadata = admin(&topics).inner().fetch_metadata(Some(&name), ASK).unwrap();
        assert_eq!(metadata.topics()[0].partitions().len(), usize::from(PARTITIONS));
        drop(log);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_cluster_of_one_is_said_to_fall_short() {
        let topics = KafkaTopics::new();
        let store = topics.open().await.store;
        let log = crate::log::kafka::KafkaLog::new(topics.settings(), uuid::Uuid::from_bytes(rand::random())).unwrap();
        let said = log.prepare(&*store).await.unwrap().join("; ");
        assert!(said.contains("1 copies") && said.contains("min.insync.replicas 1"), "{said}");
    }

    /// Processes that start at the same time may each find an empty log.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_log_that_was_named_twice_is_read_to_its_end() {
        let topics = KafkaTopics::with_partitions(PARTITIONS);
        let opened = topics.open().await;
        let (topic, headers) = (topics.settings().events(), super::super::wire::headers(MARKER, Event::VERSION));
        let producer = super::super::producer::Producer::new(&topics.settings()).unwrap();
        producer.place(&topic, 0, headers, b"another name").await.unwrap();
        assert_eq!(opened.log.backlog().await.unwrap(), 1);
        let (mut readers, _share) = readers(&opened).await;
        let position = first(&mut **readers.get_mut(&0).unwrap()).await.unwrap();
        readers.get_mut(&0).unwrap().commit(position).await.unwrap();
        assert_eq!(opened.log.backlog().await.unwrap(), 0);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_partition_whose_records_were_deleted_unsaved_ends_and_the_others_go_on() {
        let topics = KafkaTopics::with_partitions(PARTITIONS);
        let opened = topics.open().await;
        append(&opened, 100).await;
        let (mut before, share) = readers(&opened).await;
        for reader in before.values_mut() {
            let position = first(&mut **reader).await.unwrap();
            reader.commit(position).await.unwrap();
        }
        drop((before, share));
        append(&opened, 200).await;
        let mut deleted = TopicPartitionList::new();
        deleted.add_partition_offset(&topics.settings().events(), 1, Offset::End).unwrap();
        admin(&topics).delete_records(&deleted, &options()).await.unwrap();
        append(&opened, 300).await;
        let (mut after, _share) = readers(&opened).await;
        let cut = first(&mut **after.get_mut(&1).unwrap()).await.unwrap_err();
        assert!(matches!(&cut, LogError::Corrupt(why) if why.contains("partition 1")), "{cut}");
        first(&mut **after.get_mut(&0).unwrap()).await.unwrap();
    }
}
