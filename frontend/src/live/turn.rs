//! Doing something once at a time.

use leptos::prelude::{GetValue, SetValue, StoredValue, UpdateValue};

/// A turn at something that is asked for more often than it can be done.
#[derive(Clone, Copy, Default)]
pub struct Turn {
    asked: StoredValue<u32>,
    is_busy: StoredValue<bool>,
}

impl Turn {
    /// Does it, or once more after it is done where it is being done: what was asked for last is always done.
    pub fn ask<F: Future<Output = ()>>(self, act: impl Fn() -> F + 'static) {
        self.asked.update_value(|asked| *asked += 1);
        if self.is_busy.get_value() {
            return;
        }
        self.is_busy.set_value(true);
        leptos::task::spawn_local(async move {
            loop {
                let asked = self.asked.get_value();
                act().await;
                if self.asked.get_value() == asked {
                    return self.is_busy.set_value(false);
                }
            }
        });
    }
}
