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
    /// As it is shipped, but for the optimiser's work: built in half the time.
    Plain,
    /// Quick to run.
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Plain => "plain",
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
    let how: &[&str] = match profile {
        Profile::Dev => &[],
        Profile::Plain => &["--profile", "plain"],
        Profile::Release => &["--release"],
    };
    let features = features.iter().flat_map(|feature| ["--features", feature]);
    cmd!(shell, "cargo build --package comptoir {how...} {features...}").run()?;
    Ok(program(project, profile))
}

/// Where Cargo puts the server.
pub fn program(project: &Project, profile: Profile) -> PathBuf {
    let name = format!("comptoir{EXE_SUFFIX}");
    project.target().join(profile.folder()).join(name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser as _;

    use super::*;
    use crate::{Cli, Task};

    const DOCKERFILE: &str = include_str!("../../Dockerfile");

    /// The words of each command, without what joins it to others.
    fn commands() -> impl Iterator<Item = Vec<&'static str>> {
        let is_word = |word: &&str| !["\\", "&&", "RUN"].contains(word);
        DOCKERFILE.lines().map(move |line| line.split_whitespace().filter(is_word).collect())
    }

    #[test]
    fn the_image_is_built_by_a_command_that_there_is() {
        let build = commands().find(|words| words.starts_with(&["cargo", "xtask"])).unwrap();
        let task = Cli::try_parse_from(&build[1..]).unwrap().task;
        let Task::Build { release: true, features } = task else { panic!("{build:?}") };
        let manifest = include_str!("../../backend/Cargo.toml");
        assert!(features.iter().all(|feature| manifest.contains(&format!("\n{feature} = ["))), "{features:?}");
    }

    #[test]
    fn the_image_holds_what_was_built_where_it_looks_for_it() {
        let project = Project::find().unwrap();
        let built = [program(&project, Profile::Release), project.site()];
        let built = built.map(|path| Path::new("target").join(path.strip_prefix(project.target()).unwrap()));
        let copied: Vec<_> = commands().filter(|words| words.starts_with(&["COPY", "--from=build"])).collect();
        assert_eq!(copied.len(), built.len());
        for words in &copied {
            let made = commands().find(|other| other.last() == Some(&words[2]) && other != words).unwrap();
            let source = Path::new(made[made.len() - 2]);
            assert!(built.iter().any(|path| path == source), "{made:?} copies none of {built:?}");
        }
        let site = copied.iter().find(|words| words[2].ends_with("site")).unwrap()[3];
        assert!(DOCKERFILE.contains(&format!("COMPTOIR_SITE={site} ")), "{site}");
    }
}
