//! One service of one folder, and where its files are.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::kind::Kind;
use crate::project::Project;

/// A service with data of its own, whether it runs or not.
pub struct Instance {
    kind: Kind,
    folder: PathBuf,
}

impl Instance {
    /// The instance in `folder`, or else the usual one.
    pub fn new(project: &Project, kind: Kind, folder: Option<&Path>) -> Result<Self> {
        let usual = project.target().join("services");
        let folder = folder.unwrap_or(&usual).join(kind.name());
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let folder = folder.canonicalize().with_context(|| format!("finding {}", folder.display()))?;
        Ok(Self { kind, folder })
    }

    /// Keeps every other `cargo xtask services` away from this instance until what is returned is dropped.
    pub fn hold(&self) -> Result<File> {
        let path = self.folder.join("lock");
        let file = File::create(&path).with_context(|| format!("making {}", path.display()))?;
        file.lock().with_context(|| format!("locking {}", path.display()))?;
        Ok(file)
    }

    /// Drops its data; it must not be running.
    pub fn drop_data(&self) -> Result<()> {
        match fs::remove_dir_all(self.data()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("removing {}", self.data().display()))
            }
            _ => Ok(()),
        }
    }

    /// Which service it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Everything that is this instance's.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What it stores.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// What it prints.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// The file with its process and its port.
    pub fn record(&self) -> PathBuf {
        self.folder.join("pid")
    }

    /// An argument that only its process has, by which that is told from another which was given the same pid later.
    pub fn mark(&self) -> String {
        format!("-Dcomptoir.instance={}", self.folder.display())
    }
}

#[cfg(test)]
impl Instance {
    /// An instance for a test, in a folder that is there.
    pub fn of(kind: Kind, folder: &Path) -> Self {
        Self { kind, folder: folder.to_path_buf() }
    }
}
