//! From 1,000 to 1,000,000 receipts that are kept already.

use super::CPU;
use crate::curves::{Curve, Point};
use crate::shop::Shop;

/// One run comes past all of them.
const KEPT: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// How many more are sold to see what they cost.
const SOLD: u32 = 8_000;

/// Sells more than a million and looks at what they cost on the way.
pub async fn measure() -> Vec<Curve> {
    let shop = Shop::with_demo("bench/growth/receipts").await;
    let last = KEPT.into_iter().max().unwrap_or_default();
    let all = (last + 2 * SOLD).to_string();
    let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--max", "--receipts", &all, "--restock"];
    let _bots = shop.bots(&plan);
    let (mut costs, mut memory) = (Vec::new(), Vec::new());
    for size in KEPT {
        costs.push(Point { size, cost: shop.cpu_per_thousand(size, SOLD).await });
        memory.push(Point { size, cost: shop.server.process().usage().memory().into() });
    }
    let curve = |cost: &str, points| Curve { cost: cost.to_owned(), along: "receipts kept already".to_owned(), points };
    vec![curve(CPU, costs), curve("the server's memory, MB", memory)]
}
