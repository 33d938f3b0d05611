//! `comptoir bot --json`.

use super::process::Process;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Bots at work.
pub struct Bots {
    process: Process,
    result: PathBuf,
    log: PathBuf,
}

impl Bots {
    /// Starts bots against a server.
    pub fn start(server: &str, arguments: &[&str], logs: &Path) -> Self {
        let (result, log) = (logs.join("bots.json"), logs.join("bots.log"));
        // Output is appended, and this run's result has to stand alone.
        let _ = std::fs::remove_file(&result);
        let arguments = [&["bot", "--server", server, "--json"], arguments].concat();
        Self { process: Process::start(&arguments, &result, &log), result, log }
    }

    /// Fails the test if they have given up.
    pub fn are_at_work(&mut self) {
        let ended = self.process.ended();
        assert!(ended.is_none(), "the bots ended early ({ended:?}): see {}", self.log.display());
    }

    /// Ctrl-C, and then as [`Self::finish`].
    pub async fn stop(self, limit: Duration) -> Value {
        self.process.interrupt();
        self.finish(limit).await
    }

    /// What they found, once they have ended; they have to say themselves that nothing is wrong.
    pub async fn finish(mut self, limit: Duration) -> Value {
        let status = self.process.wait(limit).await;
        let result = std::fs::read_to_string(&self.result).unwrap_or_default();
        assert!(status.success(), "the bots found something wrong ({status}): {result}\nsee {}", self.log.display());
        serde_json::from_str(&result).expect("the result is one JSON object")
    }
}
