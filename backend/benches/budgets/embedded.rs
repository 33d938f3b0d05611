//! The whole way on the embedded engine: HTTP, log, ledger, saved.

use crate::bare_sqlite;
use crate::figures::{Budget, Figure};
use crate::support::bots::Bots;
use crate::support::process;
use crate::support::server::Server;
use std::time::Duration;

const LIMIT: Duration = Duration::from_mins(5);

/// Sells as often as asked, each time on fresh data, with the bare insert of the same rows after each.
pub async fn measure(repeats: u32) -> Vec<Figure> {
    let logs = process::logs("bench/embedded");
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..repeats {
        let data = tempfile::tempdir().expect("a folder for data can be made");
        let server = Server::start(data.path(), &logs).await;
        let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--receipts", "20000", "--max"];
        let report = Bots::start(&server.url(), &plan, &logs).finish(LIMIT).await;
        drop(server);
        ours.push(report["receipts_per_second"].as_f64().expect("a rate"));
        bare.push(bare_sqlite::insert_again(data.path()));
    }
    let name = "embedded, HTTP to saved, receipts/s; bare: batched inserts of the same rows into SQLite";
    vec![Figure::beside(name, ours, bare, Some(Budget::AtLeast(0.5)))]
}
