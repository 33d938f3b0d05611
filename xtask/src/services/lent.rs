//! Services for the length of a test run: those that the environment names, or fresh ones that go when the run does.

use anyhow::Result;

use super::instance::Instance;
use super::kind::Kind;
use super::options::Up;
use super::up::Started;
use super::{ports, process};
use crate::project::Project;

/// Both services, answering.
pub struct Lent {
    addresses: Vec<(Kind, String)>,
    /// Those that were started for this, and are stopped with it.
    ours: Vec<Instance>,
}

impl Lent {
    /// Names those that are there, or starts fresh ones.
    ///
    /// # Errors
    ///
    /// One of them cannot be started, or does not answer; the message says how to mend that.
    pub fn new(project: &Project) -> Result<Self> {
        let folder = project.target().join("services").join("test");
        std::fs::create_dir_all(&folder)?;
        let kafka = ports::private(&folder, 0)?;
        let options = Up::for_tests(folder.clone(), kafka, ports::private(&folder, kafka)?);
        let mut lent = Self { addresses: Vec::new(), ours: Vec::new() };
        let mut starting = Vec::new();
        for kind in [Kind::Kafka, Kind::Mongodb] {
            if let Some(address) = kind.given() {
                lent.addresses.push((kind, address));
                continue;
            }
            let started = Started::new(project, kind, &options)?;
            lent.ours.push(Instance::new(project, kind, Some(&folder))?);
            lent.addresses.push((kind, address(kind, started.port)));
            starting.push(started);
        }
        starting.into_iter().try_for_each(Started::wait)?;
        Ok(lent)
    }

    /// The environment variables that tell tests where they are.
    pub fn variables(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.addresses.iter().map(|(kind, address)| (kind.variable(), address.as_str()))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        for instance in &self.ours {
            if let Err(error) = process::stop(instance).and_then(|_| instance.drop_data()) {
                eprintln!("{} was left behind: {error:#}", instance.kind());
            }
        }
    }
}

fn address(kind: Kind, port: u16) -> String {
    let address = ports::local(port);
    match kind {
        Kind::Kafka => address.to_string(),
        Kind::Mongodb => format!("mongodb://{address}"),
    }
}
