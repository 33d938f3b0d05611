//! Whether memory stays what it is while receipts come for minutes on end.

use crate::figures::{Budget, Figure};
use crate::support::bots::{Bots, assert_clean};
use crate::support::house::House;
use std::time::Duration;

/// How long the bots may take to audit, beside the time that they sell.
const AUDIT: Duration = Duration::from_mins(10);

/// Sells for so many minutes, and tells each role's memory near the end beside that after a fifth of the time.
pub async fn measure(minutes: u32) -> Vec<Figure> {
    let (house, time) = (House::open("bench/memory", 1, 1).await, format!("{minutes}m"));
    let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--rate", "400", "--for", &time, "--seed", "1"];
    let bots = Bots::start(&house.webs[0].url(), &plan, &house.logs);
    let roles = [("web", &house.webs[0]), ("saver", &house.savers[0])];
    let memory = || roles.map(|(_, role)| vec![f64::from(role.process().memory())]);
    let fifth = Duration::from_mins(minutes.into()) / 5;
    tokio::time::sleep(fifth).await;
    let early = memory();
    tokio::time::sleep(fifth * 7 / 2).await;
    let late = memory();
    assert_clean(&bots.finish(fifth + AUDIT).await);
    let grown = roles.iter().zip(late.into_iter().zip(early)).map(|((name, _), (late, early))| {
        let name =
            format!("{name}: memory at 400 receipts/s near the end, MB, beside that after a fifth of {minutes} min");
        Figure::beside(&name, late, early, Some(Budget::AtMost(1.1)))
    });
    let most = roles.iter().map(|(name, role)| {
        let peak = vec![f64::from(role.process().peak_memory())];
        Figure::alone(&format!("{name}: most memory, MB"), peak, Some(Budget::AtMost(100.0)))
    });
    grown.chain(most).collect()
}
