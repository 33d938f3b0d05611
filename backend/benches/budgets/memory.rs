//! Whether memory stays what it is while receipts come for minutes on end.

use crate::figures::{Budget, Figure};
use crate::support::bots::Bots;
use crate::support::house::House;
use std::time::Duration;

/// Sells for so many minutes as fast as web tier and saver can, and tells each role's memory near the end beside that after a fifth of the time.
pub async fn measure(minutes: u32) -> Vec<Figure> {
    let (house, time) = (House::open("bench/memory", 1, 1).await, format!("{minutes}m"));
    let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--max", "--for", &time, "--restock"];
    let bots = Bots::start(&house.webs[0].url(), &plan, &house.logs);
    let roles = [("web", &house.webs[0]), ("saver", &house.savers[0])];
    let memory = || roles.map(|(_, role)| vec![f64::from(role.process().memory())]);
    let fifth = Duration::from_mins(minutes.into()) / 5;
    tokio::time::sleep(fifth).await;
    let early = memory();
    tokio::time::sleep(fifth * 7 / 2).await;
    let sold_for = fifth * 9 / 2;
    let late = memory();
    // Their audit would take longer than all that is measured. Nothing may be left behind all the same.
    drop(bots);
    let accepted = house.webs[0].figure("comptoir_receipts_accepted_total").await;
    let consumer = &house.savers[0];
    let copies = async || consumer.figure("comptoir_duplicates_total").await;
    let saved = async || consumer.figure("comptoir_receipts_saved_total").await;
    consumer.until("everything is saved", async || saved().await + copies().await >= accepted).await;
    let grown = roles.iter().zip(late.into_iter().zip(early)).map(|((name, _), (late, early))| {
        let name = format!("{name}: memory at full rate near the end, MB, beside that after a fifth of {minutes} min");
        Figure::beside(&name, late, early, Some(Budget::AtMost(1.1)))
    });
    let most = roles.iter().map(|(name, role)| {
        let peak = vec![f64::from(role.process().peak_memory())];
        Figure::alone(&format!("{name}: most memory, MB"), peak, Some(Budget::AtMost(100.0)))
    });
    let rate = Figure::alone("receipts/s meanwhile", vec![accepted / sold_for.as_secs_f64()], None);
    grown.chain(most).chain([rate]).collect()
}
