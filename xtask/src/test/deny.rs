//! The dependencies' licences, sources and known vulnerabilities, by cargo-deny.

use anyhow::Result;
use xshell::cmd;

use super::Workbench;
use super::step::Verdict;
use crate::tools::CargoTool;

const DENY: CargoTool = CargoTool { name: "cargo-deny", version: "0.20.2" };

/// Checks them; the vulnerabilities only when the database of advisories can be reached, which the verdict tells.
pub fn check(bench: &Workbench<'_>) -> Result<Verdict> {
    let Some(program) = DENY.program(bench.project, bench.fetch) else {
        return Ok(Verdict::CannotRun { cure: DENY.cure() });
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
