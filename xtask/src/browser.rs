//! What it takes to drive a real browser: Node, npm packages, Chromium.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::tools;

/// The oldest Node that Playwright runs on.
const NODE_MAJOR: u32 = 20;

/// Sees to Node, the npm packages of a folder and Chromium, fetching what is missing if that is allowed; tells where
/// Chromium is.
///
/// # Errors
/// One of them is missing; the message says how to get it.
pub fn ready(shell: &Shell, folder: &Path, fetch: bool) -> Result<PathBuf> {
    check_node(shell)?;
    if fetch && !packages_are_current(folder) {
        install_packages(shell, folder).context("the npm packages of e2e are missing: run `npm ci` there")?;
    }
    chromium(shell, fetch)
}

fn check_node(shell: &Shell) -> Result<()> {
    let cure = format!("Node {NODE_MAJOR} or later is missing, with npm: install it from https://nodejs.org");
    let version = tools::find("node").and_then(|_| cmd!(shell, "node --version").quiet().read().ok());
    let major = version.as_deref().and_then(major_of).filter(|major| *major >= NODE_MAJOR);
    major.and(tools::find("npm")).context(cure)?;
    Ok(())
}

/// The first number of a version such as `v20.20.2`.
fn major_of(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Whether the installed packages are those of the lock file, going by the copy of it that an installation leaves.
fn packages_are_current(folder: &Path) -> bool {
    let read = |path: &Path| std::fs::read(path).ok();
    let wanted = read(&folder.join("package-lock.json"));
    wanted.is_some() && wanted == read(&installed_lock(folder))
}

fn installed_lock(folder: &Path) -> PathBuf {
    folder.join("node_modules").join(".comptoir-package-lock.json")
}

fn install_packages(shell: &Shell, folder: &Path) -> Result<()> {
    let _in_folder = shell.push_dir(folder);
    tools::run_aside(cmd!(shell, "npm ci --no-audit --no-fund"))?;
    shell.copy_file(folder.join("package-lock.json"), installed_lock(folder))?;
    Ok(())
}

fn chromium(shell: &Shell, fetch: bool) -> Result<PathBuf> {
    if tools::chromium().is_none() && fetch && tools::can_apt_install(shell) {
        tools::apt_install(shell, "chromium").context("installing Chromium")?;
    }
    tools::chromium().context(
        "Chromium is missing: install your distribution's package (Debian: apt-get install chromium), \
         or name one by COMPTOIR_CHROMIUM",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major_of("v20.20.2"), Some(20));
        assert_eq!(major_of("nonsense"), None);
    }

    #[test]
    fn packages_are_current_when_installed_from_this_lock_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!packages_are_current(folder.path()));
        std::fs::create_dir(folder.path().join("node_modules")).unwrap();
        std::fs::write(folder.path().join("package-lock.json"), "2").unwrap();
        std::fs::write(installed_lock(folder.path()), "1").unwrap();
        assert!(!packages_are_current(folder.path()));
        std::fs::write(installed_lock(folder.path()), "2").unwrap();
        assert!(packages_are_current(folder.path()));
    }
}
