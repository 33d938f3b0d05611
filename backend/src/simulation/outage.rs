//! A part of the world that cannot be reached for a while.

use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// Until when it cannot be reached.
#[derive(Default)]
pub struct Outage(Mutex<Option<Instant>>);

impl Outage {
    pub fn begin(&self, wait: Duration) {
        *self.0.lock().unwrap() = Some(Instant::now() + wait);
    }

    pub fn end(&self) {
        *self.0.lock().unwrap() = None;
    }

    pub fn is_on(&self) -> bool {
        self.0.lock().unwrap().is_some_and(|until| Instant::now() < until)
    }
}
