//! Bytes by chance from the corpora, in the test that replays them: what a stable toolchain alone can do.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use xshell::Shell;

use super::Target;
use crate::project::Project;
use crate::single;
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
        let variables = [(ASKED, format!("{seconds} {name}").into()), (KEPT, self.folder.clone().into_os_string())];
        ensure!(single::run(&self.shell, &WHOLE, &["--test", PROGRAM], TEST, &variables)?, "something does not hold");
        Ok(())
    }
}
