//! Bytes by libFuzzer, which sees what parts of the program they reach.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::{Shell, cmd};

use super::{CORPORA, PROGRAMS, Target};

/// How long one input may take, in seconds. Most take microseconds.
const PATIENCE: u32 = 10;

/// How much memory a target may take, in megabytes.
const MEMORY: u32 = 1024;

/// What a run has at hand.
pub struct Bench<'a> {
    pub shell: &'a Shell,
    /// cargo-fuzz.
    pub program: PathBuf,
    /// Where programs and inputs are kept.
    pub folder: PathBuf,
}

impl Bench<'_> {
    /// Builds a target and runs it. New inputs that reach further are kept in the target folder, for the next run.
    pub fn fuzz(&self, Target { name, features }: &Target, seconds: u32) -> Result<()> {
        let (shell, program) = (self.shell, &self.program);
        let (kept, build) = (self.folder.join("corpus").join(name), self.folder.join("build"));
        shell.create_dir(&kept)?;
        let seeds = Path::new(CORPORA).join(name);
        let features = features.iter().flat_map(|feature| ["--features", feature]);
        // No sanitizer: they take a nightly compiler, and nothing here is unsafe.
        let how = ["--fuzz-dir", PROGRAMS, "--sanitizer", "none"];
        let limits = [
            format!("-max_total_time={seconds}"),
            format!("-timeout={PATIENCE}"),
            format!("-rss_limit_mb={MEMORY}"),
            "-print_final_stats=1".to_owned(),
        ];
        let run = cmd!(shell, "{program} fuzz run {how...} --target-dir {build} {features...}");
        run.args([name.as_ref(), kept.as_os_str(), seeds.as_os_str()]).arg("--").args(limits).run()?;
        Ok(())
    }
}
