//! The steps of a test run, in their order.

use anyhow::Result;
use clap::ValueEnum;

use super::{Workbench, browser, demo, deny, engines, rust};
use crate::{page, simulate};

/// One step; cheap and telling ones come first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Step {
    /// The code is formatted.
    Format,
    /// The code is free of lints, natively and for the browser.
    Clippy,
    /// Licences, bans, sources and known vulnerabilities of what we depend on.
    Deny,
    /// Unit, property, contract and API tests.
    Unit,
    /// Simulated worlds hold, and deliberate bugs in the program are caught there.
    Simulate,
    /// The contract of log and store on the real Kafka and the real database.
    Engines,
    /// The page builds and is within its budget.
    Page,
    /// `cargo xtask run`, but for the optimiser, twice on the same data.
    Run,
    /// Scenarios in a real browser against a real server.
    E2e,
    /// Servers killed in mid-flow lose nothing.
    Kill,
    /// Web tiers, savers, Kafka and database killed, frozen and cut off lose nothing.
    Faults,
}

/// How a step that did not fail has ended.
pub enum Verdict {
    /// It passed; a remark is something that the person must know all the same.
    Passed {
        /// What they must know.
        remark: Option<String>,
    },
    /// Something that it needs is not here.
    CannotRun {
        /// What to install, and how.
        cure: String,
    },
}

impl Verdict {
    /// Passed, and nothing more to say.
    pub const PASSED: Self = Self::Passed { remark: None };
}

impl Step {
    /// The name on the command line.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// What it checks, in a few words.
    pub fn about(self) -> String {
        let help = self.to_possible_value().and_then(|value| value.get_help().map(ToString::to_string));
        help.unwrap_or_default()
    }

    /// Checks it.
    ///
    /// # Errors
    /// The check has failed.
    pub fn run(self, bench: &Workbench<'_>) -> Result<Verdict> {
        match self {
            Self::Format => rust::format(&bench.shell),
            Self::Clippy => rust::clippy(&bench.shell),
            Self::Deny => deny::check(bench),
            Self::Unit => rust::unit(&bench.shell),
            Self::Simulate => simulate::check(&bench.shell).map(|()| Verdict::PASSED),
            Self::Engines => engines::contract(bench),
            Self::Page => page::build(bench.project).map(|()| Verdict::PASSED),
            Self::Run => demo::check(bench),
            Self::E2e => browser::check(bench),
            Self::Kill => rust::kill(&bench.shell),
            Self::Faults => engines::faults(bench),
        }
    }
}
