//! The process of a service: what `up` starts, and what a test starts, kills and starts again.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Everything that is needed to start it. It carries no environment of its own today; the form leaves room for one.
pub struct Launch {
    pub program: PathBuf,
    pub arguments: Vec<String>,
    pub directory: PathBuf,
}

impl Launch {
    /// As `cargo xtask services command` prints it.
    pub fn to_json(&self) -> Value {
        json!({
            "program": self.program,
            "arguments": self.arguments,
            "environment": {},
            "directory": self.directory,
        })
    }

    /// Starts it so that it outlives this process, in a group of its own that Ctrl-C in this terminal does not reach.
    pub fn start(&self, log: &Path) -> Result<Child> {
        let file = OpenOptions::new().create(true).append(true).open(log);
        let file = file.with_context(|| format!("opening {}", log.display()))?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.directory);
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        own_group(&mut command);
        command.spawn().with_context(|| format!("starting {}", self.program.display()))
    }
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// Runs a program to its end; what it says is shown only where it fails.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("starting {name}"))?;
    let said = [output.stdout, output.stderr].concat();
    anyhow::ensure!(output.status.success(), "{name} has failed:\n{}", String::from_utf8_lossy(&said).trim_end());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_reads_all_that_it_needs() {
        let launch = Launch {
            program: PathBuf::from("/usr/bin/java"),
            arguments: vec!["-version".to_owned()],
            directory: PathBuf::from("/tmp"),
        };
        assert_eq!(
            launch.to_json().to_string(),
            r#"{"arguments":["-version"],"directory":"/tmp","environment":{},"program":"/usr/bin/java"}"#
        );
    }
}
