//! A Kafka of three brokers, reached by TLS with a name and password, that loses one of them, or two.

use super::support::cluster::{Cluster, USER};
use super::support::house::House;
use super::support::part::Part;
use super::support::process;
use super::support::role::Role;
use super::{ACCEPTED, ASK, PACE, PARTITIONS};
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use reqwest::Method;
use serde_json::json;
use std::time::{Duration, Instant};

/// How many brokers have a copy of each record.
const COPIES: usize = 3;

/// How long they may take to find each other, on a busy machine.
const LIMIT: Duration = Duration::from_mins(3);

#[tokio::test]
async fn brokers_that_die_one_by_one_lose_nothing_and_without_most_of_them_nothing_is_taken() {
    let (mut house, mut others) = open("faults/cluster").await;
    house.employ(1, 2).await;
    house.webs[0].until("every record has its copies", async || copies(&house).await == Some(COPIES)).await;
    let (_, said) = house.webs[0].readiness().await.expect("it says how it is");
    assert!(!said["warnings"].to_string().contains("faults."), "nothing falls short of what production needs: {said}");
    let trade = house.trade(&PACE).await;
    for victim in 0..COPIES {
        house.webs[0].flows(ACCEPTED).await;
        nodes(&mut house, &mut others)[victim].kill();
        // Long enough that some of it is sent while nobody leads the dead one's partitions.
        for _ in 0..5 {
            house.webs[0].flows(ACCEPTED).await;
        }
        nodes(&mut house, &mut others)[victim].start_again().await;
        house.webs[0].until("it has caught up", async || copies(&house).await == Some(COPIES)).await;
    }

    others.iter_mut().for_each(Part::kill);
    let delivery = json!({ "items": [{ "sku": "BO-0001", "quantity": 1000 }] });
    let is_refused = async || {
        let refused = house.webs[0].ask(Method::POST, "stores/1/deliveries", Some(delivery.clone())).await;
        refused.status().as_u16() == 503 && refused.headers().contains_key("retry-after")
    };
    house.webs[0].until("it says that it can write nothing", is_refused).await;
    for node in &mut others {
        node.start_again().await;
    }
    house.webs[0].be_ready().await;
    house.webs[0].flows(ACCEPTED).await;
    house.audit(trade).await;
}

#[tokio::test]
async fn who_is_not_let_in_says_so_and_comes_in_once_it_is_put_right() {
    let (mut house, _others) = open("faults/cluster-closed").await;
    for (name, wrong) in [("COMPTOIR_KAFKA_SASL_PASSWORD", "guessed"), ("COMPTOIR_KAFKA_SSL_CA_LOCATION", "probe")] {
        let before = house.told(name);
        house.tell(name, wrong);
        for mut role in [house.web(), house.saver()] {
            says_why(&role, name).await;
            role.kill();
        }
        house.tell(name, before);
    }
    house.employ(1, 1).await;
}

/// Expects that a role is not ready and names what has to be put right.
async fn says_why(role: &Role, setting: &str) {
    let why = if setting.ends_with("PASSWORD") { "SASL authentication error" } else { "certificate verify failed" };
    role.until(&format!("it says why it is not let in: {why}"), async || {
        let Some((status, said)) = role.readiness().await else { return false };
        status == 503 && said["reasons"].to_string().contains(why)
    })
    .await;
}

/// Kafka and the database, and the brokers beyond the first.
async fn open(name: &str) -> (House, Vec<Part>) {
    let logs = process::logs(name);
    let Cluster { nodes, servers, authority } = Cluster::start(&logs).await;
    let mut nodes = nodes.into_iter();
    let first = nodes.next().expect("a cluster has nodes");
    let mut house = House::on(first, &servers, logs).await;
    for (name, value) in [
        ("COMPTOIR_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"),
        ("COMPTOIR_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512"),
        ("COMPTOIR_KAFKA_SASL_USERNAME", USER.0),
        ("COMPTOIR_KAFKA_SASL_PASSWORD", USER.1),
    ] {
        house.tell(name, value);
    }
    house.tell("COMPTOIR_KAFKA_SSL_CA_LOCATION", authority.display().to_string());
    // Topics get as many copies as there are brokers when they are made.
    let start = Instant::now();
    while brokers(&house).await != Some(COPIES) {
        assert!(start.elapsed() < LIMIT, "all brokers are of one cluster: see {}", house.logs.display());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    (house, nodes.collect())
}

/// How many brokers the cluster has; `None` while nobody says.
async fn brokers(house: &House) -> Option<usize> {
    let reader: BaseConsumer = house.kafka_client();
    let asked = tokio::task::spawn_blocking(move || reader.fetch_metadata(None, ASK));
    Some(asked.await.ok()?.ok()?.brokers().len())
}

fn nodes<'a>(house: &'a mut House, others: &'a mut [Part]) -> Vec<&'a mut Part> {
    std::iter::once(&mut house.kafka).chain(others).collect()
}

/// How many brokers have the whole of the partition of the events that the fewest have; `None` while nobody says.
async fn copies(house: &House) -> Option<usize> {
    let reader: BaseConsumer = house.kafka_client();
    let asked = tokio::task::spawn_blocking(move || reader.fetch_metadata(Some("faults.events"), ASK));
    let metadata = asked.await.ok()?.ok()?;
    let partitions = metadata.topics().first()?.partitions();
    assert!(partitions.is_empty() || partitions.len() == usize::try_from(PARTITIONS).unwrap_or_default());
    partitions.iter().map(|partition| partition.isr().len()).min()
}
