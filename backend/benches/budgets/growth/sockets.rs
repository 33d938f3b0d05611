//! From 1 to 5,000 sockets that are told of what is sold.

use super::CPU;
use crate::curves::{Curve, Point};
use crate::shop::Shop;
use crate::support::page::connect;
use futures_util::StreamExt as _;
use shared::ids::StoreNo;
use tokio::task::JoinSet;

/// Each is one descriptor here and one at the server.
const SOCKETS: [u32; 5] = [1, 10, 100, 1_000, 5_000];

/// How many receipts are sold to warm up, and to see what they cost.
const WARM: u32 = 400;
const SOLD: u32 = 2_000;

/// As many receipts before more and more tills, spread over the stores that sell.
pub async fn measure() -> Curve {
    let mut points = Vec::new();
    for size in SOCKETS {
        let shop = Shop::with_demo("bench/growth/sockets").await;
        // The demo has stores of its own before those of the bots, which are watched too: whoever watches hears of its own.
        let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--rate", "200", "--for", "30m"];
        let _bots = shop.bots(&plan);
        shop.server.until("bots sell", async || shop.server.figure("comptoir_receipts_saved_total").await > 0.0).await;
        let _watching = watch(&shop, size).await;
        let sold = shop.server.figure("comptoir_receipts_saved_total").await;
        points.push(Point { size, cost: shop.cpu_per_thousand(whole(sold) + WARM, SOLD).await });
    }
    Curve { cost: CPU.to_owned(), along: "open WebSockets".to_owned(), points }
}

/// Opens so many sockets, each of which watches one store of the bots and reads what it is told.
async fn watch(shop: &Shop, count: u32) -> JoinSet<()> {
    let stores = shop.server.get("stores").await;
    let numbers = stores.as_array().expect("a list of stores");
    let bots = numbers.iter().filter(|store| store["name"].as_str().is_some_and(|name| name.starts_with("Simulation")));
    let bots: Vec<StoreNo> =
        bots.map(|store| serde_json::from_value(store["no"].clone()).expect("a store's number")).collect();
    let mut watching = JoinSet::new();
    for store in bots.iter().cycle().take(usize::try_from(count).expect("a few thousand")) {
        let mut socket = connect(&shop.server.url(), Some(*store)).await.expect("the server takes the connection");
        watching.spawn(async move { while socket.next().await.is_some_and(|frame| frame.is_ok()) {} });
    }
    watching
}

/// A counter's value, which has no fraction.
fn whole(count: f64) -> u32 {
    count.to_string().parse().expect("a count of thousands")
}
