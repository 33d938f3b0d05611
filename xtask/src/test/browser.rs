//! The scenarios in a real browser: Playwright drives the distribution's Chromium against a real server.

use anyhow::Result;
use xshell::cmd;

use super::step::Verdict;
use super::{Workbench, rust};
use crate::server::{Profile, program};
use crate::{browser, page};

/// Fetches what is missing, builds page and server, and plays the scenarios.
pub fn check(bench: &Workbench<'_>) -> Result<Verdict> {
    let folder = bench.project.root().join("e2e");
    let chromium = match browser::ready(&bench.shell, &folder, bench.fetch) {
        Ok(chromium) => chromium,
        Err(missing) => return Ok(Verdict::CannotRun { cure: format!("{missing:#}") }),
    };
    page::build(bench.project)?;
    let shell = &bench.shell;
    rust::build_server(shell)?;
    let _in_folder = shell.push_dir(&folder);
    cmd!(shell, "npm run --silent check").run()?;
    cmd!(shell, "npm run --silent test")
        .env("COMPTOIR_CHROMIUM", chromium)
        .env("COMPTOIR_PROGRAM", program(bench.project, Profile::Dev))
        .env("COMPTOIR_SITE", bench.project.site())
        .env("COMPTOIR_E2E_OUTPUT", bench.project.target().join("e2e"))
        .run()?;
    Ok(Verdict::PASSED)
}
