//! A server of MongoDB's protocol, over a file or in memory.

use anyhow::{Context, Result};

use super::instance::Instance;
use super::jars;
use super::java::Jdk;
use super::launch::Launch;
use super::options::Database;
use crate::project::Project;

/// What its log is to hold.
const QUIET: &str = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

/// What it may grow to: it holds every document that was saved, as bytes in memory or as objects beside its file, and a
/// benchmark saves a million. Short runs stay far below.
const HEAP: &str = "-Xmx8g";

/// The collector that takes least from whatever else runs. Once some hundred thousand documents are there it stands still for a
/// second.
const WITH_LEAST_EFFORT: &str = "-XX:+UseSerialGC";

/// The collector whose pauses are short, and which takes a part of a core meanwhile.
const IN_SHORT_STEPS: &str = "-XX:+UseG1GC";

/// Makes the folder of its file.
pub fn prepare(project: &Project, jdk: &Jdk, instance: &Instance, port: u16, database: Database) -> Result<Launch> {
    let class_path = jars::class_path(project, jdk, instance.kind())?;
    let data = instance.data();
    std::fs::create_dir_all(&data).with_context(|| format!("making {}", data.display()))?;
    let file = (!database.memory).then(|| data.join("comptoir.mv").display().to_string());
    let collector = if database.short_pauses { IN_SHORT_STEPS } else { WITH_LEAST_EFFORT };
    let options = [HEAP.to_owned(), collector.to_owned(), QUIET.to_owned(), instance.mark()];
    let rest = ["-cp".to_owned(), class_path, "Server".to_owned(), port.to_string()];
    Ok(Launch {
        program: jdk.java.clone(),
        arguments: options.into_iter().chain(rest).chain(file).collect(),
        directory: instance.folder().to_path_buf(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::kind::Kind;
    use crate::services::options::Up;
    use crate::services::up::Started;
    use crate::services::{ports, probe, process};

    #[test]
    fn one_that_runs_is_not_started_again_and_leaves_nothing_when_it_is_stopped() {
        let (project, folder) = (Project::find().unwrap(), tempfile::tempdir().unwrap());
        let port = ports::private(folder.path(), 0).unwrap();
        let up = |port| {
            let mut options = Up::for_tests(folder.path().to_path_buf(), port, port);
            options.fresh = false;
            Started::new(&project, Kind::Mongodb, &options).and_then(Started::wait)
        };
        let instance = Instance::new(&project, Kind::Mongodb, Some(folder.path())).unwrap();
        let runs = || process::running(&instance).unwrap();
        up(port).unwrap();
        let first = runs().unwrap();
        up(port).unwrap();
        assert_eq!(runs(), Some(first));
        let elsewhere = up(port.saturating_add(1)).unwrap_err().to_string();
        assert!(elsewhere.contains("cargo xtask services down mongodb"), "{elsewhere}");
        assert!(process::stop(&instance).unwrap());
        assert!(runs().is_none() && !probe::answers(Kind::Mongodb, port) && ports::is_free(port));
        assert!(!process::stop(&instance).unwrap(), "once is enough");
    }
}
