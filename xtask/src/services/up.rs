//! `cargo xtask services up`.

use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::instance::Instance;
use super::kind::Kind;
use super::options::{Node, Up};
use super::record::Record;
use super::{docker, ports, prepare, probe, process};
use crate::project::Project;

/// How long a service may take to answer, on a machine that is busy with a build.
const PATIENCE: Duration = Duration::from_secs(90);

/// How much of the log of one that failed is shown.
const LAST_LINES: usize = 15;

/// Starts what does not run yet, waits until all answer, and prints where they are.
pub fn run(project: &Project, options: &Up) -> Result<()> {
    let (given, wanted): (Vec<_>, Vec<_>) = options.chosen.kinds().partition(|kind| kind.given().is_some());
    for kind in &given {
        println!("{kind:<8} nothing is started, since {} is set", kind.variable());
    }
    let mut addresses: Vec<_> = given.iter().filter_map(|kind| Some((*kind, kind.given()?))).collect();
    let shell = project.shell()?;
    if !wanted.is_empty() && docker::engine(&shell, options.chosen.folder.as_deref()) {
        addresses.extend(docker::up(&shell, &wanted, options)?);
    } else {
        let started = wanted.iter().map(|kind| Started::new(project, *kind, options)).collect::<Result<Vec<_>>>()?;
        for service in started {
            addresses.push((service.instance.kind(), ports::local(service.port).to_string()));
            service.wait()?;
        }
    }
    println!("\nfor comptoir:");
    for (kind, address) in addresses {
        println!("  export {}", kind.setting(&address));
    }
    Ok(())
}

/// A service that runs, though it may not answer yet.
pub struct Started {
    pub instance: Instance,
    pub port: u16,
    /// The process, if it has been started just now.
    child: Option<Child>,
    /// Keeps others from starting it too, until it answers.
    _held: std::fs::File,
}

impl Started {
    /// Starts it, unless it runs already.
    pub fn new(project: &Project, kind: Kind, options: &Up) -> Result<Self> {
        let instance = Instance::new(project, kind, options.chosen.folder.as_deref())?;
        let held = instance.hold()?;
        if options.fresh {
            process::stop(&instance)?;
            instance.drop_data()?;
        }
        let asked = options.port(kind);
        if let Some(Record { pid, port }) = process::running(&instance)? {
            if asked.is_some_and(|asked| asked != port) {
                bail!(
                    "{kind} runs on {} as process {pid}; to move it, stop it first: cargo xtask services down {kind}",
                    ports::local(port)
                );
            }
            return Ok(Self { instance, port, child: None, _held: held });
        }
        let port = asked.unwrap_or_else(|| kind.usual_port());
        ports::check(kind, port)?;
        let child = prepare(project, &instance, port, options.database, &Node::default())?.start(&instance.log())?;
        Record { pid: child.id(), port }.write(&instance)?;
        Ok(Self { instance, port, child: Some(child), _held: held })
    }

    /// Waits until it answers.
    pub fn wait(mut self) -> Result<()> {
        let (kind, start) = (self.instance.kind(), Instant::now());
        while !probe::answers(kind, self.port) {
            if self.has_ended()? {
                bail!("{kind} has ended before it answered{}", self.last_lines());
            }
            if start.elapsed() > PATIENCE {
                bail!("{kind} has not answered within {} s{}", PATIENCE.as_secs(), self.last_lines());
            }
            sleep(Duration::from_millis(100));
        }
        let how = if self.child.is_some() { "started" } else { "runs already" };
        println!(
            "{kind:<8} {how} on {}, log and data in {}",
            ports::local(self.port),
            self.instance.folder().display()
        );
        Ok(())
    }

    fn has_ended(&mut self) -> Result<bool> {
        match &mut self.child {
            Some(child) => Ok(child.try_wait().context("waiting for a service")?.is_some()),
            None => Ok(process::running(&self.instance)?.is_none()),
        }
    }

    fn last_lines(&self) -> String {
        let log = self.instance.log();
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        let last = &lines[lines.len().saturating_sub(LAST_LINES)..];
        format!("; the end of {}:\n{}", log.display(), last.join("\n"))
    }
}
