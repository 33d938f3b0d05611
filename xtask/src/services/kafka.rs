//! Apache Kafka: one node that is broker and controller, small, and quick to start.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use data_encoding::BASE64URL_NOPAD;

use super::instance::Instance;
use super::jars;
use super::java::Jdk;
use super::launch::{Launch, run_quietly};
use super::options::Node;
use super::ports;
use crate::project::Project;

/// What is the same in every instance.
const COMMON: &str = include_str!("../../../services/kafka/server.properties");

/// What the log of Kafka's own doings is to hold.
const QUIET: &str = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

/// Writes its settings and formats its storage, unless an earlier run has done so.
pub fn prepare(project: &Project, jdk: &Jdk, instance: &Instance, port: u16, node: &Node) -> Result<Launch> {
    let class_path = jars::class_path(project, jdk, instance.kind())?;
    let file = instance.folder().join("server.properties");
    let own = node.settings.as_deref().map(read).transpose()?.unwrap_or_default();
    write_settings(&file, instance, port, &own)?;
    let settings = file.display().to_string();
    if !instance.data().join("meta.properties").exists() {
        instance.drop_data()?;
        let id = node.cluster.clone().unwrap_or_else(cluster_id);
        let format = ["-cp", &class_path, QUIET, "kafka.tools.StorageTool", "format", "-t", &id, "-c", &settings];
        let user = node.user.iter().flat_map(|user| ["--add-scram", user]);
        run_quietly(Command::new(&jdk.java).args(format).args(user)).context("formatting Kafka's storage")?;
    }
    let mark = instance.mark();
    let arguments = ["-Xmx512m", "-XX:+UseSerialGC", QUIET, &mark, "-cp", &class_path, "kafka.Kafka", &settings];
    Ok(Launch {
        program: jdk.java.clone(),
        arguments: arguments.map(ToOwned::to_owned).into(),
        directory: instance.folder().to_path_buf(),
    })
}

/// Writes the settings; those of one that seems to be running are left as they are, its own controller's port being
/// taken by itself.
fn write_settings(file: &Path, instance: &Instance, port: u16, own: &str) -> Result<()> {
    let written = fs::read_to_string(file).unwrap_or_default();
    if written.contains(&listener(port)) && !ports::is_free(port) {
        return Ok(());
    }
    let controller = ports::private(instance.folder(), port)?;
    // Of a setting that is said twice the later one counts.
    let text = settings(port, controller, &instance.data()) + own;
    fs::write(file, text).with_context(|| format!("writing {}", file.display()))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

fn listener(port: u16) -> String {
    format!("advertised.listeners=PLAINTEXT://{}\n", ports::local(port))
}

/// The settings of an instance.
fn settings(port: u16, controller: u16, data: &Path) -> String {
    let (here, own) = (ports::local(port), ports::local(controller));
    format!(
        "{COMMON}\nlisteners=PLAINTEXT://{here},CONTROLLER://{own}\n{}controller.quorum.voters=1@{own}\nlog.dirs={}\n",
        listener(port),
        // A properties file takes a backslash for an escape.
        data.display().to_string().replace('\\', "/")
    )
}

/// A new cluster's id: 16 random bytes in base64. Its first bit is clear, so that it never begins with a dash, which
/// would look like an option.
fn cluster_id() -> String {
    let random = || RandomState::new().hash_one(());
    let mut bytes = [random(), random()].map(u64::to_be_bytes).concat();
    bytes.iter_mut().take(1).for_each(|first| *first &= 0x7f);
    BASE64URL_NOPAD.encode(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::kind::Kind;

    #[test]
    fn settings_name_ports_and_data() {
        let text = settings(9092, 20_001, Path::new("/x/data"));
        for line in [
            "process.roles=broker,controller",
            "listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:20001",
            "advertised.listeners=PLAINTEXT://127.0.0.1:9092",
            "controller.quorum.voters=1@127.0.0.1:20001",
            "log.dirs=/x/data",
            "auto.create.topics.enable=false",
        ] {
            assert!(text.lines().any(|written| written == line), "{line}");
        }
    }

    #[test]
    fn no_setting_is_said_twice() {
        let text = settings(1, 2, Path::new("d"));
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut names: Vec<_> = lines.filter_map(|line| line.split_once('=')).map(|(name, _)| name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }

    #[test]
    fn settings_of_a_running_one_stay() {
        let folder = tempfile::tempdir().unwrap();
        let instance = Instance::of(Kind::Kafka, folder.path());
        let running = std::net::TcpListener::bind(ports::local(0)).unwrap();
        let port = running.local_addr().unwrap().port();
        let file = folder.path().join("server.properties");
        let before = settings(port, 1, &instance.data());
        fs::write(&file, &before).unwrap();
        write_settings(&file, &instance, port, "").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), before);
        drop(running);
        write_settings(&file, &instance, port, "node.id=2\n").unwrap();
        let after = fs::read_to_string(&file).unwrap();
        assert_ne!(after, before);
        assert!(after.find("node.id=1\n") < after.find("node.id=2\n"), "{after}");
    }

    #[test]
    fn a_cluster_has_an_id_of_its_own() {
        let (one, other) = (cluster_id(), cluster_id());
        assert_ne!(one, other);
        assert!(one.len() == 22 && !one.starts_with('-'), "{one}");
    }
}
