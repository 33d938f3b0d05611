//! How whatever is tested is compiled: once, with all that is shipped, and linted on the way.
//!
//! Cargo unites the features of what is selected, so that any other selection would compile every dependency once more;
//! `cargo clippy` by itself would read each of them once more.

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::project::Project;
use crate::server;
use crate::tools::find;

/// The server's feature that the image has, and programs for who builds them by hand need not have.
const SHIPPED: &str = "kafka-tls";

/// What every `cargo test` selects.
pub const WHOLE: [&str; 2] = ["--workspace", "--features=comptoir/kafka-tls"];

/// The compiler that lints; a part of the toolchain.
const LINTER: &str = "clippy-driver";

/// What it reads its arguments from, and what joins them, as `cargo clippy` passes them.
const LINTER_ARGUMENTS: (&str, &str) = ("CLIPPY_ARGS", "--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");

/// Names a compiler for the packages of the workspace alone.
const WRAPPER: &str = "RUSTC_WORKSPACE_WRAPPER";

/// Says what compiling takes and is not here, and how to install it.
pub fn check(shell: &Shell) -> Result<()> {
    server::check(&[SHIPPED.to_owned()])?;
    // Of a toolchain that lacks it rustup has a stand-in on the path all the same.
    let version = cmd!(shell, "{LINTER} --version").quiet().ignore_stdout().run();
    version.with_context(|| format!("{LINTER} is missing: rustup component add clippy"))
}

/// A shell in which Cargo lints what it compiles of ours, and a lint fails it.
pub fn shell(project: &Project) -> Result<Shell> {
    let shell = project.shell()?;
    shell.set_var(WRAPPER, LINTER);
    shell.set_var(LINTER_ARGUMENTS.0, LINTER_ARGUMENTS.1);
    // The system's OpenSSL where it is: to compile another one takes minutes.
    if find("pkg-config").is_some() && cmd!(shell, "pkg-config --exists openssl").quiet().run().is_ok() {
        shell.set_var("OPENSSL_NO_VENDOR", "1");
    }
    Ok(shell)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_lint_fails_what_is_compiled() {
        let shell = shell(&Project::find().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let compiles = |code: &str| {
            let file = folder.path().join("code.rs");
            fs::write(&file, code).unwrap();
            let output = folder.path();
            let driver = cmd!(shell, "{LINTER} rustc --crate-type lib --emit metadata --out-dir {output} {file}");
            driver.quiet().ignore_stderr().run().is_ok()
        };
        assert!(compiles("pub fn is_none(list: &[u8]) -> bool { list.is_empty() }"));
        assert!(!compiles("pub fn is_none(list: &[u8]) -> bool { list.len() == 0 }"), "a lint of Clippy's");
        assert!(!compiles("fn unused() {}"), "a warning of the compiler's");
    }
}
