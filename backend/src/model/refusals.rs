//! How often something was refused that names a store, counted over all instances. Whoever sends rubbish makes one document of each
//! store grow by a number, and nothing else.

use crate::store::documents::Document;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use shared::ids::StoreNo;

/// How long it is told after the last one.
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(24);

/// What was refused, from the first one after a day without any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusals {
    /// The store.
    pub store: StoreNo,
    /// How often.
    pub count: u64,
    /// When last.
    pub latest: Timestamp,
}

impl Document for Refusals {
    const KIND: &'static str = "refusals";
}

impl Refusals {
    /// The document's name.
    pub fn id(store: StoreNo) -> String {
        super::store::id(store)
    }

    /// With so many more.
    pub fn with(before: Option<Self>, store: StoreNo, more: u64, now: Timestamp) -> Self {
        let told = before.filter(|before| before.is_told(now));
        let (count, latest) = told.map_or((0, now), |before| (before.count, before.latest));
        Self { store, count: count.saturating_add(more), latest: latest.max(now) }
    }

    /// Whether managers are still told of it.
    pub fn is_told(&self, now: Timestamp) -> bool {
        self.latest.checked_add(TOLD_FOR).is_ok_and(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_add_up_until_there_was_none_for_a_day() {
        let at = |hour: i64| Timestamp::from_second(1_800_000_000 + hour * 3_600).unwrap();
        let with = |before, more, hour| Refusals::with(before, StoreNo::FIRST, more, at(hour));
        let first = with(None, 2, 0);
        assert!(first.is_told(at(23)) && !first.is_told(at(24)));
        let second = with(Some(first), 3, 23);
        assert_eq!((second.count, second.latest), (5, at(23)));
        assert!(second.is_told(at(46)) && !second.is_told(at(47)));
        assert_eq!(with(Some(second), 1, 47), with(None, 1, 47));
        let behind = with(Some(second), 1, 22);
        assert_eq!((behind.count, behind.latest), (6, at(23)), "another instance's clock is behind");
    }
}
