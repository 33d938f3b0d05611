//! Java and Maven, which run and fetch the services.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::Shell;

use crate::tools;

/// The programs, and the Debian package that brings each.
const PACKAGES: [(&str, &str); 3] =
    [("java", "default-jdk-headless"), ("javac", "default-jdk-headless"), ("mvn", "maven")];

/// Where the programs are.
pub struct Jdk {
    /// Runs.
    pub java: PathBuf,
    /// Compiles.
    pub javac: PathBuf,
    /// Fetches.
    pub maven: PathBuf,
}

/// Finds them; what is missing is installed where that can be done without asking.
pub fn find(shell: &Shell) -> Result<Jdk> {
    if tools::can_apt_install(shell) {
        for (program, package) in PACKAGES {
            if tools::find(program).is_none() {
                tools::apt_install(shell, package)?;
            }
        }
    }
    let [java, javac, maven] = PACKAGES.map(|(program, _)| tools::find(program).with_context(|| missing(program)));
    Ok(Jdk { java: java?, javac: javac?, maven: maven? })
}

fn missing(program: &str) -> String {
    format!(
        "`{program}` is missing: the services need a JDK 17 or later, and Maven (on Debian: apt-get install \
         default-jdk-headless maven; on macOS: brew install openjdk maven), or else a running Docker engine"
    )
}
