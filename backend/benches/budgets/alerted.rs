//! Alerts while 500 receipts a second are sold, and what that costs.

use crate::bare_websocket;
use crate::costs::Costs;
use crate::figures::{Budget, Figure};
use crate::support::bots::Bots;
use crate::support::house::House;
use crate::support::page::{Socket, connect};
use futures_util::StreamExt as _;
use serde_json::Value;
use shared::api::live::ServerFrame;
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

/// How many messages go over a bare WebSocket to compare with, each time.
const ECHOES: usize = 1_000;

const LIMIT: Duration = Duration::from_mins(5);

/// For how long bots sell before anything is measured, and each time while it is. What Kafka and the database run on compiles
/// what it runs often, and is slow until then: that is not what a day in a store is like.
const WARMING: &str = "20s";
/// It takes minutes until shelves are so empty that there are many alerts: with less than a hundred the 99th percentile would be
/// the latest of them.
const MEASURED: &str = "2m";

/// Between which of the receipts that are sold meanwhile costs are read.
const FIRST: f64 = 500.0;
const MORE: f64 = 12_000.0;

/// What one time gave.
struct Told {
    p50: f64,
    p99: f64,
    echo: [f64; 2],
    rate: f64,
    alerts: f64,
    untimed: f64,
}

/// Sells as often as asked, with an echo of the same notices after each, and tells what the bots saw on a manager's socket.
pub async fn measure(repeats: u32) -> Vec<Figure> {
    let house = House::without_long_pauses("bench/alerted", 1, 1).await;
    let notices = warm(&house).await;
    let (mut costs, mut told) = (Costs::of(&house, Some(100.0)), Vec::new());
    for seed in 2..2 + repeats {
        let before = costs.saved().await;
        let seed = seed.to_string();
        let (report, ()) = tokio::join!(sell(&house, MEASURED, &seed), costs.watch(before + FIRST, MORE));
        told.push(Told::of(&report, bare_websocket::echoed(&notices, ECHOES).await));
    }
    let of = |pick: fn(&Told) -> f64| told.iter().map(pick).collect::<Vec<_>>();
    let name =
        "alerted at 500 receipts/s, p50, ms; bare: an echo of the same notices over a WebSocket, nothing else going on";
    let (late, late_echo) = (of(|told| told.p99), of(|told| told.echo[1]));
    let figures = [
        Figure::bounded(name, of(|told| told.p50), of(|told| told.echo[0]), Some(Budget::AtMost(50.0))),
        Figure::bounded("alerted, p99, ms", late, late_echo, Some(Budget::AtMost(250.0))),
        Figure::alone("alerted, receipts/s until all was saved", of(|told| told.rate), None),
        Figure::alone("alerted, alerts that were timed", of(|told| told.alerts), None),
        Figure::alone("alerted, alerts whose time is not known", of(|told| told.untimed), None),
    ];
    figures.into_iter().chain(costs.figures("alerted")).collect()
}

impl Told {
    fn of(report: &Value, echo: [f64; 2]) -> Self {
        let figure = |value: &Value| value.as_f64().expect("a figure");
        let [p50, p99] = ["p50", "p99"].map(|name| figure(&report["alert_ms"][name]));
        let [timed, untimed] = ["alerts_timed", "alerts_untimed"].map(|name| figure(&report[name]));
        Self { p50, p99, echo, rate: figure(&report["receipts_per_second"]), alerts: timed, untimed }
    }
}

/// Sells until everything is warm, and gives the notices that raised alerts meanwhile, as a manager's page gets them.
async fn warm(house: &House) -> Vec<String> {
    let mut socket = connect(&house.webs[0].url(), None).await.expect("the web tier takes the connection");
    let mut notices = Vec::new();
    tokio::select! {
        () = listen(&mut socket, &mut notices) => panic!("the web tier has closed the connection"),
        _ = sell(house, WARMING, "1") => {}
    }
    assert!(!notices.is_empty(), "alerts are raised");
    notices
}

async fn listen(socket: &mut Socket, notices: &mut Vec<String>) {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let frame = serde_json::from_str(&text).expect("every frame can be read");
        if matches!(frame, ServerFrame::Notice(notice) if !notice.raised.is_empty()) {
            notices.push(text.to_string());
        }
    }
}

async fn sell(house: &House, time: &str, seed: &str) -> Value {
    let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--rate", "500", "--for", time, "--seed", seed];
    Bots::start(&house.webs[0].url(), &plan, &house.logs).finish(LIMIT).await
}
