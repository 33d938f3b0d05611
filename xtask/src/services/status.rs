//! `cargo xtask services status`.

use anyhow::Result;

use super::instance::Instance;
use super::kind::Kind;
use super::options::Chosen;
use super::record::Record;
use super::{docker, ports, probe, process};
use crate::project::Project;

/// Prints what runs, and where.
pub fn run(project: &Project, chosen: &Chosen) -> Result<()> {
    let shell = project.shell()?;
    let kinds: Vec<_> = chosen.kinds().collect();
    for &kind in &kinds {
        let instance = Instance::new(project, kind, chosen.folder.as_deref())?;
        println!("{kind:<8} {}", describe(kind, process::running(&instance)?));
        if let Some(address) = kind.given() {
            println!("{:<8} {} is set, and so {address} is used", "", kind.variable());
        }
    }
    if docker::engine(&shell, chosen.folder.as_deref()) {
        docker::status(&shell, &kinds)?;
    }
    Ok(())
}

fn describe(kind: Kind, running: Option<Record>) -> String {
    let Some(Record { pid, port }) = running else {
        return "no process runs".to_owned();
    };
    let answers = if probe::answers(kind, port) { "answers" } else { "does not answer" };
    format!("{answers} on {}, process {pid}", ports::local(port))
}
