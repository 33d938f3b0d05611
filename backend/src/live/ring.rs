//! The latest notices: what a snapshot from the store may not reflect yet.

use crate::saver::CHECKPOINT_BEHIND;
use shared::ids::StoreNo;
use shared::mutant::Mutant;
use shared::notice::Notice;
use shared::picture::Picture;
use shared::position::Position;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long a notice is remembered: for the longest time between two checkpoints, since the store is behind by at most one, and
/// as long again for writing it.
const MEMORY: Duration = CHECKPOINT_BEHIND.saturating_mul(2);

/// How many notices are remembered at most, so that memory stays bounded at any rate.
const MOST: usize = 4096;

/// The latest notices, oldest first.
#[derive(Debug, Default)]
pub struct Ring {
    /// With when each came, since the savers that wrote them go by clocks of their own.
    latest: VecDeque<(Instant, Arc<Notice>)>,
    /// Up to where each store's notices are forgotten.
    forgotten: BTreeMap<StoreNo, Position>,
}

impl Ring {
    /// Remembers a notice and forgets what is too old.
    pub fn push(&mut self, notice: Arc<Notice>) {
        let now = Instant::now();
        self.latest.push_back((now, notice));
        while self.is_over(now) && !Mutant::RingNeverForgets.is_on() {
            self.forget_oldest();
        }
    }

    fn is_over(&self, now: Instant) -> bool {
        self.latest.len() > MOST || self.latest.front().is_some_and(|(came, _)| now - *came > MEMORY)
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        while !self.latest.is_empty() {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, oldest)) = self.latest.pop_front() {
            self.forgotten.insert(oldest.store, oldest.position);
        }
    }

    /// Brings a picture up to date with what is remembered of its store; `false` where something between the two is
    /// forgotten.
    pub fn fold(&self, picture: &mut Picture) -> bool {
        let forgotten = self.forgotten.get(&picture.store());
        let is_whole = forgotten.is_none_or(|forgotten| *forgotten <= picture.position());
        for (_, notice) in self.latest.iter().filter(|_| !Mutant::RingNotFolded.is_on()) {
            picture.apply(notice);
        }
        is_whole
    }

    /// How long before the latest notice the oldest came that it remembers.
    #[cfg(test)]
    pub fn span(&self) -> Duration {
        let ends = self.latest.front().zip(self.latest.back());
        ends.map_or(Duration::ZERO, |((first, _), (last, _))| *last - *first)
    }

    /// The stores that something was told of.
    pub fn stores(&self) -> BTreeSet<StoreNo> {
        self.latest.iter().map(|(_, notice)| notice.store).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, empty_notice, second, store};
    use tokio::time::{advance, sleep};

    fn told(offset: u64) -> Arc<Notice> {
        Arc::new(empty_notice(offset))
    }

    /// Notices that came at these seconds.
    async fn came(all: impl IntoIterator<Item = (Arc<Notice>, u64)>) -> Ring {
        let (began, mut ring) = (Instant::now(), Ring::default());
        for (notice, seconds) in all {
            advance(Duration::from_secs(seconds).saturating_sub(began.elapsed())).await;
            ring.push(notice);
        }
        ring
    }

    fn picture_at(offset: u64) -> Picture {
        let mut picture = Picture::empty(StoreNo::FIRST);
        picture.apply(&empty_notice(offset));
        picture
    }

    #[tokio::test(start_paused = true)]
    async fn a_picture_that_is_too_old_for_what_is_remembered_is_not_whole() {
        let ring = came([(told(1), 0), (told(2), 1), (told(3), 11), (told(4), 12)]).await;
        let mut picture = picture_at(2);
        assert!(ring.fold(&mut picture));
        assert_eq!(picture.position(), at(4));
        assert!(!ring.fold(&mut picture_at(1)));
        assert!(ring.fold(&mut Picture::empty(store(2))));
    }

    /// Under a backlog the store is behind by a checkpoint of five seconds, and by what writing it takes.
    #[tokio::test(start_paused = true)]
    async fn what_was_told_some_seconds_ago_is_remembered() {
        let mut ring = came([(told(1), 0), (told(2), 9), (told(3), 10)]).await;
        assert_eq!(ring.latest.len(), 3);
        assert!(ring.fold(&mut Picture::empty(StoreNo::FIRST)));
        sleep(Duration::from_secs(1)).await;
        ring.push(told(4));
        assert!(!ring.fold(&mut Picture::empty(StoreNo::FIRST)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_saver_whose_clock_is_ahead_has_nothing_of_the_others_forgotten() {
        let ahead = Notice { store: store(2), saved_at: second(3600), ..empty_notice(2) };
        let ring = came([(told(1), 0), (Arc::new(ahead), 1)]).await;
        assert!(ring.fold(&mut Picture::empty(StoreNo::FIRST)));
    }

    #[tokio::test(start_paused = true)]
    async fn memory_is_bounded_at_any_rate_and_clearing_is_forgetting() {
        let mut ring = Ring::default();
        for offset in 1..=MOST as u64 + 10 {
            ring.push(told(offset));
        }
        assert_eq!(ring.latest.len(), MOST);
        assert!(ring.fold(&mut picture_at(10)) && !ring.fold(&mut picture_at(9)));
        ring.clear();
        assert!(ring.stores().is_empty());
        assert!(!ring.fold(&mut picture_at(MOST as u64 + 9)));
    }
}
