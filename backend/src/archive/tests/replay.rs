//! A store that was moved and then fed the log from its beginning ends where one ends that never was.

use super::*;
use crate::testing::history;
use proptest::prelude::*;
use read_out::read_out;
use std::future::Future;

/// How far a shop is when it is moved, in hundredths of its history.
#[derive(Debug, Clone, Copy)]
struct Moment {
    /// So much is in the sums.
    summed: usize,
    /// So much is saved.
    saved: usize,
    /// So much is in the log.
    logged: usize,
}

fn moment() -> impl Strategy<Value = Moment> {
    prop::array::uniform3(0..=100_usize).prop_map(|mut parts| {
        parts.sort_unstable();
        let [summed, saved, logged] = parts;
        Moment { summed, saved, logged }
    })
}

/// A shop in the middle of its history.
async fn shop_at(desk: &Desk, moment: Moment, records: &[Recorded]) -> Place {
    let part = |hundredths: usize| records.len() * hundredths / 100;
    let (summed, saved, logged) = (part(moment.summed), part(moment.saved), part(moment.logged));
    let shop = desk.open("shop");
    append(&shop, &records[..summed]).await;
    save(&shop).await;
    append(&shop, &records[summed..logged]).await;
    shop.store().save(&records[summed..saved]).await.unwrap();
    shop
}

/// What the projections of a shop say that never moved.
async fn unmoved(records: &[Recorded]) -> BTreeSet<String> {
    let desk = Desk::new();
    let shop = desk.open("shop");
    append(&shop, records).await;
    save(&shop).await;
    figures(&*shop.store()).await
}

/// The log is elsewhere, as Kafka is: the store alone is carried, and all of the log comes again.
async fn the_store_alone(moment: Moment, records: Vec<Recorded>) {
    let desk = Desk::new();
    let shop = shop_at(&desk, moment, &records).await;
    let (target, log) = (desk.open("target"), desk.open("log"));
    let mut filling = super::super::put::Filling::new(target.store(), None);
    read_out(&*shop.store(), &mut filling).await.unwrap();
    filling.flush().await.unwrap();
    log.await_log(2).await.unwrap();
    drop(log);
    let log = desk.open("log");
    append(&log, &records).await;
    save_from(&log, target.store()).await;
    assert_eq!(figures(&*target.store()).await, unmoved(&records).await);
    append(&log, &records).await;
    save_from(&log, target.store()).await;
    assert_eq!(figures(&*target.store()).await, unmoved(&records).await, "and again it changes nothing");
}

/// Log and store are one file: what waits in the log is carried with it. Then all of the log comes again.
async fn log_and_store(moment: Moment, records: Vec<Recorded>) {
    let desk = Desk::new();
    let _shop = shop_at(&desk, moment, &records).await;
    desk.back_up("shop", "archive").await.unwrap();
    assert_eq!(desk.restore("archive", "target").await.unwrap(), 2);
    let target = desk.open("target");
    save(&target).await;
    let logged = records.len() * moment.logged / 100;
    assert_eq!(figures(&*target.store()).await, unmoved(&records[..logged]).await, "nothing acknowledged is missing");
    append(&target, &records).await;
    save(&target).await;
    assert_eq!(figures(&*target.store()).await, unmoved(&records).await);
}

/// In a runtime whose clock runs ahead wherever everybody waits.
fn in_no_time(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap().block_on(test);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_replay_of_the_whole_log_ends_where_it_would_have(moment in moment(), records in history()) {
        in_no_time(the_store_alone(moment, records));
    }

    #[test]
    fn an_embedded_engine_goes_on_where_it_was(moment in moment(), records in history()) {
        in_no_time(log_and_store(moment, records));
    }
}
