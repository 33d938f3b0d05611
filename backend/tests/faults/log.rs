//! Another log than the store was fed from.

use super::support::house::House;
use super::support::role::Role;
use rdkafka::admin::{AdminClient, AdminOptions, NewPartitions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;

#[tokio::test]
async fn another_log_than_the_store_was_fed_from_is_refused() {
    let house = House::without_roles("faults/another-log").await;
    let mut web = house.web();
    web.be_ready().await;
    assert!(web.stop().await.success());
    let admin: AdminClient<DefaultClientContext> = house.kafka_client();
    let more = admin.create_partitions(&[NewPartitions::new("faults.events", 13)], &AdminOptions::new()).await;
    assert!(matches!(&more.expect("the broker answers")[..], [Ok(_)]));
    web.start_again();
    refused(&mut web, "comptoir backup and comptoir restore").await;
    refused(&mut house.saver(), "comptoir backup and comptoir restore").await;

    let gone = admin.delete_topics(&["faults.events"], &AdminOptions::new()).await;
    assert!(matches!(&gone.expect("the broker answers")[..], [Ok(_)]));
    web.start_again();
    refused(&mut web, "made anew").await;

    let gone = admin.delete_topics(&["faults.events"], &AdminOptions::new()).await;
    assert!(matches!(&gone.expect("the broker answers")[..], [Ok(_)]));
    let fewer = NewTopic::new("faults.events", 3, TopicReplication::Fixed(1));
    let made = admin.create_topics(&[fewer], &AdminOptions::new()).await;
    assert!(matches!(&made.expect("the broker answers")[..], [Ok(_)]));
    web.start_again();
    refused(&mut web, "had 12 partitions when this store was first fed from them and have 3 now").await;

    let mut elsewhere = House::without_roles("faults/another-cluster").await;
    elsewhere.keep_at(&house);
    refused(&mut elsewhere.web(), "correct COMPTOIR_EVENTS").await;
    refused(&mut elsewhere.saver(), "correct COMPTOIR_EVENTS").await;
}

/// Expects that a role ends by itself, saying what to do.
async fn refused(role: &mut Role, remedy: &str) {
    assert!(!role.end().await.success());
    assert!(role.log().contains(remedy), "{}", role.log());
}
