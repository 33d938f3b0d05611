//! The programs that xtask calls on, and how they are had.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};
use xshell::{Cmd, Shell, cmd};

use crate::project::Project;

/// What the page is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Names under which distributions install Chromium.
const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Where a program lies on the path, if it does.
pub fn find(program: &str) -> Option<PathBuf> {
    which::which(program).ok()
}

/// Adds the Wasm target to the toolchain, unless it is there.
pub fn ensure_wasm_target(shell: &Shell) -> Result<()> {
    let sysroot = cmd!(shell, "rustc --print sysroot").quiet().read()?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!(
            "this Rust toolchain lacks the target {WASM_TARGET}, and there is no rustup to add it: \
             install Rust from https://rustup.rs, or your distribution's package of that target"
        );
    }
    cmd!(shell, "rustup target add {WASM_TARGET}")
        .run()
        .with_context(|| format!("the target {WASM_TARGET} is missing and could not be fetched"))
}

/// The installed Chromium: `COMPTOIR_CHROMIUM` if that is set, or else the first on the path.
pub fn chromium() -> Option<PathBuf> {
    match std::env::var_os("COMPTOIR_CHROMIUM") {
        Some(path) => Some(path.into()),
        None => CHROMIUM_NAMES.into_iter().find_map(find),
    }
}

/// Whether packages can be installed with apt: it is there, and we may.
pub fn can_apt_install(shell: &Shell) -> bool {
    let root = cmd!(shell, "id -u").quiet().ignore_stderr().read().is_ok_and(|id| id == "0");
    root && find("apt-get").is_some()
}

/// Installs a Debian package.
pub fn apt_install(shell: &Shell, package: &str) -> Result<()> {
    run_aside(cmd!(shell, "apt-get update"))?;
    let install = cmd!(shell, "apt-get install --yes --no-install-recommends {package}");
    run_aside(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Runs a command that only prepares something: what it says goes to standard error, since standard output is for what was
/// asked for, perhaps as JSON.
pub fn run_aside(cmd: Cmd<'_>) -> Result<()> {
    eprintln!("$ {cmd}");
    let name = cmd.to_string();
    let status = Command::from(cmd).stdout(std::io::stderr()).status().with_context(|| format!("starting {name}"))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}

/// A subcommand of Cargo's that crates.io has.
pub struct CargoTool {
    /// The crate, and the program in it.
    pub name: &'static str,
    /// The version that is installed where there is none.
    pub version: &'static str,
}

impl CargoTool {
    /// The person's own, or the one that an earlier run installed, or else, where it may be fetched, a freshly installed one.
    pub fn program(&self, project: &Project, fetch: bool) -> Option<PathBuf> {
        let tools = project.target().join("tools");
        let ours = tools.join("bin").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        find(self.name).or_else(|| {
            let there = ours.exists() || (fetch && self.install(project, &tools).is_ok());
            there.then_some(ours)
        })
    }

    /// How to get it.
    pub fn cure(&self) -> String {
        format!("{0} is missing: cargo install --locked {0} --version {1}", self.name, self.version)
    }

    /// Installs it into `root`, unoptimised: that compiles in one minute rather than many, and it runs for seconds.
    fn install(&self, project: &Project, root: &Path) -> Result<()> {
        let (shell, build) = (project.shell()?, root.join("build"));
        let Self { name, version } = self;
        cmd!(shell, "cargo install --locked --debug --root {root} --target-dir {build} {name} --version {version}")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .run()?;
        shell.remove_path(build)?;
        Ok(())
    }
}

/// Becomes `command`: its signals, its terminal and its exit code are those of this process from here on.
#[cfg(unix)]
pub fn hand_over(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).with_context(|| format!("starting {}", command.get_program().display()))
}

/// Runs `command` to its end and passes its exit code on; Ctrl-C reaches both, being in one console.
#[cfg(not(unix))]
pub fn hand_over(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().with_context(|| format!("starting {}", command.get_program().display()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Sends a signal by the shell, which every Unix has; to one that has ended meanwhile it makes no difference.
pub fn signal(name: &str, pid: u32) -> Result<()> {
    if cfg!(not(unix)) {
        bail!("processes are only stopped on Unix: end {pid} by hand, or use Docker");
    }
    let script = r#"kill -s "$0" "$1""#;
    Command::new("sh").args(["-c", script, name, &pid.to_string()]).output().context("starting sh")?;
    Ok(())
}
