//! A real Kafka, or a real database, that can be killed, frozen and started again on the same data.

use super::process::signal;
use super::usage::Usage;
use serde_json::Value;
use std::fs::File;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long one may take to listen, on a busy machine.
const LIMIT: Duration = Duration::from_mins(2);

/// One of them.
pub struct Part {
    launch: Value,
    address: SocketAddr,
    log: PathBuf,
    child: Option<Child>,
}

impl Part {
    /// Prepares one in a folder of its own and starts it.
    pub async fn start(kind: &str, folder: &Path) -> Self {
        let mut part = Self::prepare(kind, free_address(), folder, &[]);
        part.start_again().await;
        part
    }

    /// Prepares one in a folder of its own, with further arguments of `cargo xtask services command`.
    pub fn prepare(kind: &str, address: SocketAddr, folder: &Path, further: &[&str]) -> Self {
        let prepared = xtask()
            .args(["services", "command", kind, "--port", &address.port().to_string(), "--folder"])
            .arg(folder)
            .args(further)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo can be run");
        let said = String::from_utf8_lossy(&prepared.stdout);
        assert!(prepared.status.success(), "{kind} cannot be prepared: {said}");
        let launch = said.lines().last().and_then(|line| serde_json::from_str(line).ok());
        let launch = launch.expect("the last line is one JSON object");
        Self { launch, address, log: folder.join(format!("{kind}.log")), child: None }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it takes of the machine.
    pub fn usage(&self) -> Usage {
        Usage::of(self.child.as_ref().expect("it runs").id())
    }

    /// Starts it on the data that are there, and waits until it listens.
    pub async fn start_again(&mut self) {
        self.launch();
        self.listens().await;
    }

    /// Starts it on the data that are there.
    pub fn launch(&mut self) {
        let text = |name: &str| self.launch[name].as_str().expect("a text").to_owned();
        let arguments = self.launch["arguments"].as_array().expect("a list");
        let log = || File::options().create(true).append(true).open(&self.log).expect("the log can be opened");
        let child = Command::new(text("program"))
            .args(arguments.iter().map(|argument| argument.as_str().expect("a text")))
            .current_dir(text("directory"))
            .stdin(Stdio::null())
            .stdout(log())
            .stderr(log())
            .spawn();
        self.child = Some(child.expect("the prepared program starts"));
    }

    /// Waits until it listens.
    pub async fn listens(&mut self) {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            let ended = self.child.as_mut().map(|child| child.try_wait().expect("a child can be asked"));
            assert!(matches!(ended, Some(None)), "it ended by itself: see {}", self.log.display());
            assert!(start.elapsed() < LIMIT, "it listens: see {}", self.log.display());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        signal(&child, "TERM");
        let start = Instant::now();
        while child.try_wait().expect("a child can be asked").is_none() {
            if start.elapsed() > LIMIT {
                let _ = child.kill();
                let _ = child.wait();
                panic!("it does not stop: see {}", self.log.display());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How it ended by itself, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.as_mut().and_then(|child| child.try_wait().expect("a child can be asked"))
    }

    /// Whether it was started, and neither killed nor stopped since.
    pub const fn is_employed(&self) -> bool {
        self.child.is_some()
    }

    /// Answers nobody until [`Self::thaw`].
    pub fn freeze(&self) {
        self.child.iter().for_each(|child| signal(child, "STOP"));
    }

    /// Goes on as if nothing had been.
    pub fn thaw(&self) {
        self.child.iter().for_each(|child| signal(child, "CONT"));
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.kill();
    }
}

/// xtask itself, where it is what runs this test: asking Cargo again would wait for other builds.
fn xtask() -> Command {
    let by_cargo = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.arg("xtask");
        cargo
    };
    std::env::var_os("COMPTOIR_XTASK").map_or_else(by_cargo, Command::new)
}

/// An address that nobody listens on.
pub fn free_address() -> SocketAddr {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    free.expect("a port is free")
}
