//! What processes take while receipts are saved: CPU time for so many of them, and the most memory.

use crate::figures::{Budget, Figure};
use crate::support::house::House;
use crate::support::role::Role;
use crate::support::usage::Usage;
use std::time::{Duration, Instant};

/// How long so many receipts may take.
const LIMIT: Duration = Duration::from_mins(20);

/// Between two looks at how far a house is, whose saver has to answer them. How many are saved is read with the CPU time, so
/// that none is counted to another stretch.
const LOOK: Duration = Duration::from_millis(250);

/// The CPU seconds that 1,000 receipts take of each process, measured from when `first` are saved until `more` are besides;
/// whoever saves tells, and is asked that often. So neither opening stores nor an audit is counted.
pub async fn per_thousand<const N: usize>(
    (saver, look): (&Role, Duration),
    processes: [Usage; N],
    first: f64,
    more: f64,
) -> [f64; N] {
    let (start, before) = when_saved((saver, look), processes, first).await;
    let (end, after) = when_saved((saver, look), processes, first + more).await;
    let thousands = (end - start) / 1000.0;
    std::array::from_fn(|place| after[place].saturating_sub(before[place]).as_secs_f64() / thousands)
}

/// How many are saved once at least `count` are, and the CPU time that each process has used until then.
async fn when_saved<const N: usize>(
    (saver, look): (&Role, Duration),
    processes: [Usage; N],
    count: f64,
) -> (f64, [Duration; N]) {
    let start = Instant::now();
    loop {
        let there = saver.figure("comptoir_receipts_saved_total").await;
        if there >= count {
            return (there, processes.map(Usage::cpu_time));
        }
        assert!(start.elapsed() < LIMIT, "{count} receipts are saved: there are {there}");
        tokio::time::sleep(look).await;
    }
}

/// How many processes a house has with one of each role: web tier, saver, Kafka, database.
const HOUSE: usize = 4;

/// What each process of a house takes, time after time.
pub struct Costs<'a> {
    saver: &'a Role,
    processes: [(&'static str, Usage, Option<Budget>); HOUSE],
    spent: [Vec<f64>; HOUSE],
}

impl<'a> Costs<'a> {
    /// Of a house with one web tier and one saver, whose memory has a budget in MB where it is named.
    pub fn of(house: &'a House, memory: Option<f64>) -> Self {
        let (web, saver) = (&house.webs[0], &house.savers[0]);
        let budget = memory.map(Budget::AtMost);
        let processes = [
            ("web", web.process().usage(), budget),
            ("saver", saver.process().usage(), budget),
            ("Kafka", house.kafka.usage(), None),
            ("database", house.mongodb.usage(), None),
        ];
        Self { saver, processes, spent: Default::default() }
    }

    /// How many receipts are saved so far.
    pub async fn saved(&self) -> f64 {
        self.saver.figure("comptoir_receipts_saved_total").await
    }

    /// Measures from when `first` are saved until `more` are besides.
    pub async fn watch(&mut self, first: f64, more: f64) {
        let processes = self.processes.map(|(_, usage, _)| usage);
        let measured = per_thousand((self.saver, LOOK), processes, first, more).await;
        self.spent.iter_mut().zip(measured).for_each(|(spent, once)| spent.push(once));
    }

    /// All of it, for a row.
    pub fn figures(self, row: &str) -> impl Iterator<Item = Figure> {
        self.processes.into_iter().zip(self.spent).flat_map(move |((name, usage, budget), spent)| {
            let most = vec![f64::from(usage.peak_memory())];
            [
                Figure::alone(&format!("{row}, {name}: CPU seconds for 1,000 receipts"), spent, None),
                Figure::alone(&format!("{row}, {name}: most memory, MB"), most, budget),
            ]
        })
    }
}
