//! The steps that Cargo runs by itself.

use anyhow::Result;
use xshell::{Shell, cmd};

use super::engines::{FAULT_TEST, ON_REAL_PARTS};
use super::step::Verdict;
use crate::tools::{WASM_TARGET, ensure_wasm_target};
use crate::whole::{self, WHOLE};

/// The test with real processes that are killed. Its manifest says `test = false`, so that it runs only by its name:
/// not among the unit tests, but neither among `--all-targets`.
const KILL_TEST: &str = "kill";

/// The code is formatted.
pub fn format(shell: &Shell) -> Result<Verdict> {
    cmd!(shell, "cargo fmt --all --check").run()?;
    Ok(Verdict::PASSED)
}

/// No lint, in any target, nor in what only the browser compiles; the shell's compiler lints, and everything that the
/// other steps run is compiled.
pub fn clippy(shell: &Shell) -> Result<Verdict> {
    ensure_wasm_target(shell)?;
    whole::check(shell)?;
    cmd!(shell, "cargo test {WHOLE...} --no-run").run()?;
    let by_name = ["--test", KILL_TEST, "--test", FAULT_TEST];
    cmd!(shell, "cargo test {WHOLE...} {by_name...} --benches --no-run").run()?;
    // Programs that no test starts are compiled for tests alone above.
    cmd!(shell, "cargo check --package xtask").run()?;
    cmd!(shell, "cargo check --package comptoir-frontend --target {WASM_TARGET}").run()?;
    Ok(Verdict::PASSED)
}

/// Every test that needs no process beside it.
pub fn unit(shell: &Shell) -> Result<Verdict> {
    let others: Vec<_> = ON_REAL_PARTS.into_iter().flat_map(|name| ["--skip", name]).collect();
    cmd!(shell, "cargo test {WHOLE...} -- {others...}").run()?;
    Ok(Verdict::PASSED)
}

/// Servers killed in mid-flow.
pub fn kill(shell: &Shell) -> Result<Verdict> {
    cmd!(shell, "cargo test {WHOLE...} --test {KILL_TEST}").run()?;
    Ok(Verdict::PASSED)
}

/// Builds the server as a part of the test that kills it: a plain build would leave the features of what only tests
/// depend on out, and so compile much of it again.
pub fn build_server(shell: &Shell) -> Result<()> {
    cmd!(shell, "cargo test {WHOLE...} --test {KILL_TEST} --no-run").run()?;
    Ok(())
}
