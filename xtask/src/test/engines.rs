//! The contract of log and store, and faults, on the real Kafka and the real database.

use anyhow::Result;
use xshell::cmd;

use super::Workbench;
use super::step::Verdict;
use crate::services::{self, Lent};
use crate::whole::WHOLE;

/// The tests that need a Kafka or a database, by a part of their names: they fail without one, so that nobody takes them
/// for passed, and the other unit tests run without them.
pub const ON_REAL_PARTS: [&str; 2] = ["on_kafka::", "mongodb::"];

/// The tests with real processes that are killed, frozen and cut off, in a target of their own.
pub const FAULT_TEST: &str = "faults";

/// Starts both services and runs what needs them.
pub fn contract(bench: &Workbench<'_>) -> Result<Verdict> {
    let lent = match Lent::new(bench.project) {
        Ok(lent) => lent,
        Err(missing) => return Ok(Verdict::CannotRun { cure: format!("{missing:#}") }),
    };
    let shell = &bench.shell;
    let _variables: Vec<_> = lent.variables().map(|(name, value)| shell.push_env(name, value)).collect();
    // They share two services and two cores: side by side they would wait for each other.
    let threads = "--test-threads=4";
    cmd!(shell, "cargo test {WHOLE...} -- {threads} {ON_REAL_PARTS...}").run()?;
    Ok(Verdict::PASSED)
}

/// Faults, each with services of its own.
pub fn faults(bench: &Workbench<'_>) -> Result<Verdict> {
    if let Err(missing) = services::can_start(bench.project) {
        return Ok(Verdict::CannotRun { cure: format!("{missing:#}") });
    }
    let (shell, xtask) = (&bench.shell, std::env::current_exe()?);
    cmd!(shell, "cargo test {WHOLE...} --test {FAULT_TEST} -- --test-threads=1").env("COMPTOIR_XTASK", xtask).run()?;
    Ok(Verdict::PASSED)
}
