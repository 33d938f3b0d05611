//! `cargo xtask test`: every check, in order, with nothing skipped in silence.

mod browser;
mod demo;
mod deny;
mod engines;
mod rust;
mod step;
mod summary;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::{Args, ValueEnum};
use step::{Step, Verdict};
use summary::{Line, Outcome, Summary};
use xshell::Shell;

use crate::project::Project;
use crate::whole;

/// What to check, and how far to go for it.
#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Options {
    /// Only this step; may be given several times.
    #[arg(long, value_name = "STEP")]
    only: Vec<Step>,
    /// List the steps and stop.
    #[arg(long)]
    list: bool,
    /// Go on after a failure.
    #[arg(long)]
    keep_going: bool,
    /// Succeed even if a step could not be run for want of a tool; never under CI.
    #[arg(long)]
    allow_missing: bool,
    /// Use only the tools that are here: install no cargo-deny, Chromium or npm package.
    #[arg(long)]
    no_fetch: bool,
}

/// What a step has at hand.
pub struct Workbench<'a> {
    /// The checkout.
    pub project: &'a Project,
    /// A shell in its root, whose Cargo lints.
    pub shell: Shell,
    /// Whether missing tools may be fetched.
    pub fetch: bool,
}

/// Runs the steps and prints what became of them.
pub fn run(project: &Project, options: &Options) -> Result<ExitCode> {
    if options.list {
        for step in Step::value_variants() {
            println!("{:<8} {}", step.name(), step.about());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let bench = Workbench { project, shell: whole::shell(project)?, fetch: !options.no_fetch };
    let strict = is_ci(std::env::var("CI").ok().as_deref());
    let mut summary = Summary::new(options.allow_missing && !strict);
    for &step in Step::value_variants().iter().filter(|step| options.chooses(**step)) {
        if summary.has_failed() && !options.keep_going {
            summary.add(Line::not_reached(step.name()));
        } else {
            summary.add(perform(step, &bench, strict));
        }
    }
    print!("{summary}");
    Ok(if summary.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Options {
    fn chooses(&self, step: Step) -> bool {
        self.only.is_empty() || self.only.contains(&step)
    }
}

/// Runs one step; where everything is expected to be there (`strict`), a missing tool is a failure.
fn perform(step: Step, bench: &Workbench<'_>, strict: bool) -> Line {
    println!("\n━━ {}: {} ━━", step.name(), step.about());
    let start = Instant::now();
    let outcome = outcome(step.run(bench), strict);
    let line = Line::new(step.name(), outcome, start.elapsed());
    println!("{line}");
    line
}

fn outcome(verdict: Result<Verdict>, strict: bool) -> Outcome {
    match verdict {
        Ok(Verdict::Passed { remark }) => Outcome::Passed { remark },
        Ok(Verdict::CannotRun { cure }) if strict => Outcome::Failed { why: cure },
        Ok(Verdict::CannotRun { cure }) => Outcome::NotRun { cure },
        Err(error) => Outcome::Failed { why: format!("{error:#}") },
    }
}

/// Whether the environment's `CI` says that this is a build server.
fn is_ci(variable: Option<&str>) -> bool {
    !matches!(variable, None | Some("" | "0" | "false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_run_is_told_and_on_a_build_server_fails() {
        let verdict = || Ok(Verdict::CannotRun { cure: "install Java".to_owned() });
        assert!(matches!(outcome(verdict(), false), Outcome::NotRun { cure } if cure == "install Java"));
        assert!(matches!(outcome(verdict(), true), Outcome::Failed { why } if why == "install Java"));
        for strict in [false, true] {
            assert!(matches!(outcome(Ok(Verdict::PASSED), strict), Outcome::Passed { remark: None }));
            assert!(matches!(outcome(Err(anyhow::anyhow!("no")), strict), Outcome::Failed { why } if why == "no"));
        }
    }

    #[test]
    fn a_build_server_says_so() {
        assert!(is_ci(Some("true")) && is_ci(Some("1")));
        assert!(!is_ci(None) && !is_ci(Some("")) && !is_ci(Some("false")));
    }
}
