//! Receipts that are posted one at a time.

use crate::bare_kafka;
use crate::costs::Costs;
use crate::figures::{Budget, Figure};
use crate::support::bots::Bots;
use crate::support::house::House;
use std::time::Duration;

/// How many are posted, and sent by the bare producer, each time; and between which of them costs are read.
const RECEIPTS: usize = 1000;
const WARM: f64 = 50.0;
const MEASURED: f64 = 900.0;

/// How many a second: each is acknowledged before the next.
const RATE: &str = "50";

const LIMIT: Duration = Duration::from_mins(5);

/// Posts as often as asked, with the bare producer after each.
pub async fn measure(repeats: u32) -> Vec<Figure> {
    let house = House::open("bench/acknowledged", 1, 1).await;
    let mut costs = Costs::of(&house, None);
    let mut percentiles: [[Vec<f64>; 2]; 2] = Default::default();
    for seed in 1..=repeats {
        let (seed, count) = (seed.to_string(), RECEIPTS.to_string());
        let plan = ["--stores", "1", "--registers", "1", "--sellers", "1", "--rate", RATE, "--receipts", &count];
        let before = costs.saved().await;
        let bots = Bots::start(&house.webs[0].url(), &[&plan[..], &["--seed", &seed]].concat(), &house.logs);
        let (report, ()) = tokio::join!(bots.finish(LIMIT), costs.watch(before + WARM, MEASURED));
        let bare = bare_kafka::acknowledged(&house, RECEIPTS).await;
        for (place, name) in ["p50", "p99"].into_iter().enumerate() {
            percentiles[0][place].push(report["ack_ms"][name].as_f64().expect("a percentile"));
            percentiles[1][place].push(bare[place]);
        }
    }
    let [[ours, ours_late], [bare, bare_late]] = percentiles;
    let name = "acknowledged, p50, ms; bare: a producer with acks=all and the same records";
    let waits = [
        Figure::beside(name, ours, bare, None),
        Figure::beside("acknowledged, p99, ms", ours_late, bare_late, Some(Budget::AtMost(1.5))),
    ];
    waits.into_iter().chain(costs.figures("acknowledged")).collect()
}
