//! Bytes by chance from the corpora, in the test that replays them: what a stable toolchain alone can do.

use std::path::PathBuf;

use anyhow::Result;
use xshell::{Shell, cmd};

use super::Target;
use crate::project::Project;
use crate::whole::{self, WHOLE};

/// The target of the test, the test, and the variables by which it is asked.
const PROGRAM: &str = "corpora";
const TEST: &str = "in_process::in_process";
const ASKED: &str = "COMPTOIR_FUZZ_RUN";
const KEPT: &str = "COMPTOIR_FUZZ_KEPT";

/// What a run has at hand.
pub struct Bench {
    shell: Shell,
    folder: PathBuf,
}

impl Bench {
    /// Compiles as tests are; inputs are kept in a folder.
    pub fn new(project: &Project, folder: PathBuf) -> Result<Self> {
        Ok(Self { shell: whole::shell(project)?, folder })
    }

    /// Runs a target for so long.
    pub fn fuzz(&self, Target { name, .. }: &Target, seconds: u32) -> Result<()> {
        let shell = &self.shell;
        let only = ["--ignored", "--exact", TEST, "--nocapture"];
        let run = cmd!(shell, "cargo test --quiet {WHOLE...} --test {PROGRAM} -- {only...}");
        run.env(ASKED, format!("{seconds} {name}")).env(KEPT, &self.folder).quiet().run()?;
        Ok(())
    }
}
