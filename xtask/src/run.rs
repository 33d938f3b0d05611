//! `cargo xtask run`: the demo, from a clone to a first sale.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::project::Project;
use crate::server::{self, Profile};
use crate::{page, tools};

/// Builds page and server, and becomes the server.
///
/// A taken port and a missing compiler are noticed before the build, which takes minutes the first time.
pub fn run(project: &Project, profile: Profile, passed: &[String]) -> Result<ExitCode> {
    let arguments = arguments(passed, project.root(), &project.site(), |name| std::env::var(name).ok());
    check_address(value_of(&arguments, "--listen"))?;
    server::check(&[])?;
    page::build(project)?;
    let program = server::build(project, profile, &[])?;
    tools::hand_over(Command::new(program).arg("serve").args(arguments))
}

/// The demo's arguments, less those that `passed` sets, and then `passed`; the server's environment variables count too.
fn arguments(passed: &[String], root: &Path, site: &Path, variable: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let data = || path(&root.join("comptoir-data"));
    let usual = [
        vec!["--demo".to_owned()],
        vec!["--listen".to_owned(), variable("COMPTOIR_LISTEN").unwrap_or_else(|| "127.0.0.1:8080".to_owned())],
        vec!["--data".to_owned(), variable("COMPTOIR_DATA").unwrap_or_else(data)],
        vec!["--site".to_owned(), path(site)],
    ];
    let left = usual.into_iter().filter(|argument| !argument.first().is_some_and(|name| sets(passed, name)));
    left.flatten().chain(passed.iter().cloned()).collect()
}

/// Whether the option `name` is among `passed`, as `--name value` or `--name=value`.
fn sets(passed: &[String], name: &str) -> bool {
    passed.iter().any(|argument| argument.split('=').next() == Some(name))
}

/// The value of the option `name`, written either way.
fn value_of<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    arguments.iter().enumerate().find_map(|(at, argument)| {
        let rest = argument.strip_prefix(name)?;
        if rest.is_empty() { arguments.get(at + 1).map(String::as_str) } else { rest.strip_prefix('=') }
    })
}

/// Says in one sentence that nobody can listen on `address`; what is no address is the server's to judge.
fn check_address(address: Option<&str>) -> Result<()> {
    let Some(address) = address.and_then(|text| text.parse::<SocketAddr>().ok()) else {
        return Ok(());
    };
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "{address} is taken by another program; stop that one, or choose another address: \
             cargo xtask run -- --listen {}:{}",
            address.ip(),
            address.port().saturating_add(1)
        ),
        Err(error) => bail!("cannot listen on {address}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(passed: &[&str]) -> Vec<String> {
        let passed: Vec<String> = passed.iter().map(ToString::to_string).collect();
        arguments(&passed, Path::new("c"), Path::new("s"), |_| None)
    }

    #[test]
    fn the_environment_stands_in_for_the_usual_values() {
        let set = arguments(&[], Path::new("c"), Path::new("s"), |name| {
            (name == "COMPTOIR_LISTEN").then(|| "127.0.0.1:2".to_owned())
        });
        assert_eq!(set.join(" "), "--demo --listen 127.0.0.1:2 --data c/comptoir-data --site s");
    }

    #[test]
    fn the_demo_needs_no_arguments() {
        assert_eq!(with(&[]).join(" "), "--demo --listen 127.0.0.1:8080 --data c/comptoir-data --site s");
    }

    #[test]
    fn a_passed_argument_replaces_the_usual_one() {
        assert_eq!(
            with(&["--listen=127.0.0.1:1", "--data", "d", "--saver-rate", "5"]).join(" "),
            "--demo --site s --listen=127.0.0.1:1 --data d --saver-rate 5"
        );
    }

    #[test]
    fn a_flag_is_not_said_twice() {
        let demos = with(&["--demo"]);
        assert_eq!(demos.iter().filter(|argument| *argument == "--demo").count(), 1);
    }

    #[test]
    fn the_value_is_found_however_it_is_written() {
        let spaced = with(&["--listen", "a"]);
        let joined = with(&["--listen=b"]);
        assert_eq!(value_of(&spaced, "--listen"), Some("a"));
        assert_eq!(value_of(&joined, "--listen"), Some("b"));
        assert_eq!(value_of(&joined, "--list"), None);
    }

    #[test]
    fn a_taken_port_is_one_sentence() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let said = check_address(Some(&address)).unwrap_err().to_string();
        assert!(said.starts_with(&format!("{address} is taken")), "{said}");
        assert_eq!(said.lines().count(), 1);
    }

    #[test]
    fn any_free_port_is_free() {
        check_address(Some("127.0.0.1:0")).unwrap();
    }

    #[test]
    fn what_is_no_address_is_left_to_the_server() {
        check_address(Some("nonsense")).unwrap();
        check_address(None).unwrap();
    }
}
