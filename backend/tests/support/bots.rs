//! `comptoir bot --json`.

use super::process::Process;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

/// Expects that a run found nothing wrong, and that everything it issued was accepted and saved.
pub fn assert_clean(result: &Value) {
    for figure in ["lost", "duplicated", "gaps", "stock_errors", "alerts_missed"] {
        assert_eq!(result[figure], 0, "{figure} in {result}");
    }
    assert_eq!((&result["issued"], &result["issued"]), (&result["accepted"], &result["saved"]), "{result}");
    assert!(issued(result) > 0, "{result}");
}

/// How many receipts a run issued.
pub fn issued(result: &Value) -> u64 {
    result["issued"].as_u64().expect("a number of receipts")
}

/// How many alerts a run raised: where there is none, that each crossing raised one says nothing.
pub fn alerts_raised(result: &Value) -> u64 {
    result["alerts_raised"].as_u64().expect("a number of alerts")
}

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

    /// How they ended, if they did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.process.ended()
    }

    /// Fails the test if they have given up.
    pub fn are_at_work(&mut self) {
        let ended = self.ended();
        assert!(ended.is_none(), "the bots ended early ({ended:?}): see {}", self.log.display());
    }

    /// They stand still until [`Self::thaw`].
    pub fn freeze(&self) {
        self.process.freeze();
    }

    /// They go on as if nothing had been.
    pub fn thaw(&self) {
        self.process.thaw();
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
