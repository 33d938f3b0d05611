//! Whether memory stays what it is while receipts come for minutes on end.

use crate::figures::{Budget, Figure};
use crate::support::bots::Bots;
use crate::support::house::House;
use crate::support::usage::Usage;
use std::time::{Duration, Instant};

/// Between two looks at how much memory there is.
const LOOK: Duration = Duration::from_secs(1);

/// The roles that are watched.
const ROLES: [&str; 2] = ["web", "saver"];

/// Sells for so many minutes as fast as web tier and saver can, and tells each role's memory in the last fifth of them beside
/// that in the second: of one look a second, the median and what lies around it.
pub async fn measure(minutes: u32) -> Vec<Figure> {
    let (house, time) = (House::open("bench/memory", 1, 1).await, format!("{minutes}m"));
    let plan = ["--stores", "5", "--registers", "4", "--sellers", "6", "--max", "--for", &time, "--restock"];
    let bots = Bots::start(&house.webs[0].url(), &plan, &house.logs);
    let processes = [&house.webs[0], &house.savers[0]].map(|role| role.process().usage());
    let fifth = Duration::from_mins(minutes.into()) / 5;
    tokio::time::sleep(fifth).await;
    let (start, before) = (Instant::now(), accepted(&house).await);
    let early = looks(processes, fifth).await;
    tokio::time::sleep(fifth * 2).await;
    let late = looks(processes, fifth).await;
    let rate = (accepted(&house).await - before) / start.elapsed().as_secs_f64();
    // Their audit would take longer than all that is measured. Nothing may be left behind all the same.
    drop(bots);
    all_is_saved(&house).await;
    let grown = ROLES.iter().zip(late.into_iter().zip(early)).map(|(name, (late, early))| {
        let name = format!("memory, {name} at full rate, MB, in the last fifth of {minutes} min; bare: in the second");
        Figure::beside(&name, late, early, Some(Budget::AtMost(1.1)))
    });
    let most = ROLES.iter().zip(processes).map(|(name, usage)| {
        let peak = vec![f64::from(usage.peak_memory())];
        Figure::alone(&format!("memory, {name}: most memory, MB"), peak, Some(Budget::AtMost(100.0)))
    });
    let rate = Figure::alone("memory, receipts/s meanwhile", vec![rate], None);
    grown.chain(most).chain([rate]).collect()
}

/// The memory of each process in MB, look by look for so long.
async fn looks(processes: [Usage; ROLES.len()], time: Duration) -> [Vec<f64>; ROLES.len()] {
    let (start, mut seen) = (Instant::now(), [const { Vec::new() }; ROLES.len()]);
    while start.elapsed() < time {
        seen.iter_mut().zip(processes).for_each(|(seen, usage)| seen.push(f64::from(usage.memory())));
        tokio::time::sleep(LOOK).await;
    }
    seen
}

async fn accepted(house: &House) -> f64 {
    house.webs[0].figure("comptoir_receipts_accepted_total").await
}

async fn all_is_saved(house: &House) {
    let (all, consumer) = (accepted(house).await, &house.savers[0]);
    let copies = async || consumer.figure("comptoir_duplicates_total").await;
    let saved = async || consumer.figure("comptoir_receipts_saved_total").await;
    consumer.until("everything is saved", async || saved().await + copies().await >= all).await;
}
