//! A child that never outlives its test, with its output in a file.

use super::usage::Usage;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// `target/<name>`, whatever there is.
pub fn place(name: &str) -> PathBuf {
    let target =
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("Cargo's folder for tests is in the target folder");
    target.join(name)
}

/// The folder for the logs of one test, `target/<name>`, emptied.
pub fn logs(name: &str) -> PathBuf {
    let folder = place(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder for logs can be made");
    folder
}

/// `comptoir` at work. Dropping it kills it.
pub struct Process(Child);

impl Process {
    /// Starts `comptoir` with standard output and standard error in these files.
    pub fn start(arguments: &[&str], stdout: &Path, stderr: &Path) -> Self {
        Self::start_with(arguments, &[], stdout, stderr)
    }

    /// The same with settings in its environment.
    pub fn start_with(arguments: &[&str], settings: &[(&str, String)], stdout: &Path, stderr: &Path) -> Self {
        let append = |path| File::options().create(true).append(true).open(path).expect("the log can be opened");
        let child = Command::new(env!("CARGO_BIN_EXE_comptoir"))
            .args(arguments)
            .env_remove("COMPTOIR_TOKEN")
            .env_remove("COMPTOIR_EVENTS")
            .env_remove("COMPTOIR_STORE")
            // As the image does.
            .env("MIMALLOC_PURGE_DELAY", "0")
            .envs(settings.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null())
            .stdout(append(stdout))
            .stderr(append(stderr))
            .spawn();
        Self(child.expect("the built program starts"))
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().expect("a child of this process can be asked")
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// What Ctrl-C sends.
    pub fn interrupt(&self) {
        self.signal("INT");
    }

    /// What a supervisor sends to whatever it wants to end.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Stands still from here on, as a machine does whose host is overloaded.
    pub fn freeze(&self) {
        self.signal("STOP");
    }

    /// Goes on as if nothing had been.
    pub fn thaw(&self) {
        self.signal("CONT");
    }

    /// What it takes of the machine.
    pub fn usage(&self) -> Usage {
        Usage::of(self.0.id())
    }

    fn signal(&self, name: &str) {
        signal(&self.0, name);
    }

    /// Waits until it ends by itself.
    pub async fn wait(&mut self, limit: Duration) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(start.elapsed() < limit, "the process has not ended after {limit:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a signal to a child.
pub fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args(["-s", name, &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "the signal is sent");
}
