//! Logs: to standard error, for people or for machines.

use clap::ValueEnum;
use tracing::Dispatch;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// Starts logging at the level that `COMPTOIR_LOG` asks for (`info` where absent), in `tracing`'s filter syntax.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_env("COMPTOIR_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    lines(format, filter, std::io::stderr).init();
}

/// What writes lines of this look.
fn lines<W>(format: LogFormat, filter: EnvFilter, writer: W) -> Dispatch
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    match format {
        LogFormat::Pretty => lines.with_target(false).compact().finish().into(),
        LogFormat::Json => lines.json().flatten_event(true).finish().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::fs::File;
    use std::io::Read;
    use std::sync::Arc;

    /// What two events come out as, line by line.
    fn written(format: LogFormat) -> Vec<String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        let lines = lines(format, EnvFilter::new("info"), Arc::new(file.reopen().unwrap()));
        tracing::dispatcher::with_default(&lines, || {
            tracing::warn!(receipts = 3, why = "\"no\"\nroom", "cannot save");
            tracing::info!("saves again");
            tracing::debug!("nobody asked for this");
        });
        let mut text = String::new();
        File::open(file.path()).unwrap().read_to_string(&mut text).unwrap();
        text.lines().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn each_line_for_machines_is_one_json_object() {
        let lines: Vec<Value> =
            written(LogFormat::Json).iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert_eq!((&lines[0]["level"], &lines[0]["message"]), (&"WARN".into(), &"cannot save".into()));
        assert_eq!((&lines[0]["receipts"], &lines[0]["why"]), (&3.into(), &"\"no\"\nroom".into()));
        assert_eq!(lines[1]["message"], "saves again");
        assert!(lines.iter().all(|line| line["timestamp"].is_string() && line["target"].is_string()), "{lines:?}");
    }

    #[test]
    fn lines_for_people_are_no_json() {
        let lines = written(LogFormat::Pretty);
        assert!(lines.iter().any(|line| line.contains("cannot save")), "{lines:?}");
        assert!(lines.iter().all(|line| serde_json::from_str::<Value>(line).is_err()), "{lines:?}");
    }
}
