//! `cargo xtask bench`: the budgets of the design, measured on this machine.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::project::Project;
use crate::tools;

/// Builds the program optimised and measures it; services are started by the measurements themselves, one of each.
pub fn run(project: &Project, passed: &[String]) -> Result<ExitCode> {
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--workspace", "--bench", "budgets", "--"]).args(passed);
    cargo.current_dir(project.root()).env("COMPTOIR_XTASK", std::env::current_exe()?);
    tools::hand_over(&mut cargo)
}
