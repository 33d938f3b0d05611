//! What a process takes of the machine, as Linux tells it.

use std::fs;
use std::time::Duration;

/// A process, by its number.
#[derive(Debug, Clone, Copy)]
pub struct Usage(u32);

impl Usage {
    /// Of the process with this number.
    pub const fn of(process: u32) -> Self {
        Self(process)
    }

    /// The most memory that it had at once so far, in MB.
    pub fn peak_memory(self) -> u32 {
        self.megabytes("VmHWM:")
    }

    /// The memory that it has at present, in MB.
    pub fn memory(self) -> u32 {
        self.megabytes("VmRSS:")
    }

    /// A line of `proc_pid_status(5)`.
    fn megabytes(self, name: &str) -> u32 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0)).unwrap_or_default();
        let size = status.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix("kB"));
        size.and_then(|kilobytes| kilobytes.trim().parse::<u32>().ok()).expect("Linux tells it") / 1024
    }

    /// The CPU time that it has used so far, in its own code and in the kernel's (`proc_pid_stat(5)`: fields 14 and 15, in
    /// hundredths of a second).
    pub fn cpu_time(self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0)).unwrap_or_default();
        // The name in the second field may hold anything; the third follows its last parenthesis.
        let fields: Vec<_> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let hundredths = |place: usize| fields.get(place).and_then(|field| field.parse::<u64>().ok());
        Duration::from_millis(10 * (hundredths(11).expect("user time") + hundredths(12).expect("system time")))
    }
}
