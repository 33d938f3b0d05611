//! Where things are: the checkout, and what is built from it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// The checkout that this xtask was compiled from.
pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Finds the checkout, and asks Cargo for its target folder (an environment variable or a setting may move it).
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask lies in a folder of the workspace")?
            .to_path_buf();
        let shell = Shell::new()?;
        shell.change_dir(&root);
        let metadata = cmd!(shell, "cargo metadata --format-version 1 --no-deps").quiet().read()?;
        let metadata: serde_json::Value =
            serde_json::from_str(&metadata).context("reading what `cargo metadata` said")?;
        let target = metadata["target_directory"].as_str().context("`cargo metadata` names no target folder")?.into();
        Ok(Self { root, target })
    }

    /// A shell in the root of the checkout.
    pub fn shell(&self) -> Result<Shell> {
        let shell = Shell::new()?;
        shell.change_dir(&self.root);
        Ok(shell)
    }

    /// The root of the checkout.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target folder.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The folder that the server serves pages from.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }
}
