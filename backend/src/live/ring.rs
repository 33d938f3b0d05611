//! The latest notices: what a snapshot from the store may not reflect yet.

use crate::saver::CHECKPOINT_BEHIND;
use shared::ids::StoreNo;
use shared::mutant::Mutant;
use shared::notice::Notice;
use shared::picture::Picture;
use shared::position::Position;
use shared::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

/// How long a notice is remembered: for the longest time between two checkpoints, since the store is behind by at most one, and
/// as long again for writing it.
const MEMORY: Duration = CHECKPOINT_BEHIND.saturating_mul(2);

/// How many notices are remembered at most, so that memory stays bounded at any rate.
const MOST: usize = 4096;

/// The latest notices, oldest first.
#[derive(Debug, Default)]
pub struct Ring {
    latest: VecDeque<Arc<Notice>>,
    /// Up to where each store's notices are forgotten.
    forgotten: BTreeMap<StoreNo, Position>,
}

impl Ring {
    /// Remembers a notice and forgets what is too old.
    pub fn push(&mut self, notice: Arc<Notice>) {
        let now = notice.saved_at;
        self.latest.push_back(notice);
        let is_over =
            |ring: &VecDeque<Arc<Notice>>| ring.len() > MOST || ring.front().is_some_and(|oldest| is_old(oldest, now));
        while is_over(&self.latest) && !Mutant::RingNeverForgets.is_on() {
            self.forget_oldest();
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        while !self.latest.is_empty() {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some(oldest) = self.latest.pop_front() {
            self.forgotten.insert(oldest.store, oldest.position);
        }
    }

    /// Brings a picture up to date with what is remembered of its store; `false` where something between the two is
    /// forgotten.
    pub fn fold(&self, picture: &mut Picture) -> bool {
        let forgotten = self.forgotten.get(&picture.store());
        let is_whole = forgotten.is_none_or(|forgotten| *forgotten <= picture.position());
        for notice in self.latest.iter().filter(|_| !Mutant::RingNotFolded.is_on()) {
            picture.apply(notice);
        }
        is_whole
    }

    /// How long before the latest notice that it remembers the oldest was written.
    #[cfg(test)]
    pub fn span(&self) -> jiff::SignedDuration {
        let ends = self.latest.front().zip(self.latest.back());
        ends.map_or(jiff::SignedDuration::ZERO, |(oldest, latest)| latest.saved_at.duration_since(oldest.saved_at))
    }

    /// The stores that something was told of.
    pub fn stores(&self) -> BTreeSet<StoreNo> {
        self.latest.iter().map(|notice| notice.store).collect()
    }
}

fn is_old(notice: &Notice, now: Timestamp) -> bool {
    Duration::try_from(now.duration_since(notice.saved_at)).is_ok_and(|age| age > MEMORY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, empty_notice, second};

    fn told(offset: u64, seconds: i64) -> Arc<Notice> {
        Arc::new(Notice { saved_at: second(seconds), ..empty_notice(offset) })
    }

    fn picture_at(offset: u64) -> Picture {
        let mut picture = Picture::empty(StoreNo::FIRST);
        picture.apply(&empty_notice(offset));
        picture
    }

    #[test]
    fn a_picture_that_is_too_old_for_what_is_remembered_is_not_whole() {
        let mut ring = Ring::default();
        for (offset, seconds) in [(1, 0), (2, 1), (3, 11), (4, 12)] {
            ring.push(told(offset, seconds));
        }
        let mut picture = picture_at(2);
        assert!(ring.fold(&mut picture));
        assert_eq!(picture.position(), at(4));
        assert!(!ring.fold(&mut picture_at(1)));
        assert!(ring.fold(&mut Picture::empty(crate::testing::store(2))));
    }

    /// Under a backlog the store is behind by a checkpoint of five seconds, and by what writing it takes.
    #[test]
    fn what_was_told_some_seconds_ago_is_remembered() {
        let mut ring = Ring::default();
        for (offset, seconds) in [(1, 0), (2, 9), (3, 10)] {
            ring.push(told(offset, seconds));
        }
        assert_eq!(ring.latest.len(), 3);
        assert!(ring.fold(&mut Picture::empty(StoreNo::FIRST)));
        ring.push(told(4, 11));
        assert!(!ring.fold(&mut Picture::empty(StoreNo::FIRST)));
    }

    #[test]
    fn memory_is_bounded_at_any_rate_and_clearing_is_forgetting() {
        let mut ring = Ring::default();
        for offset in 1..=MOST as u64 + 10 {
            ring.push(told(offset, 0));
        }
        assert_eq!(ring.latest.len(), MOST);
        assert!(ring.fold(&mut picture_at(10)) && !ring.fold(&mut picture_at(9)));
        ring.clear();
        assert!(ring.stores().is_empty());
        assert!(!ring.fold(&mut picture_at(MOST as u64 + 9)));
    }
}
