//! The process of an instance, which another call of xtask has started.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::instance::Instance;
use super::record::Record;
use crate::tools::signal;

/// How long a service may take to end by itself.
const GRACE: Duration = Duration::from_secs(20);

/// How long the system may take to end one that has no say in it.
const KILL: Duration = Duration::from_secs(5);

/// The instance's process, if it runs: a pid that now belongs to another program is not it.
pub fn running(instance: &Instance) -> Result<Option<Record>> {
    let record = Record::read(&instance.record())?;
    Ok(record.filter(|record| is_ours(instance, record.pid)))
}

/// Ends the instance's process, gently at first; `false` if there is none.
pub fn stop(instance: &Instance) -> Result<bool> {
    let Some(Record { pid, .. }) = running(instance)? else {
        return Ok(false);
    };
    signal("TERM", pid)?;
    if !has_ended(instance, pid, GRACE) {
        signal("KILL", pid)?;
        ensure!(has_ended(instance, pid, KILL), "the process {pid} of {} cannot be ended", instance.kind());
    }
    let _ = fs::remove_file(instance.record());
    Ok(true)
}

fn has_ended(instance: &Instance, pid: u32, patience: Duration) -> bool {
    let start = Instant::now();
    while is_ours(instance, pid) {
        if start.elapsed() > patience {
            return false;
        }
        sleep(Duration::from_millis(50));
    }
    true
}

fn is_ours(instance: &Instance, pid: u32) -> bool {
    command_line(pid).is_some_and(|line| bears(&line, &instance.mark()))
}

/// Whether a command line has `mark` as one of its arguments, and not as a part of one.
fn bears(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| line[at + mark.len()..].chars().next().is_none_or(char::is_whitespace))
}

/// The command line of a process; that of one which has ended and only waits to be noticed is empty.
fn command_line(pid: u32) -> Option<String> {
    if Path::new("/proc/self/cmdline").exists() {
        let bytes = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        return Some(String::from_utf8_lossy(&bytes).replace('\0', "\n"));
    }
    let output = Command::new("ps").args(["-ww", "-o", "args=", "-p", &pid.to_string()]).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::kind::Kind;

    #[test]
    fn the_process_of_another_is_not_ours() {
        let folder = tempfile::tempdir().unwrap();
        let instance = Instance::of(Kind::Kafka, folder.path());
        Record { pid: std::process::id(), port: 1 }.write(&instance).unwrap();
        assert_eq!(running(&instance).unwrap(), None);
        assert!(!stop(&instance).unwrap());
    }

    #[test]
    fn a_mark_is_a_whole_argument() {
        assert!(bears("java\n-Dx=/a\nServer", "-Dx=/a"));
        assert!(bears("java -Dx=/a", "-Dx=/a"));
        assert!(!bears("java\n-Dx=/ab", "-Dx=/a"));
        assert!(!bears("", "-Dx=/a"));
    }

    #[cfg(unix)]
    #[test]
    fn ours_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let instance = Instance::of(Kind::Mongodb, folder.path());
        let mut child = Command::new("sh").args(["-c", "sleep 60; :", &instance.mark()]).spawn().unwrap();
        let record = Record { pid: child.id(), port: 1 };
        record.write(&instance).unwrap();
        // A process that has just begun shows no command line for a moment.
        let start = Instant::now();
        while running(&instance).unwrap() != Some(record) {
            assert!(start.elapsed() < GRACE, "the process shows its command line");
            sleep(Duration::from_millis(10));
        }
        assert!(stop(&instance).unwrap());
        assert!(!child.wait().unwrap().success());
        assert_eq!(Record::read(&instance.record()).unwrap(), None);
    }
}
