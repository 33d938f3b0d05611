//! `cargo xtask chaos`: real processes, bots and a till in a real browser, under kills, freezes and restarts of everything.

use std::ffi::OsString;
use std::hash::{BuildHasher, RandomState};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, value_parser};

use crate::project::Project;
use crate::whole::{self, WHOLE};
use crate::{browser, page, services, single};

/// The test that is the run, in the target of its name, and the variable by which it is asked.
const TEST: &str = "chaos";
const ASKED: &str = "COMPTOIR_CHAOS_RUN";

/// What to run.
#[derive(Args)]
pub struct Options {
    /// For how long; after the storm of each minute everything has to come back, and is audited.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = value_parser!(u32).range(1..=1_000))]
    minutes: u32,
    /// What decides what happens to whom and when; a new one where it is absent.
    #[arg(long)]
    seed: Option<u64>,
}

/// Runs it; fails where something was lost, counted twice or shown wrongly, or did not come back.
pub fn run(project: &Project, options: &Options) -> Result<ExitCode> {
    let shell = whole::shell(project)?;
    services::can_start(project)?;
    let chromium = browser::ready(&shell, &project.root().join("e2e"), true)?;
    page::build(project)?;
    let (minutes, seed) = (options.minutes, options.seed.unwrap_or_else(any_seed));
    println!("{minutes} min of seed {seed}");
    let variables: [(&str, OsString); 4] = [
        (ASKED, format!("{minutes} {seed}").into()),
        ("COMPTOIR_XTASK", std::env::current_exe()?.into()),
        ("COMPTOIR_CHROMIUM", chromium.into()),
        ("COMPTOIR_SITE", project.site().into()),
    ];
    let has_held = single::run(&shell, &WHOLE, &["--test", TEST], TEST, &variables)?;
    Ok(if has_held { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A seed that is short enough to be typed again.
fn any_seed() -> u64 {
    RandomState::new().hash_one(()) % 1_000_000
}
