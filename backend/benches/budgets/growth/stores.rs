//! From 1 to 1,000 stores.

use super::CPU;
use crate::curves::{Curve, Point};
use crate::shop::Shop;

const STORES: [u32; 4] = [1, 10, 100, 1_000];

/// How many receipts are sold to warm up, so that every store has sold, and how many to see what they cost.
const WARM: u32 = 4_000;
const SOLD: u32 = 12_000;

/// As many receipts in more and more stores, each with stock of its own.
pub async fn measure() -> Curve {
    let mut points = Vec::new();
    for size in STORES {
        let shop = Shop::with_demo("bench/growth/stores").await;
        let (stores, all) = (size.to_string(), (WARM + 2 * SOLD).to_string());
        // As many tills wherever there are few stores: it is the stores that grow.
        let registers = (20 / size).max(1).to_string();
        let plan = ["--stores", &stores, "--registers", &registers, "--sellers", "1", "--max", "--receipts", &all];
        let _bots = shop.bots(&plan);
        points.push(Point { size, cost: shop.cpu_per_thousand(WARM, SOLD).await });
    }
    Curve { cost: CPU.to_owned(), along: "stores".to_owned(), points }
}
