//! From 1 to 100,000 products in the catalogue and in each store's stock.

use super::CPU;
use crate::curves::{Curve, Point};
use crate::shop::Shop;
use reqwest::Method;
use serde_json::json;

const PRODUCTS: [u32; 6] = [1, 10, 100, 1_000, 10_000, 100_000];

/// How many go into one request.
const AT_ONCE: u32 = 5_000;

/// How many receipts are sold to warm up, and to see what they cost.
const WARM: u32 = 2_000;
const SOLD: u32 = 12_000;

/// As many receipts out of more and more products, of which few sell often and most seldom.
pub async fn measure() -> Curve {
    let mut points = Vec::new();
    for size in PRODUCTS {
        let shop = Shop::empty("bench/growth/products").await;
        import(&shop, size).await;
        let all = (WARM + 2 * SOLD).to_string();
        let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--max", "--receipts", &all];
        let _bots = shop.bots(&plan);
        points.push(Point { size, cost: shop.cpu_per_thousand(WARM, SOLD).await });
    }
    Curve { cost: CPU.to_owned(), along: "products".to_owned(), points }
}

async fn import(shop: &Shop, count: u32) {
    for first in (0..count).step_by(usize::try_from(AT_ONCE).expect("a few thousand")) {
        let product = |no: u32| {
            let price = 50 + no % 2_000;
            json!({ "sku": format!("P-{no:06}"), "name": format!("Product {no}"), "category": "Growth", "price": price, "tax": 550 })
        };
        let products = (first..count.min(first + AT_ONCE)).map(product).collect();
        let reply = shop.server.ask(Method::PUT, "products", Some(products)).await;
        assert!(reply.status().is_success(), "{reply:?}");
    }
}
