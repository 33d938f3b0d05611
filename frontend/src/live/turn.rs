//! Doing something once at a time.

use leptos::prelude::{GetValue, StoredValue, UpdateValue};

/// A turn at something that is asked for more often than it can be done.
#[derive(Clone, Copy, Default)]
pub struct Turn {
    asked: StoredValue<u32>,
    is_busy: StoredValue<bool>,
}

impl Turn {
    /// Does it, or once more after it is done where it is being done: what was asked for last is always done.
    pub fn ask<F: Future<Output = ()>>(self, act: impl Fn() -> F + 'static) {
        // Nobody waits for it where what asks is gone.
        let _ = self.asked.try_update_value(|asked| *asked += 1);
        if self.is_busy.try_update_value(|busy| std::mem::replace(busy, true)) != Some(false) {
            return;
        }
        leptos::task::spawn_local(async move {
            while let Some(asked) = self.asked.try_get_value() {
                act().await;
                if self.asked.try_get_value() == Some(asked) {
                    let _ = self.is_busy.try_update_value(|busy| *busy = false);
                    return;
                }
            }
        });
    }
}
