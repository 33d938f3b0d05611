//! What happened, in order: as one number that two runs of a seed share, and as text for whoever replays it.

use std::fmt::{self, Arguments, Write};
use std::sync::Mutex;
use tokio::time::Instant;

/// FNV-1a over the text of the trace: the same on every machine, whatever the standard library hashes with.
struct Fingerprint(u64);

impl Write for Fingerprint {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(())
    }
}

/// The trace of one run.
pub struct Trace {
    began: Instant,
    is_told: bool,
    fingerprint: Mutex<Fingerprint>,
}

impl Trace {
    /// A trace that begins now and is printed where `is_told`.
    pub fn new(is_told: bool) -> Self {
        Self { began: Instant::now(), is_told, fingerprint: Mutex::new(Fingerprint(0xcbf2_9ce4_8422_2325)) }
    }

    pub fn note(&self, who: &str, what: Arguments<'_>) {
        let millis = self.began.elapsed().as_millis();
        if self.is_told {
            println!("{millis:>7} {who:<10} {what}");
        }
        let _ = writeln!(self.fingerprint.lock().unwrap(), "{millis} {who} {what}");
    }

    /// Differs where anything happened otherwise, or at another time.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint.lock().unwrap().0
    }
}
