//! Shows what changed once per frame, and not more often than anybody can read.

use super::Live;
use crate::browser::clock;
use leptos::prelude::{Notify, request_animation_frame, set_timeout};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// The least time between two repaints of live figures, in milliseconds. The first change shows in the very next frame.
const PACE_MS: i64 = 100;

/// Gathers changes until the next repaint.
#[derive(Clone)]
pub(super) struct Frame {
    live: Live,
    asked: Rc<Cell<bool>>,
    shown_at: Rc<Cell<i64>>,
}

impl Frame {
    pub(super) fn new(live: Live) -> Self {
        Self { live, asked: Rc::default(), shown_at: Rc::default() }
    }

    /// Asks for a repaint, unless one is due already.
    pub(super) fn ask(&self) {
        if self.asked.replace(true) {
            return;
        }
        let wait = PACE_MS - (clock::now_millis() - self.shown_at.get());
        let this = self.clone();
        match u64::try_from(wait.min(PACE_MS)) {
            Ok(wait) if wait > 0 => set_timeout(move || this.paint(), Duration::from_millis(wait)),
            _ => this.paint(),
        }
    }

    fn paint(&self) {
        let this = self.clone();
        request_animation_frame(move || {
            this.asked.set(false);
            this.shown_at.set(clock::now_millis());
            this.live.pictures.notify();
        });
    }
}
