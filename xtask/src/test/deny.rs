//! The dependencies' licences, sources and known vulnerabilities, by cargo-deny.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::cmd;

use super::Workbench;
use super::step::Verdict;
use crate::tools::find;

/// The version that is installed when there is none.
const VERSION: &str = "0.20.2";

/// Checks them; the vulnerabilities only when the database of advisories can be reached, which the verdict tells.
pub fn check(bench: &Workbench<'_>) -> Result<Verdict> {
    let Some(program) = program(bench) else {
        let cure = format!("cargo-deny is missing: cargo install --locked cargo-deny --version {VERSION}");
        return Ok(Verdict::CannotRun { cure });
    };
    let shell = &bench.shell;
    cmd!(shell, "{program} --workspace check --hide-inclusion-graph bans licenses sources").run()?;
    if cmd!(shell, "{program} --workspace fetch db").run().is_err() {
        let remark = "ADVISORIES NOT CHECKED: the database of advisories could not be fetched".to_owned();
        return Ok(Verdict::Passed { remark: Some(remark) });
    }
    cmd!(shell, "{program} --workspace --offline check --hide-inclusion-graph advisories").run()?;
    Ok(Verdict::PASSED)
}

/// cargo-deny: the person's own, or the one that an earlier run installed, or else a freshly installed one.
fn program(bench: &Workbench<'_>) -> Option<PathBuf> {
    let tools = bench.project.target().join("tools");
    let ours = tools.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    find("cargo-deny").or_else(|| {
        let there = ours.exists() || (bench.fetch && install(bench, &tools).is_ok());
        there.then_some(ours)
    })
}

/// Installs cargo-deny into `root`, unoptimised: that compiles in one minute rather than many, and it runs for seconds.
fn install(bench: &Workbench<'_>, root: &Path) -> Result<()> {
    let shell = &bench.shell;
    let build = root.join("build");
    cmd!(shell, "cargo install --locked --debug --root {root} --target-dir {build} cargo-deny --version {VERSION}")
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .run()?;
    shell.remove_path(build)?;
    Ok(())
}
