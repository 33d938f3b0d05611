//! Builds the server.

mod needs;

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::project::Project;
use crate::tools;

/// How much the compiler optimises the server.
#[derive(Clone, Copy)]
pub enum Profile {
    /// Quick to build.
    Dev,
    /// Quick to run.
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// Says in one sentence which programs are missing that building the server takes, and how to install them.
///
/// Asked before the first build: Cargo would say so after minutes, in pages of a build script's output.
pub fn check(features: &[String]) -> Result<()> {
    needs::check(features, |name| std::env::var(name).ok(), |program| tools::find(program).is_some())
}

/// Builds the server by itself, as it is shipped, and says where it is.
pub fn build(project: &Project, profile: Profile, features: &[String]) -> Result<PathBuf> {
    let shell = project.shell()?;
    let release = matches!(profile, Profile::Release).then_some("--release");
    let features = features.iter().flat_map(|feature| ["--features", feature]);
    cmd!(shell, "cargo build --package comptoir {release...} {features...}").run()?;
    Ok(program(project, profile))
}

/// Where Cargo puts the server.
pub fn program(project: &Project, profile: Profile) -> PathBuf {
    let name = format!("comptoir{EXE_SUFFIX}");
    project.target().join(profile.folder()).join(name)
}
