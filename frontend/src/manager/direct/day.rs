//! The day so far and the same weekday a week before, hour by hour, as the server adds them up.

use super::wall::{Wall, Walls, from_start};
use crate::api;
use crate::manager::context::Desk;
use crate::manager::figures::takings::{HOURS, Hours, change_percent, heights};
use leptos::prelude::*;
use shared::api::stats::StoreDay;
use shared::ids::StoreNo;
use shared::money::{Currency, Money};
use shared::picture::Picture;
use std::collections::BTreeMap;
use std::time::Duration;

/// How often the hours are fetched again; the receipts in between count in the hour that runs.
const REFRESH: Duration = Duration::from_mins(1);

type Days = BTreeMap<StoreNo, StoreDay>;

/// What the server adds up.
#[derive(Clone, Copy)]
pub struct Fetched {
    today: RwSignal<Days>,
    week_before: RwSignal<Days>,
    /// Whether the server has answered, or cannot.
    pub ready: RwSignal<bool>,
}

/// The takings of all stores that are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Takings {
    /// The sum of each currency, the one of the charts first.
    pub totals: Vec<(Currency, Money)>,
    /// By how many percent the day is above the one a week before, at this time.
    pub change: Option<i64>,
    /// What was taken a week before in the whole day.
    pub week_before: Money,
    /// What was taken by the end of each hour so far.
    pub running: Vec<u64>,
    /// What was taken a week before by the end of each hour.
    pub running_before: Vec<u64>,
}

/// Fetches the hours, and again every minute and after every cut of the line.
pub fn fetch(desk: Desk, walls: Walls) -> Fetched {
    let fetched = Fetched { today: RwSignal::default(), week_before: RwSignal::default(), ready: RwSignal::new(false) };
    let day = Memo::new(move |_| walls.with(|walls| walls.values().map(|wall| wall.day).max()));
    let ask = move || {
        let before = day.get_untracked().map(|day| day.plus_days(-7));
        leptos::task::spawn_local(async move {
            let answers = (api::stats(None).await, api::stats(before).await);
            if fetched.ready.is_disposed() {
                return;
            }
            for (answer, days) in [(answers.0, fetched.today), (answers.1, fetched.week_before)] {
                if let Ok(stats) = answer {
                    days.set(stats.stores.into_iter().map(|day| (day.store, day)).collect());
                }
            }
            fetched.ready.set(true);
        });
    };
    Effect::new(move || {
        desk.live.snapshots.track();
        if day.get().is_some() {
            ask();
        }
    });
    if let Ok(timer) = set_interval_with_handle(ask, REFRESH) {
        on_cleanup(move || timer.clear());
    }
    fetched
}

/// The takings of all stores that are shown, up to the last notice.
pub fn takings(desk: Desk, walls: Walls, fetched: Fetched) -> Takings {
    let (walls, today, before) = (walls.read(), fetched.today.read(), fetched.week_before.read());
    desk.directory.with(|directory| {
        desk.in_scope(|pictures| {
            let mut sums = Sums::default();
            for picture in pictures {
                let store = picture.store();
                if let Some(&wall) = walls.get(&store) {
                    sums.add(directory.currency(store), wall, picture, today.get(&store), before.get(&store));
                }
            }
            sums.takings()
        })
    })
}

/// The sums of one currency.
#[derive(Default, Clone, Copy)]
struct Sum {
    today: Hours,
    before: Hours,
    before_by_now: Money,
    /// How far the day is in the store that is furthest.
    hour: u8,
}

#[derive(Default)]
struct Sums(Vec<(Currency, Sum)>);

impl Sums {
    fn add(
        &mut self,
        currency: Currency,
        wall: Wall,
        picture: &Picture,
        today: Option<&StoreDay>,
        before: Option<&StoreDay>,
    ) {
        let sum = self.of(currency);
        sum.hour = sum.hour.max(wall.hour);
        let known = today.filter(|today| today.day == wall.day);
        if let Some(today) = known {
            sum.today.add(&from_start(&today.hours, wall.start));
        }
        // What was saved after the server added up counts in the hour that runs.
        let counted =
            known.map_or(Money::ZERO, |today| today.hours.iter().copied().fold(Money::ZERO, Money::saturating_plus));
        let since = picture.day_total(wall.day).1.minus(counted).unwrap_or_default();
        sum.today.add_in(wall.hour, since);
        if let Some(before) = before {
            let mut hours = Hours::default();
            hours.add(&from_start(&before.hours, wall.start));
            sum.before.add(&from_start(&before.hours, wall.start));
            sum.before_by_now = sum.before_by_now.saturating_plus(hours.by(wall.hour, wall.minute));
        }
    }

    fn of(&mut self, currency: Currency) -> &mut Sum {
        let place = self.0.iter().position(|(known, _)| *known == currency).unwrap_or_else(|| {
            self.0.push((currency, Sum::default()));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }

    /// Currencies are never added up: the charts show the one that took most.
    fn takings(mut self) -> Takings {
        self.0.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.today.total()));
        let first = self.0.first().map(|(_, sum)| *sum).unwrap_or_default();
        let hours = usize::from(first.hour) + 1;
        Takings {
            totals: self.0.iter().map(|(currency, sum)| (*currency, sum.today.total())).collect(),
            change: change_percent(first.today.total(), first.before_by_now),
            week_before: first.before.total(),
            running: heights(&first.today.running(hours)),
            running_before: if first.before.total() > Money::ZERO {
                heights(&first.before.running(HOURS))
            } else {
                Vec::new()
            },
        }
    }
}
