//! Figures that follow the server, but not faster than somebody can read.

use leptos::prelude::*;
use std::time::Duration;

/// What `read` gives, read again at most every `pace` after `follow` has seen news, and not while `hold`.
pub fn paced<T>(
    pace: Duration,
    follow: impl Fn() + 'static,
    hold: impl Fn() -> bool + 'static,
    read: impl Fn() -> T + Copy + 'static,
) -> RwSignal<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let shown = RwSignal::new(untrack(read));
    let stale = StoredValue::new(false);
    Effect::new(move || {
        follow();
        stale.set_value(true);
    });
    let turn = move || {
        if stale.get_value() && !hold() {
            stale.set_value(false);
            let fresh = untrack(read);
            if shown.with_untracked(|shown| *shown != fresh) {
                shown.set(fresh);
            }
        }
    };
    if let Ok(timer) = set_interval_with_handle(turn, pace) {
        on_cleanup(move || timer.clear());
    }
    shown
}
