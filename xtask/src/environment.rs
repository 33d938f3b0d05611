//! What `cargo run` leaves in the environment.

use std::env;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::tools;

/// Becomes this same program without the variables by which `cargo run` describes its package; `None` where there are none.
///
/// Cargo would pass them on to the builds that are started here. Build scripts that watch variables of these names (ring's does)
/// would see them change, and half of the server be compiled again, whenever somebody calls Cargo by hand in between.
pub fn shed_package() -> Option<Result<ExitCode>> {
    let names: Vec<_> =
        env::vars_os().filter_map(|(name, _)| name.into_string().ok()).filter(|it| of_package(it)).collect();
    let program = env::current_exe().ok().filter(|_| !names.is_empty())?;
    let mut again = Command::new(program);
    again.args(env::args_os().skip(1));
    for name in names {
        again.env_remove(name);
    }
    Some(tools::hand_over(&mut again))
}

/// By <https://doc.rust-lang.org/cargo/reference/environment-variables.html#environment-variables-cargo-sets-for-crates>.
fn of_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_set_is_kept() {
        assert!(of_package("CARGO_PKG_VERSION_MAJOR") && of_package("CARGO_MANIFEST_DIR"));
        for kept in ["CARGO", "CARGO_INCREMENTAL", "CARGO_TARGET_DIR", "CARGO_HOME", "RUSTFLAGS", "PATH"] {
            assert!(!of_package(kept), "{kept}");
        }
    }
}
