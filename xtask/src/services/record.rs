//! What is written down of a process, so that a later call of xtask finds it.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result};

use super::instance::Instance;

/// What is written down of a process: `PID PORT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    pub pid: u32,
    pub port: u16,
}

impl FromStr for Record {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (pid, port) = text.trim_end().split_once(' ').context("a pid and a port are expected")?;
        Ok(Self { pid: pid.parse()?, port: port.parse()? })
    }
}

impl Record {
    /// Writes it down.
    pub fn write(self, instance: &Instance) -> Result<()> {
        let path = instance.record();
        fs::write(&path, format!("{} {}\n", self.pid, self.port)).with_context(|| format!("writing {}", path.display()))
    }

    /// Reads it, if there is one.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        match fs::read_to_string(path) {
            Ok(text) => text.parse().map(Some).with_context(|| format!("reading {}", path.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::kind::Kind;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let instance = Instance::of(Kind::Kafka, folder.path());
        assert_eq!(Record::read(&instance.record()).unwrap(), None);
        let record = Record { pid: 7, port: 9092 };
        record.write(&instance).unwrap();
        assert_eq!(Record::read(&instance.record()).unwrap(), Some(record));
        fs::write(instance.record(), "7").unwrap();
        assert!(Record::read(&instance.record()).is_err());
    }
}
