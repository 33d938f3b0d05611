//! What the clock on each store's wall says.

use crate::browser::clock;
use crate::manager::context::Desk;
use crate::manager::directory::Directory;
use leptos::prelude::*;
use shared::ids::StoreNo;
use shared::time::Day;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The business day and the time of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wall {
    /// The business day.
    pub day: Day,
    /// The hour of that day, 0 to 23, counted from the hour it starts in.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// How many hours after midnight the business day starts.
    pub start: usize,
}

/// The walls of all stores; they are looked at once a minute.
pub type Walls = Memo<Arc<BTreeMap<StoreNo, Wall>>>;

/// The walls of all stores.
pub fn walls(desk: Desk) -> Walls {
    let minute = Memo::new(move |_| desk.clock.get().as_second().div_euclid(60));
    Memo::new(move |_| {
        minute.get();
        Arc::new(desk.directory.with(|directory| read(directory)))
    })
}

fn read(directory: &Directory) -> BTreeMap<StoreNo, Wall> {
    // Asking a browser for a zone's offset is slow, and most stores share one zone.
    let mut moments = HashMap::new();
    let wall = |store: &shared::store::Store| {
        let moment = *moments.entry(store.time_zone.clone()).or_insert_with(|| clock::moment_in(&store.time_zone));
        let start = store.cut_off.minutes() / 60;
        let hour = (u16::from(moment.local_hour()) + 24 - start) % 24;
        let minute = moment.timestamp().as_second().div_euclid(60).rem_euclid(60);
        let wall = Wall {
            day: moment.business_day(store.cut_off),
            hour: u8::try_from(hour).unwrap_or(0),
            minute: u8::try_from(minute).unwrap_or(0),
            start: usize::from(start),
        };
        (store.no, wall)
    };
    directory.stores().map(wall).collect()
}

/// The hours of a business day in their order, from hours of the clock on the wall.
pub fn from_start<T: Copy>(hours: &[T], cut_off_hours: usize) -> Vec<T> {
    let start = cut_off_hours.min(hours.len());
    let (early, late) = hours.split_at(start);
    late.iter().chain(early).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_starts_at_four_ends_with_the_small_hours() {
        assert_eq!(from_start(&[0, 1, 2, 3, 4, 5], 4), [4, 5, 0, 1, 2, 3]);
        assert_eq!(from_start(&[1, 2], 9), [1, 2]);
    }
}
