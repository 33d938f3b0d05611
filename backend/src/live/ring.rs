//! The latest notices: what a snapshot from the store may not reflect yet.

use shared::notice::Notice;
use shared::picture::Picture;
use shared::time::Timestamp;
use std::collections::VecDeque;
use std::sync::Arc;

/// How long a notice is remembered: several checkpoints' worth, since the store is behind by at most one.
const MEMORY: jiff::SignedDuration = jiff::SignedDuration::from_secs(4);

/// How many notices are remembered at most, so that memory stays bounded at any rate.
const MOST: usize = 4096;

/// The latest notices, oldest first.
#[derive(Debug, Default)]
pub struct Ring(VecDeque<Arc<Notice>>);

impl Ring {
    /// Remembers a notice and forgets what is too old.
    pub fn push(&mut self, notice: Arc<Notice>) {
        let now = notice.saved_at;
        self.0.push_back(notice);
        while self.0.len() > MOST || self.0.front().is_some_and(|oldest| is_old(oldest, now)) {
            self.0.pop_front();
        }
    }

    /// Brings a picture up to date with what is remembered of its store.
    pub fn fold(&self, picture: &mut Picture) {
        for notice in &self.0 {
            picture.apply(notice);
        }
    }
}

fn is_old(notice: &Notice, now: Timestamp) -> bool {
    now.duration_since(notice.saved_at) > MEMORY
}
