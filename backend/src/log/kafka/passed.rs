//! Settings of librdkafka that the environment passes on, and those that it may not touch.

use super::LogError;
use std::collections::BTreeMap;

/// How a setting of librdkafka is called in the environment, but for what of it is Kafka's own.
const VARIABLES: &str = "COMPTOIR_KAFKA_";

/// Settings with a second name, first the one that is used here. librdkafka lets the last of both win, and the order in
/// which it is told is chance.
const ALIASES: [(&str, &str); 9] = [
    ("acks", "request.required.acks"),
    ("bootstrap.servers", "metadata.broker.list"),
    ("compression.type", "compression.codec"),
    ("enable.auto.commit", "auto.commit.enable"),
    ("linger.ms", "queue.buffering.max.ms"),
    ("max.in.flight.requests.per.connection", "max.in.flight"),
    ("message.timeout.ms", "delivery.timeout.ms"),
    ("retries", "message.send.max.retries"),
    ("sasl.mechanism", "sasl.mechanisms"),
];

/// What is not for the environment to change: durability, order, which partition a store has, and who reads what.
const OURS: [&str; 21] = [
    "acks",
    "allow.auto.create.topics",
    "auto.offset.reset",
    "bootstrap.servers",
    // Without reports of success nobody would ever learn that a record is written.
    "delivery.report.only.error",
    "enable.auto.commit",
    "enable.auto.offset.store",
    "enable.gapless.guarantee",
    "enable.idempotence",
    "enable.partition.eof",
    "group.id",
    // Savers that share an environment would shut each other out of the group.
    "group.instance.id",
    "group.protocol",
    "group.remote.assignor",
    "max.in.flight.requests.per.connection",
    "offset.store.method",
    "offset.store.path",
    "partition.assignment.strategy",
    // A web tier with another one would write a store's records into a second partition.
    "partitioner",
    "queuing.strategy",
    "transactional.id",
];

/// The settings among environment variables, by the names that are used here: `COMPTOIR_KAFKA_SASL_USERNAME` is
/// `sasl.username`.
///
/// # Errors
///
/// [`LogError::Refused`] for one that is Comptoir's to set, and for one that is there under two names.
pub fn from(variables: impl Iterator<Item = (String, String)>) -> Result<BTreeMap<String, String>, LogError> {
    let mut settings = BTreeMap::new();
    for (variable, value) in variables {
        let Some(own) = variable.strip_prefix(VARIABLES) else { continue };
        let name = canonical(&own.to_ascii_lowercase().replace('_', "."));
        if OURS.contains(&name.as_str()) {
            return Err(LogError::Refused(format!(
                "{name} is Comptoir's to set, since what it promises rests on it: take {variable} out of the environment"
            )));
        }
        if settings.insert(name.clone(), value).is_some() {
            return Err(LogError::Refused(format!(
                "{name} is set twice, since it has two names: take one of them, such as {variable}, out of the environment"
            )));
        }
    }
    Ok(settings)
}

/// The name that is used here.
fn canonical(name: &str) -> String {
    ALIASES.iter().find(|(_, alias)| *alias == name).map_or(name, |(used, _)| used).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(variables: &[(&str, &str)]) -> Result<BTreeMap<String, String>, LogError> {
        from(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn settings_of_librdkafka_come_from_the_environment() {
        let settings = passed(&[("COMPTOIR_KAFKA_SASL_USERNAME", "ana"), ("COMPTOIR_TOKEN", "x"), ("PATH", "y")]);
        assert_eq!(settings.unwrap(), BTreeMap::from([("sasl.username".to_owned(), "ana".to_owned())]));
    }

    #[test]
    fn what_promises_rest_on_is_refused_under_each_of_its_names() {
        for name in [
            "ACKS",
            "REQUEST_REQUIRED_ACKS",
            "BOOTSTRAP_SERVERS",
            "METADATA_BROKER_LIST",
            "ENABLE_AUTO_COMMIT",
            "AUTO_COMMIT_ENABLE",
            "MAX_IN_FLIGHT",
            "MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION",
            "GROUP_INSTANCE_ID",
            "GROUP_PROTOCOL",
            "PARTITIONER",
            "TRANSACTIONAL_ID",
            "DELIVERY_REPORT_ONLY_ERROR",
            "QUEUING_STRATEGY",
            "OFFSET_STORE_METHOD",
            "partitioner",
        ] {
            let variable = format!("COMPTOIR_KAFKA_{name}");
            let refused = passed(&[(&variable, "1")]).unwrap_err().to_string();
            assert!(refused.contains(&variable), "{refused}");
        }
    }

    #[test]
    fn a_second_name_takes_the_place_of_what_is_set_here_and_never_stands_beside_it() {
        let settings = passed(&[("COMPTOIR_KAFKA_DELIVERY_TIMEOUT_MS", "7000")]).unwrap();
        assert_eq!(settings, BTreeMap::from([("message.timeout.ms".to_owned(), "7000".to_owned())]));
        let both = [("COMPTOIR_KAFKA_LINGER_MS", "1"), ("COMPTOIR_KAFKA_QUEUE_BUFFERING_MAX_MS", "2")];
        assert!(passed(&both).unwrap_err().to_string().contains("linger.ms is set twice"));
    }
}
