//! The whole way on the embedded engine: HTTP, log, ledger, saved.

use crate::bare_sqlite;
use crate::figures::{Budget, Figure};
use crate::shop::Shop;
use std::time::Duration;

const LIMIT: Duration = Duration::from_mins(5);

/// How many receipts are sold; and between which of them the server's CPU time is read, so that neither opening the stores nor
/// the bots' audit is in it.
const RECEIPTS: &str = "20000";
const WARM: u32 = 1_000;
const MEASURED: u32 = 18_000;

/// Sells as often as asked, each time on fresh data, with the bare insert of the same rows after each.
pub async fn measure(repeats: u32) -> Vec<Figure> {
    let (mut ours, mut bare, mut cpu, mut memory) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..repeats {
        let shop = Shop::with_demo("bench/embedded").await;
        let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--receipts", RECEIPTS, "--max"];
        let bots = shop.bots(&plan).finish(LIMIT);
        let (report, spent) = tokio::join!(bots, shop.cpu_per_thousand(WARM, MEASURED));
        ours.push(report["receipts_per_second"].as_f64().expect("a rate"));
        cpu.push(spent / 1000.0);
        memory.push(f64::from(shop.server.process().usage().peak_memory()));
        bare.push(bare_sqlite::insert_again(shop.close().path()));
    }
    let name = "embedded, HTTP to saved, receipts/s; bare: batched inserts of the same rows into SQLite";
    vec![
        Figure::beside(name, ours, bare, Some(Budget::AtLeast(0.5))),
        Figure::alone("embedded, server: CPU seconds for 1,000 receipts", cpu, None),
        Figure::alone("embedded, server: most memory, its audit included, MB", memory, None),
    ]
}
