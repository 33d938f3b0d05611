//! Where the cluster is, and how to talk to it.

use super::{LogError, refused};
use rdkafka::ClientConfig;
use rdkafka::consumer::BaseConsumer;
use std::collections::BTreeMap;

/// The start of the address.
const SCHEME: &str = "kafka://";

/// What the topics are called where the address does not say.
const PREFIX: &str = "comptoir";

/// The most bytes of one record: a request's limit, and room for what surrounds it.
pub const LARGEST_RECORD: usize = 5 << 20;

/// The most bytes of one answer to a reader: a few thousand receipts, and never less than one record.
const LARGEST_ANSWER: usize = 8 << 20;

/// Where the authorities that TLS trusts are looked for: where Linux distributions keep them. The OpenSSL that is compiled
/// in knows only a folder of its own, which no machine has.
const AUTHORITIES: Option<&str> = if cfg!(feature = "kafka-tls") { Some("probe") } else { None };

/// A cluster, the names of its topics, and librdkafka's settings.
#[derive(Debug, Clone)]
pub struct KafkaSettings {
    servers: String,
    prefix: String,
    /// How many partitions the events get, should the topic have to be made.
    pub partitions: u16,
    /// Settings of librdkafka by their own names.
    extra: BTreeMap<String, String>,
}

impl KafkaSettings {
    /// Reads `kafka://host:port,host:port/prefix`; the prefix of the topics' names is `comptoir` where it is left out.
    ///
    /// # Errors
    ///
    /// [`LogError::Refused`] with what is wrong.
    pub fn parse(address: &str, partitions: u16, extra: BTreeMap<String, String>) -> Result<Self, LogError> {
        let wrong =
            || LogError::Refused(format!("{address:?} is no address of a log: write kafka://host:port,…/prefix"));
        let rest = address.strip_prefix(SCHEME).ok_or_else(wrong)?;
        let (servers, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = if prefix.is_empty() { PREFIX } else { prefix };
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if servers.is_empty() || !prefix.chars().all(is_name) {
            return Err(wrong());
        }
        Ok(Self { servers: servers.to_owned(), prefix: prefix.to_owned(), partitions, extra })
    }

    /// The topic of the events.
    pub fn events(&self) -> String {
        format!("{}.events", self.prefix)
    }

    /// The topic of the notices.
    pub fn notices(&self) -> String {
        format!("{}.notices", self.prefix)
    }

    /// The group of the savers that fill a store in an epoch of its own: in another one they start from the beginning.
    fn savers(&self, epoch: u32) -> String {
        format!("{}.savers.{epoch}", self.prefix)
    }

    /// Settings of every client.
    pub fn client(&self) -> ClientConfig {
        self.with(&[])
    }

    /// Settings of the producer: a record counts as written once all replicas in sync have it, and a repetition by the
    /// producer itself is no second record.
    pub fn producer(&self) -> ClientConfig {
        let largest = LARGEST_RECORD.to_string();
        self.with(&[
            ("acks", "all"),
            ("enable.idempotence", "true"),
            ("compression.type", "lz4"),
            // A record waits for nobody: while some are under way, others gather by themselves.
            ("linger.ms", "0"),
            ("message.timeout.ms", "10000"),
            ("message.max.bytes", &largest),
            // The same partition for a store whichever client writes, those in Java among them.
            ("partitioner", "murmur2_random"),
            ("queue.buffering.max.messages", "100000"),
            ("queue.buffering.max.kbytes", "32768"),
        ])
    }

    /// Settings of a saver's reader.
    pub fn saver(&self, epoch: u32) -> ClientConfig {
        self.with(&[
            ("group.id", &self.savers(epoch)),
            ("partition.assignment.strategy", "cooperative-sticky"),
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("auto.offset.reset", "error"),
            // How long the partitions of a saver that died wait for another one.
            ("session.timeout.ms", "10000"),
            ("heartbeat.interval.ms", "2000"),
            ("queued.max.messages.kbytes", "8192"),
            // One answer may be larger than what may be queued.
            ("fetch.max.bytes", &LARGEST_ANSWER.to_string()),
            ("queued.min.messages", "5000"),
            ("fetch.error.backoff.ms", "100"),
        ])
    }

    /// Settings of a reader that takes part in no group.
    pub fn reader(&self) -> ClientConfig {
        self.with(&[
            ("group.id", &format!("{}.readers", self.prefix)),
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("auto.offset.reset", "earliest"),
            ("queued.max.messages.kbytes", "8192"),
            ("fetch.error.backoff.ms", "100"),
        ])
    }

    /// A client that asks for the savers' offsets and reads nothing.
    pub fn probe(&self, epoch: u32) -> Result<BaseConsumer, LogError> {
        let config = self.with(&[("group.id", &self.savers(epoch)), ("enable.auto.commit", "false")]);
        config.create().map_err(|error| refused(&error))
    }

    fn with(&self, own: &[(&str, &str)]) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &self.servers);
        config.set("client.id", "comptoir");
        config.set("reconnect.backoff.max.ms", "1000");
        config.set("topic.metadata.refresh.interval.ms", "10000");
        if let Some(place) = AUTHORITIES {
            config.set("ssl.ca.location", place);
        }
        for (name, value) in own {
            config.set(*name, *value);
        }
        for (name, value) in &self.extra {
            config.set(name, value);
        }
        config
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::kafka::passed;

