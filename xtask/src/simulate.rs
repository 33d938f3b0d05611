//! `cargo xtask simulate`: the real ledger, savers, intake, hub and outbox in a world that one seed decides.

use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Result, ensure};
use clap::Args;
use xshell::Shell;

use crate::project::Project;
use crate::single;
use crate::whole::WHOLE;

/// The test that is the simulation's command line, and the variable by which it is asked.
const COMMAND: &str = "simulation::command::command";
const ASKED: &str = "COMPTOIR_SIMULATE";

/// Within how many seeds each deliberate bug has to be caught.
const WITHIN: u64 = 500;

/// The seeds that a test run takes.
const IN_TESTS: Seeds = Seeds { first: 1, last: 300 };

/// What to run.
#[derive(Args)]
pub struct Options {
    /// The first and the last seed.
    #[arg(long, default_value = "1..2000", value_name = "FIRST..LAST")]
    seeds: Seeds,
    /// Replay one seed and print everything that happens in it.
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
    /// Put every deliberate bug into the program in turn, and fail if one is not caught within 500 seeds.
    #[arg(long, conflicts_with_all = ["seeds", "seed"])]
    mutants: bool,
}

/// A range of seeds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seeds {
    first: u64,
    last: u64,
}

impl FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no range of seeds such as 1..2000");
        let (first, last) = text.split_once("..").ok_or_else(wrong)?;
        let seeds = first.parse().ok().zip(last.parse().ok());
        seeds.map(|(first, last)| Self { first, last }).filter(|it| it.first <= it.last).ok_or_else(wrong)
    }
}

/// Does what was asked for; the simulation itself says what came of it.
pub fn run(project: &Project, options: &Options) -> Result<ExitCode> {
    let simulation = Simulation { shell: &project.shell()?, build: Build::Optimised };
    let has_held = match options.seed {
        Some(seed) => simulation.ask(&format!("seed {seed}")),
        None if options.mutants => simulation.mutants(),
        None => simulation.seeds(options.seeds),
    }?;
    Ok(if has_held { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a test run wants to know: some seeds hold, and the worlds are not too kind.
pub fn check(shell: &Shell) -> Result<()> {
    let simulation = Simulation { shell, build: Build::OfTheTests };
    ensure!(simulation.seeds(IN_TESTS)?, "a seed of the simulation violates an invariant");
    ensure!(simulation.mutants()?, "a deliberate bug is not caught as it has to be");
    Ok(())
}

/// How the simulation is compiled.
#[derive(Clone, Copy)]
enum Build {
    /// Many times as fast, for who runs thousands of seeds; compiling takes minutes the first time, unless the bench has.
    Optimised,
    /// As the unit tests are, which are compiled already.
    OfTheTests,
}

/// The simulation, ready to be asked. It is a part of the server's tests, so that it is in no program that anybody installs.
struct Simulation<'a> {
    shell: &'a Shell,
    build: Build,
}

impl Simulation<'_> {
    /// Runs a range of seeds; `false` where one of them violates an invariant.
    fn seeds(&self, seeds: Seeds) -> Result<bool> {
        self.ask(&format!("seeds {} {}", seeds.first, seeds.last))
    }

    /// Puts every deliberate bug into the program in turn; `false` where one of them is not caught as it has to be.
    fn mutants(&self) -> Result<bool> {
        self.ask(&format!("mutants {WITHIN}"))
    }

    fn ask(&self, words: &str) -> Result<bool> {
        let how: &[&str] = match self.build {
            Build::Optimised => &["--workspace", "--release"],
            Build::OfTheTests => &WHOLE,
        };
        single::run(self.shell, how, &["--lib"], COMMAND, &[(ASKED, words.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::Seeds;

    #[test]
    fn a_range_has_two_ends_in_order() {
        assert_eq!("3..17".parse(), Ok(Seeds { first: 3, last: 17 }));
        for wrong in ["", "3", "..", "3..", "17..3", "a..b"] {
            assert!(wrong.parse::<Seeds>().is_err(), "{wrong}");
        }
    }
}
