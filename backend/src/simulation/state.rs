//! A value whose changes can be waited for. As tokio's `watch`, whose readers wake in an order that cannot be seeded.

use std::sync::Mutex;
use tokio::sync::Notify;

/// The value; whoever waits is woken in the order in which they began to.
pub struct State<T> {
    value: Mutex<T>,
    changed: Notify,
}

impl<T: Copy> State<T> {
    pub fn new(value: T) -> Self {
        Self { value: Mutex::new(value), changed: Notify::new() }
    }

    pub fn get(&self) -> T {
        *self.value.lock().unwrap()
    }

    pub fn set(&self, value: T) {
        *self.value.lock().unwrap() = value;
        self.changed.notify_waiters();
    }

    /// Resolves once the value is as asked for.
    pub async fn wait_for(&self, is_so: impl Fn(T) -> bool) {
        loop {
            let changed = self.changed.notified();
            if is_so(self.get()) {
                return;
            }
            changed.await;
        }
    }
}
