//! `cargo xtask bench`: the budgets of the design, measured on this machine.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::project::Project;
use crate::{browser, page, tools};

/// The row that takes a browser and pages.
const TILL: &str = "till";

/// Builds the program optimised and measures it; services are started by the measurements themselves, one of each.
pub fn run(project: &Project, passed: &[String]) -> Result<ExitCode> {
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--workspace", "--bench", "budgets", "--"]).args(passed);
    cargo.current_dir(project.root()).env("COMPTOIR_XTASK", std::env::current_exe()?);
    if measures(passed, TILL) {
        cargo.env("COMPTOIR_CHROMIUM", browser::ready(&project.shell()?, &project.root().join("e2e"), true)?);
        page::build(project)?;
        cargo.env("COMPTOIR_SITE", project.site()).env("COMPTOIR_BENCH_EMPTY", page::build_empty(project)?);
    }
    tools::hand_over(&mut cargo)
}

/// Whether a row is among those that are to be measured: it is named, or none is.
fn measures(passed: &[String], row: &str) -> bool {
    let has = |word: &str| passed.iter().any(|passed| passed == word);
    let apart = passed.windows(2).filter(|pair| pair[0] == "--only").map(|pair| pair[1].as_str());
    let mut named = apart.chain(passed.iter().filter_map(|word| word.strip_prefix("--only="))).peekable();
    !has("--help") && !has("-h") && (named.peek().is_none() || named.any(|name| name == row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_measured_where_it_is_named_or_none_is() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for passed in ["--only drained --only till --json", "--repeats 5 --only=till", "--json", "--all --json"] {
            assert!(measures(&words(passed), TILL), "{passed}");
        }
        for passed in ["--only drained", "--only=drained --json", "--help"] {
            assert!(!measures(&words(passed), TILL), "{passed}");
        }
    }
}
