//! One ignored test, run because somebody asked for it by its name.

use std::ffi::OsString;

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

/// Runs the test of that name in a target, compiled as `how` says, with these variables; whether it holds. What it has to say
/// it says itself. Cargo takes it for a success where there is no such test: that is looked for first.
///
/// # Errors
///
/// There is no such test, or the target does not compile.
pub fn run(shell: &Shell, how: &[&str], target: &[&str], test: &str, variables: &[(&str, OsString)]) -> Result<bool> {
    let only = ["--ignored", "--exact", test];
    let list = cmd!(shell, "cargo test --quiet {how...} {target...} -- {only...} --list").quiet().read()?;
    ensure!(is_listed(&list, test), "there is no ignored test {test} to run");
    let running = cmd!(shell, "cargo test --quiet {how...} {target...} -- {only...} --nocapture");
    Ok(running.envs(variables.iter().map(|(name, value)| (name, value))).quiet().run().is_ok())
}

/// Whether a list that Cargo gives names the test.
fn is_listed(list: &str, test: &str) -> bool {
    list.lines().any(|line| line.strip_suffix(": test") == Some(test))
}

#[cfg(test)]
mod tests {
    use super::is_listed;

    #[test]
    fn a_test_that_was_renamed_is_missed() {
        let list = "0 tests, 0 benchmarks\n\nsimulation::command::command: test\n\n1 test, 0 benchmarks\n";
        assert!(is_listed(list, "simulation::command::command"));
        assert!(!is_listed(list, "command") && !is_listed("0 tests, 0 benchmarks", "chaos"));
    }
}
