//! Saying how far it is, on standard error, where it takes long.

use super::ArchiveError;
use super::entry::Entry;
use super::line::Counts;
use super::read_out::Sink;
use async_trait::async_trait;
use std::time::{Duration, Instant};

/// How often it is said.
const EVERY: Duration = Duration::from_secs(5);

/// Counts rows and says how many there were.
pub struct Progress {
    what: &'static str,
    rows: u64,
    said: Instant,
}

impl Progress {
    /// Nothing is done yet.
    pub fn new(what: &'static str) -> Self {
        Self { what, rows: 0, said: Instant::now() }
    }

    /// Another row.
    pub fn step(&mut self) {
        self.rows += 1;
        if self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            eprintln!("{}: {} rows so far", self.what, self.rows);
        }
    }
}

#[async_trait]
impl Sink for Progress {
    async fn take(&mut self, _: &Entry) -> Result<(), ArchiveError> {
        self.step();
        Ok(())
    }
}

/// `7 documents, 120 receipts`, or `nothing`.
pub fn told(counts: &Counts) -> String {
    let one = |(kind, count): (&String, &u64)| {
        let kind = kind.replace('_', " ");
        if *count == 1 { format!("1 {kind}") } else { format!("{count} {kind}s") }
    };
    let all: Vec<_> = counts.iter().map(one).collect();
    if all.is_empty() { "nothing".into() } else { all.join(", ") }
}
