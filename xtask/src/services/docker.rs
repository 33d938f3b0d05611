//! The services as containers, where a Docker engine answers.

use std::path::Path;

use anyhow::Result;
use xshell::{Cmd, Shell, cmd};

use super::kind::Kind;
use super::options::Up;
use crate::tools;

/// The containers and volumes of `docker-compose.yml` under a name of their own, so that dropping the data of tests never
/// drops those of an installation.
const PROJECT: &str = "comptoir-services";

/// What an installation runs, and over it the ports that only tests and trials need on this machine.
const FILES: [&str; 2] = ["docker-compose.yml", "services/ports.yml"];

/// Whether a Docker engine answers and there is Compose, unless the person wants a folder of their own.
pub fn engine(shell: &Shell, folder: Option<&Path>) -> bool {
    let works = |command: Cmd<'_>| command.quiet().ignore_stdout().ignore_stderr().run().is_ok();
    folder.is_none()
        && tools::find("docker").is_some()
        && works(cmd!(shell, "docker info"))
        && works(cmd!(shell, "docker compose version"))
}

/// Starts the services, waits until they are healthy, and tells where each is.
pub fn up(shell: &Shell, kinds: &[Kind], options: &Up) -> Result<Vec<(Kind, String)>> {
    let names = names(kinds);
    if options.fresh {
        compose(shell, &["rm", "--stop", "--force"]).args(&names).run()?;
        for name in &names {
            // One that is not there yet is as good as dropped.
            let volume = format!("{PROJECT}_{name}");
            cmd!(shell, "docker volume rm {volume}").ignore_status().ignore_stderr().ignore_stdout().run()?;
        }
    }
    let port = |kind: Kind| options.port(kind).unwrap_or_else(|| kind.usual_port());
    compose(shell, &["up", "--detach", "--wait"])
        .args(&names)
        .env("KAFKA_PORT", port(Kind::Kafka).to_string())
        .env("MONGODB_PORT", port(Kind::Mongodb).to_string())
        .run()?;
    Ok(kinds.iter().map(|&kind| (kind, address(kind, port(kind)))).collect())
}

/// Stops the services; their data stay.
pub fn down(shell: &Shell, kinds: &[Kind]) -> Result<()> {
    Ok(compose(shell, &["stop"]).args(names(kinds)).run()?)
}

/// Prints which of them run.
pub fn status(shell: &Shell, kinds: &[Kind]) -> Result<()> {
    Ok(compose(shell, &["ps", "--all"]).args(names(kinds)).run()?)
}

/// `docker compose`, with something for what the file asks of an installation and these two services do not use.
fn compose<'a>(shell: &'a Shell, arguments: &[&str]) -> Cmd<'a> {
    let files = FILES.into_iter().flat_map(|file| ["--file", file]);
    cmd!(shell, "docker compose --project-name {PROJECT} {files...} {arguments...}")
        .env("COMPTOIR_TOKEN", "unused")
        .env("COMPTOIR_KEY", "unused")
}

fn names(kinds: &[Kind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.name()).collect()
}

/// The container of MongoDB is a replica set that calls itself by a name which only containers know, so the driver is
/// told not to look for it.
fn address(kind: Kind, port: u16) -> String {
    match kind {
        Kind::Kafka => format!("kafka://127.0.0.1:{port}"),
        Kind::Mongodb => format!("mongodb://127.0.0.1:{port}/comptoir?directConnection=true"),
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;
    use crate::project::Project;

    #[test]
    fn the_files_name_every_service() {
        let project = Project::find().unwrap();
        for file in FILES {
            let text = std::fs::read_to_string(project.root().join(file)).unwrap();
            for kind in Kind::value_variants() {
                assert!(text.contains(&format!("\n  {}:\n", kind.name())), "{kind} in {file}");
            }
        }
    }

    #[test]
    fn only_what_tests_lay_over_it_publishes_a_port_without_a_password() {
        let project = Project::find().unwrap();
        let [installation, tests] = FILES.map(|file| std::fs::read_to_string(project.root().join(file)).unwrap());
        for variable in ["KAFKA_PORT", "MONGODB_PORT"] {
            assert!(!installation.contains(variable) && tests.contains(&format!("127.0.0.1:${{{variable}:-")));
        }
    }
}
