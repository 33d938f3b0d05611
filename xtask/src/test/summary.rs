//! What became of each step, as a table and a closing line.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

/// How a step has ended.
pub enum Outcome {
    /// It passed, perhaps with something that the person must know.
    Passed {
        /// What they must know.
        remark: Option<String>,
    },
    /// It failed.
    Failed {
        /// In what way.
        why: String,
    },
    /// Something that it needs is missing.
    NotRun {
        /// How to get it.
        cure: String,
    },
    /// A step before it failed.
    NotReached,
}

/// A step's line in the table.
pub struct Line {
    step: String,
    outcome: Outcome,
    took: Duration,
}

impl Line {
    /// A step that was tried.
    pub fn new(step: String, outcome: Outcome, took: Duration) -> Self {
        Self { step, outcome, took }
    }

    /// A step that was not tried, an earlier one having failed.
    pub fn not_reached(step: String) -> Self {
        Self::new(step, Outcome::NotReached, Duration::ZERO)
    }
}

impl Display for Line {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (word, detail) = match &self.outcome {
            Outcome::Passed { remark } => ("passed", remark.as_deref()),
            Outcome::Failed { why } => ("FAILED", Some(why.as_str())),
            Outcome::NotRun { cure } => ("NOT RUN", Some(cure.as_str())),
            Outcome::NotReached => ("not reached", None),
        };
        write!(f, "{:<8} {word:<12} {:>8}", self.step, clock(self.took))?;
        detail.map_or(Ok(()), |detail| write!(f, "  {detail}"))
    }
}

/// Every step of a run.
pub struct Summary {
    lines: Vec<Line>,
    allow_missing: bool,
}

impl Summary {
    /// An empty one; `allow_missing` lets steps go that something is missing for.
    pub fn new(allow_missing: bool) -> Self {
        Self { lines: Vec::new(), allow_missing }
    }

    /// Adds the next step.
    pub fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Whether a step failed in itself; one that could not be run does not keep the next from being tried.
    pub fn has_failed(&self) -> bool {
        self.lines.iter().any(|line| matches!(line.outcome, Outcome::Failed { .. }))
    }

    /// Whether all that was to be checked is in order.
    pub fn is_success(&self) -> bool {
        self.failed() == 0
    }

    fn passed(&self) -> usize {
        self.lines.iter().filter(|line| matches!(line.outcome, Outcome::Passed { .. })).count()
    }

    /// Failures, and what could not be run, unless that was allowed.
    fn failed(&self) -> usize {
        let counts = |outcome: &Outcome| match outcome {
            Outcome::Failed { .. } => true,
            Outcome::NotRun { .. } => !self.allow_missing,
            Outcome::Passed { .. } | Outcome::NotReached => false,
        };
        self.lines.iter().filter(|line| counts(&line.outcome)).count()
    }
}

impl Display for Summary {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n━━ summary ━━")?;
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))?;
        writeln!(f, "\n{} passed, {} failed", self.passed(), self.failed())
    }
}

/// A duration for people: `42 s`, `3 min 05 s`.
fn clock(took: Duration) -> String {
    match (took.as_secs() / 60, took.as_secs() % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds:02} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(allow_missing: bool, outcomes: impl IntoIterator<Item = Outcome>) -> Summary {
        let mut summary = Summary::new(allow_missing);
        outcomes.into_iter().for_each(|outcome| summary.add(Line::new("x".to_owned(), outcome, Duration::ZERO)));
        summary
    }

    fn not_run() -> Outcome {
        Outcome::NotRun { cure: "install it".to_owned() }
    }

    #[test]
    fn the_closing_line_counts_the_steps() {
        let passed = || Outcome::Passed { remark: None };
        let text = summary(false, [passed(), passed(), Outcome::Failed { why: String::new() }]).to_string();
        assert_eq!(text.lines().last(), Some("2 passed, 1 failed"));
    }

    #[test]
    fn what_could_not_be_run_is_told_and_counts_unless_allowed() {
        let refused = summary(false, [not_run()]);
        assert!(!refused.is_success() && !refused.has_failed());
        assert!(refused.to_string().contains("NOT RUN"));
        let allowed = summary(true, [not_run()]);
        assert!(allowed.is_success());
        assert!(allowed.to_string().contains("install it"));
        assert!(allowed.to_string().ends_with("0 passed, 0 failed\n"));
    }

    #[test]
    fn a_remark_reaches_the_table() {
        let remark = Some("ADVISORIES NOT CHECKED".to_owned());
        assert!(summary(false, [Outcome::Passed { remark }]).to_string().contains("NOT CHECKED"));
    }

    #[test]
    fn durations_are_readable() {
        assert_eq!(clock(Duration::from_millis(42_900)), "42 s");
        assert_eq!(clock(Duration::from_secs(185)), "3 min 05 s");
    }
}
