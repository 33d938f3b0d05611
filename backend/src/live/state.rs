//! What the hub holds: a picture of each store that somebody watches, and what is in doubt.

use super::hub::Frame;
use super::ring::Ring;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::picture::{Picture, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::Instant;

/// How long a notice may be on its way after the store shows what it tells, before it is taken for lost.
const PATIENCE: Duration = Duration::from_secs(2);

/// Within how many turns every picture is read again: a page heals within minutes, however many stores there are.
const ROUND: usize = 120;

/// Everything that changes.
#[derive(Default)]
pub struct State {
    /// How each watched store stands.
    pub pictures: BTreeMap<StoreNo, Picture>,
    /// The latest notices.
    pub ring: Ring,
    /// The pages that watch one store.
    pub stores: BTreeMap<StoreNo, broadcast::Sender<Frame>>,
    /// Whether a picture of every store is held, for pages that watch all of them. What they make of a store that is new
    /// the hub has to hold from its first notice on, too, or it could not tell that they missed one.
    holds_all: bool,
    refreshed: Option<StoreNo>,
    doubt: Option<Doubt>,
}

/// A picture from the store that shows something else than the one that is held. The notices that would explain it may
/// be on their way.
struct Doubt {
    picture: Picture,
    until: Instant,
}

impl State {
    /// Folds a notice into everything that is held.
    pub fn take(&mut self, notice: &Arc<Notice>) {
        self.ring.push(Arc::clone(notice));
        if self.holds_all {
            self.pictures.entry(notice.store).or_insert_with(|| Picture::empty(notice.store));
        }
        if let Some(picture) = self.pictures.get_mut(&notice.store) {
            picture.apply(notice);
        }
        if let Some(doubt) = self.doubt.take_if(|doubt| doubt.picture.store() == notice.store) {
            self.weigh(doubt, notice);
        }
    }

    /// A doubt ends where a notice has explained it.
    fn weigh(&mut self, mut doubt: Doubt, notice: &Notice) {
        doubt.picture.apply(notice);
        if self.is_confirmed_by(&doubt.picture) {
            self.pictures.insert(notice.store, doubt.picture);
        } else {
            self.doubt = Some(doubt);
        }
    }

    /// Takes a picture that was read from the store in the place of the one that is held, unless that is better, or until
    /// is clear which of them is right.
    pub fn settle(&mut self, picture: Picture) {
        let Some(picture) = self.up_to_date(picture) else { return };
        if self.is_confirmed_by(&picture) {
            self.pictures.insert(picture.store(), picture);
        } else {
            self.doubt.get_or_insert(Doubt { picture, until: Instant::now() + PATIENCE });
        }
    }

    /// Folds what the store may not reflect yet into a picture that was read from it; nothing where the one that is held
    /// is better.
    fn up_to_date(&self, mut picture: Picture) -> Option<Picture> {
        let is_whole = self.ring.fold(&mut picture);
        let is_known = self.pictures.contains_key(&picture.store());
        let is_worse = is_known && (!is_whole || self.holds_later_than(&picture));
        (!is_worse).then_some(picture)
    }

    /// When the doubt ends, if there is one.
    pub fn doubts_until(&self) -> Option<Instant> {
        self.doubt.as_ref().map(|doubt| doubt.until)
    }

    /// Nothing has explained the doubt about the store that is named. Its picture may have been read while it was
    /// written, half of it old: only one that is read afresh can be [put right](Self::put_right) by.
    pub fn end_doubt(&mut self) -> Option<StoreNo> {
        let store = self.doubt.take()?.picture.store();
        self.pictures.contains_key(&store).then_some(store)
    }

    /// Takes a picture for right that was read from the store after a doubt, and tells whether the pages of the store
    /// have missed something.
    pub fn put_right(&mut self, picture: Picture) -> bool {
        let Some(picture) = self.up_to_date(picture) else { return false };
        let have_missed = !self.is_confirmed_by(&picture);
        self.pictures.insert(picture.store(), picture);
        have_missed
    }

    /// Forgets what it knows of the stores.
    pub fn clear(&mut self) {
        self.pictures.clear();
        self.holds_all = false;
        self.doubt = None;
        // What it remembers has a hole now.
        self.ring.clear();
    }

    fn is_confirmed_by(&self, picture: &Picture) -> bool {
        self.pictures.get(&picture.store()).is_none_or(|held| held.agrees_with(picture))
    }

    fn holds_later_than(&self, picture: &Picture) -> bool {
        self.pictures.get(&picture.store()).is_some_and(|held| held.position() > picture.position())
    }

    /// Every store as pages that watch all of them show it, and hold it from now on.
    ///
    /// # Errors
    ///
    /// The stores to load first.
    pub fn all(&mut self, written: &BTreeSet<StoreNo>) -> Result<Vec<Snapshot>, BTreeSet<StoreNo>> {
        let lacking = self.lacking(written);
        if !lacking.is_empty() {
            return Err(lacking);
        }
        self.holds_all = true;
        Ok(self.pictures.values().map(|picture| picture.without_levels().into()).collect())
    }

    /// Whether pages that watch all stores show none of one of these.
    pub fn misses_any(&self, written: &BTreeSet<StoreNo>) -> bool {
        self.holds_all && !self.lacking(written).is_empty()
    }

    /// The stores that something is written of, or was told of, and no picture is held of.
    fn lacking(&self, written: &BTreeSet<StoreNo>) -> BTreeSet<StoreNo> {
        let mut stores = self.ring.stores();
        stores.extend(written);
        stores.retain(|store| !self.pictures.contains_key(store));
        stores
    }

    /// How many pictures to read again in one turn.
    pub fn due_at_once(&self) -> usize {
        self.pictures.len().div_ceil(ROUND).max(1)
    }

    /// Lets go of the pictures that nobody watches, and names the next one of the others, in turn.
    pub fn next_to_refresh(&mut self, all_are_watched: bool) -> Option<StoreNo> {
        if !all_are_watched {
            self.holds_all = false;
            self.stores.retain(|_, pages| pages.receiver_count() > 0);
            let watched = &self.stores;
            self.pictures.retain(|store, _| watched.contains_key(store));
        }
        let after = self.pictures.keys().copied().find(|store| self.refreshed.is_none_or(|last| *store > last));
        self.refreshed = after.or_else(|| self.pictures.keys().next().copied());
        self.refreshed
    }

    /// Whether the one that was named last is the first of a round.
    pub fn begins_a_round(&self) -> bool {
        self.refreshed.as_ref() == self.pictures.keys().next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::store;

    #[test]
    fn every_picture_is_read_again_within_a_round_however_many_there_are() {
        for count in [1, 2, ROUND, ROUND + 1, 10 * ROUND + 7] {
            let pictures = (1..=count as u64).map(|no| (store(no), Picture::empty(store(no)))).collect();
            let mut state = State { pictures, ..State::default() };
            let turns = (0..ROUND).flat_map(|_| 0..state.due_at_once()).collect::<Vec<_>>();
            let read: BTreeSet<_> = turns.iter().filter_map(|_| state.next_to_refresh(true)).collect();
            assert_eq!(read.len(), count);
        }
    }
}
