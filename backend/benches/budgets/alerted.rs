//! Alerts while 500 receipts a second are sold, and what that costs.

use crate::bare_websocket;
use crate::figures::{Budget, Figure};
use crate::support::bots::Bots;
use crate::support::house::House;
use crate::support::role::Role;
use serde_json::Value;
use std::time::Duration;

/// How many messages go over a bare WebSocket to compare with.
const ECHOES: u32 = 2_000;

const LIMIT: Duration = Duration::from_mins(5);

/// For how long bots sell before anything is measured, and while it is. What Kafka and the database run on compiles what it
/// runs often, and is slow until then: that is not what a day in a store is like.
const WARMING: &str = "20s";
const MEASURED: &str = "40s";

/// Sells for a while and tells what the bots saw on a manager's socket.
pub async fn measure() -> Vec<Figure> {
    let house = House::without_long_pauses("bench/alerted", 1, 1).await;
    sell(&house, WARMING, "1").await;
    let before = [&house.webs[0], &house.savers[0]].map(|role| role.process().cpu_time());
    let report = sell(&house, MEASURED, "2").await;
    let alert = |name: &str| vec![report["alert_ms"][name].as_f64().expect("a percentile")];
    let thousands = report["saved"].as_f64().expect("a count") / 1000.0;
    let [echo, echo_late] = bare_websocket::echoed(ECHOES).await;
    let name = "alerted at 500 receipts/s, p50, ms; bare: an echo over a WebSocket, nothing else going on";
    let mut figures = vec![
        Figure::bounded(name, alert("p50"), vec![echo], Some(Budget::AtMost(50.0))),
        Figure::bounded("alerted, p99, ms", alert("p99"), vec![echo_late], Some(Budget::AtMost(250.0))),
    ];
    for ((name, role), before) in [("web", &house.webs[0]), ("saver", &house.savers[0])].into_iter().zip(before) {
        figures.extend(costs(name, role, before, thousands));
    }
    figures
}

async fn sell(house: &House, time: &str, seed: &str) -> Value {
    let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--rate", "500", "--for", time, "--seed", seed];
    Bots::start(&house.webs[0].url(), &plan, &house.logs).finish(LIMIT).await
}

fn costs(name: &str, role: &Role, before: Duration, thousands: f64) -> [Figure; 2] {
    let process = role.process();
    let cpu = vec![process.cpu_time().saturating_sub(before).as_secs_f64() / thousands];
    [
        Figure::alone(&format!("{name} meanwhile: CPU seconds for 1,000 receipts"), cpu, None),
        Figure::alone(
            &format!("{name}: most memory, MB"),
            vec![f64::from(process.peak_memory())],
            Some(Budget::AtMost(100.0)),
        ),
    ]
}
