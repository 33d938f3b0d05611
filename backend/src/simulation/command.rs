//! `cargo xtask simulate`: many seeds at once, one seed with its trace, or every deliberate bug in turn. It runs as an ignored
//! test, so that the simulation and the bugs are in no program that anybody installs.

use super::catches::due;
use super::{Report, run};
use shared::mutant::Mutant;
use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What is asked for, in words: `seeds 1 2000`, `seed 17` or `mutants 500`.
const ASKED: &str = "COMPTOIR_SIMULATE";

#[test]
#[ignore = "cargo xtask simulate runs it"]
fn command() {
    let asked = std::env::var(ASKED).unwrap_or_else(|_| "seeds 1 300".to_owned());
    let words: Vec<_> = asked.split_whitespace().collect();
    let number = |place: usize| words[place].parse::<u64>().unwrap();
    let outcome = match words[0] {
        "seeds" => seeds(number(1)..=number(2)),
        "seed" => replay(number(1)),
        "mutants" => mutants(number(1)),
        other => panic!("{ASKED} asks for {other:?}"),
    };
    if outcome != ExitCode::SUCCESS {
        std::process::exit(1);
    }
}

fn seeds(seeds: RangeInclusive<u64>) -> ExitCode {
    let began = Instant::now();
    let (count, receipts) = (seeds.clone().count(), AtomicU64::new(0));
    let found = first(seeds, |seed| {
        let report = run(seed, false);
        receipts.fetch_add(report.receipts as u64, Ordering::Relaxed);
        report
    });
    let took = began.elapsed();
    match found {
        None => {
            let (rate, receipts) = (per_second(count, took), receipts.into_inner());
            println!("{count} seeds with {receipts} receipts in {took:.1?}, {rate} runs a second: everything held");
            ExitCode::SUCCESS
        }
        Some(report) => {
            tell(&report);
            ExitCode::FAILURE
        }
    }
}

fn replay(seed: u64) -> ExitCode {
    let report = run(seed, true);
    println!("fingerprint {:016x}", report.fingerprint);
    if report.violation.is_none() {
        println!("seed {seed}: everything held");
        return ExitCode::SUCCESS;
    }
    tell(&report);
    ExitCode::FAILURE
}

fn tell(report: &Report) {
    let Some(violation) = &report.violation else { return };
    println!("seed {} violates {violation}", report.seed);
    println!("replay it: cargo xtask simulate --seed {}", report.seed);
}

/// Each bug has to be caught by one of the first seeds, and by an invariant that says what is wrong with it.
fn mutants(within: u64) -> ExitCode {
    let (all_began, mut survivors) = (Instant::now(), 0);
    for mutant in Mutant::ALL {
        let began = Instant::now();
        let found = first(1..=within, |seed| {
            Mutant::switch_on(Some(mutant));
            let report = run(seed, false);
            Mutant::switch_on(None);
            report
        });
        let name = format!("{mutant:?}");
        if let Some((seed, violation)) = found.and_then(|report| Some((report.seed, report.violation?))) {
            let (millis, due) = (began.elapsed().as_millis(), due(mutant));
            println!("{name:<24} caught by seed {seed:<4} {:?} ({millis} ms)", violation.invariant);
            if !due.contains(&violation.invariant) {
                survivors += 1;
                println!("{name:<24} WRONGLY, {due:?} is due: {}", violation.detail);
            }
        } else {
            survivors += 1;
            println!("{name:<24} SURVIVED {within} seeds");
        }
    }
    let (count, took) = (Mutant::ALL.len(), all_began.elapsed());
    println!("{} of {count} bugs caught in {took:.1?}", count - survivors);
    if survivors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs seeds on every core until one violates something: the lowest one that does.
fn first(seeds: RangeInclusive<u64>, run: impl Fn(u64) -> Report + Sync) -> Option<Report> {
    let (next, last) = (AtomicU64::new(*seeds.start()), *seeds.end());
    let found = Mutex::new(None::<Report>);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            let is_beaten = found.lock().unwrap().as_ref().is_some_and(|found| found.seed < seed);
            if seed > last || is_beaten {
                return;
            }
            let report = run(seed);
            let mut found = found.lock().unwrap();
            if report.violation.is_some() && found.as_ref().is_none_or(|found| seed < found.seed) {
                *found = Some(report);
            }
        }
    };
    std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        (0..cores).for_each(|_| drop(scope.spawn(work)));
    });
    found.into_inner().unwrap()
}

fn per_second(count: usize, took: Duration) -> u128 {
    count as u128 * 1000 / took.as_millis().max(1)
}
