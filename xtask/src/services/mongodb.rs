//! A server of MongoDB's protocol, over a file or in memory.

use anyhow::{Context, Result};

use super::instance::Instance;
use super::jars;
use super::java::Jdk;
use super::launch::Launch;
use crate::project::Project;

/// What its log is to hold.
const QUIET: &str = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

/// Makes the folder of its file.
pub fn prepare(project: &Project, jdk: &Jdk, instance: &Instance, port: u16, memory: bool) -> Result<Launch> {
    let class_path = jars::class_path(project, jdk, instance.kind())?;
    let data = instance.data();
    std::fs::create_dir_all(&data).with_context(|| format!("making {}", data.display()))?;
    let file = (!memory).then(|| data.join("comptoir.mv").display().to_string());
    // In memory, what was saved has to fit beside what is worked on.
    let heap = if memory { "-Xmx3g" } else { "-Xmx2g" };
    let options = [heap.to_owned(), "-XX:+UseSerialGC".to_owned(), QUIET.to_owned(), instance.mark()];
    let rest = ["-cp".to_owned(), class_path, "Server".to_owned(), port.to_string()];
    Ok(Launch {
        program: jdk.java.clone(),
        arguments: options.into_iter().chain(rest).chain(file).collect(),
        directory: instance.folder().to_path_buf(),
    })
}