    fn parse(address: &str) -> Result<KafkaSettings, LogError> {
        KafkaSettings::parse(address, 12, BTreeMap::new())
    }

    #[test]
    fn an_address_names_servers_and_topics() {
        let plain = parse("kafka://a:9092,b:9092").unwrap();
        assert_eq!((plain.servers.as_str(), plain.events()), ("a:9092,b:9092", "comptoir.events".into()));
        assert_eq!(parse("kafka://a:9092/lyon").unwrap().notices(), "lyon.notices");
        for wrong in ["a:9092", "kafka://", "kafka:///x", "http://a:9092", "kafka://a:9092/x y"] {
            assert!(parse(wrong).unwrap_err().to_string().contains("kafka://host:port"), "{wrong}");
        }
    }

    #[test]
    fn what_the_environment_says_goes_before_what_is_usual() {
        let extra = BTreeMap::from([("linger.ms".to_owned(), "5".to_owned())]);
        let settings = KafkaSettings::parse("kafka://a:1", 1, extra).unwrap();
        assert_eq!(settings.producer().get("linger.ms"), Some("5"));
    }

    #[test]
    fn tls_trusts_the_authorities_of_the_machine_unless_others_are_named() {
        let trusted = |extra: &[(&str, &str)]| {
            let extra = extra.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let config = KafkaSettings::parse("kafka://a:1", 1, extra).unwrap().client();
            config.get("ssl.ca.location").map(ToOwned::to_owned)
        };
        assert_eq!(trusted(&[]).as_deref(), cfg!(feature = "kafka-tls").then_some("probe"));
        assert_eq!(trusted(&[("ssl.ca.location", "/own.pem")]).as_deref(), Some("/own.pem"));
    }

    #[test]
    fn librdkafka_takes_what_the_example_of_settings_names() {
        let example = include_str!("../../../../kafka.env.example");
        let variables = example.lines().filter_map(|line| line.trim_start_matches('#').split_once('='));
        let mut extra = passed::from(variables.map(|(name, value)| (name.to_owned(), value.to_owned()))).unwrap();
        assert!(extra.len() > 3);
        // Nobody's password is in an example, and TLS with a name asks for one.
        assert_eq!(extra.insert("sasl.password".to_owned(), "secret".to_owned()).as_deref(), Some(""));
        if !cfg!(feature = "kafka-tls") {
            // What it would be told only by a program that is built with TLS.
            extra.remove("security.protocol");
        }
        let settings = KafkaSettings::parse("kafka://127.0.0.1:1", 1, extra).unwrap();
        let made: Result<rdkafka::producer::BaseProducer, _> = settings.producer().create();
        made.map(drop).unwrap();
    }
}
