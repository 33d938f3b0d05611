//! What has to hold of the picture that pages are given: it shows what the log adds up to.

use super::super::model::Alert;
use super::super::world::World;
use super::end::Books;
use super::notice::{is_status, tells};
use super::{Held, Invariant, must};
use shared::event::Event;
use shared::ids::StoreNo;
use shared::picture::Picture;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// Holds what was read of each store against the model.
pub fn pictures_are_true(world: &World, stored: &BTreeMap<StoreNo, Picture>) -> Held {
    let model = world.model();
    for (store, history) in model.stores() {
        let books = Books { world, store, history, state: history.state() };
        books.picture(&stored[&store])?;
    }
    Ok(())
}

impl Books<'_> {
    fn picture(&self, shown: &Picture) -> Held {
        self.is_true(shown.position() == self.history.position(), &shown.position())?;
        self.levels(shown)?;
        self.all_series(shown)?;
        self.register_days(shown)?;
        self.latest(shown)
    }

    fn is_true(&self, holds: bool, shown: &impl Debug) -> Held {
        must(Invariant::PicturesAreTrue, holds, || format!("store {}: {shown:?} is shown", self.store))
    }

    fn levels(&self, shown: &Picture) -> Held {
        let levels: Vec<_> = shown.levels().collect();
        let are_exact = levels.iter().all(|(sku, level)| self.state.has(sku, level));
        self.is_true(are_exact && levels.len() == self.state.shelves.len(), &levels)?;
        let low = self.state.shelves.iter().filter_map(|(sku, goods)| {
            let name = (goods.low_since?, sku.clone());
            let alert = self.history.raised[&name].with(goods);
            Some((name, alert))
        });
        let low: BTreeMap<_, _> = low.collect();
        let open = shown.alerts().into_iter().map(|it| ((it.raised, it.sku.clone()), Alert::from(it)));
        let open: BTreeMap<_, _> = open.collect();
        self.is_true(open == low, &open)
    }

    fn all_series(&self, shown: &Picture) -> Held {
        let all: Vec<_> = shown.series().collect();
        let are_so = all.iter().all(|status| {
            let series = self.state.series.get(&(status.register, status.letter.clone()));
            series.is_some_and(|series| is_status(series, status))
        });
        self.is_true(are_so && all.len() == self.state.series.len(), &all)
    }

    /// At least the last day on which anything was sold.
    fn register_days(&self, shown: &Picture) -> Held {
        let days = shown.days().map(|day| ((day.day, day.register), (day.receipts, day.takings.minor())));
        let days: BTreeMap<_, _> = days.collect();
        let are_sums = days.iter().all(|(key, sums)| self.state.days.get(key) == Some(sums));
        let last = self.state.days.keys().next_back().map(|(day, _)| *day);
        let of_last = self.state.days.keys().filter(|(day, _)| Some(*day) == last);
        self.is_true(are_sums && of_last.into_iter().all(|key| days.contains_key(key)), &days)
    }

    fn latest(&self, shown: &Picture) -> Held {
        let receipts = self.history.firsts.values().filter_map(|(position, event)| match event {
            Event::Receipt(sealed) => Some((*position, sealed)),
            _ => None,
        });
        let receipts: BTreeMap<_, _> = receipts.collect();
        let latest: Vec<_> = receipts.values().rev().take(Picture::MEMORY).collect();
        let recent: Vec<_> = shown.recent().collect();
        let are_so = recent.iter().zip(&latest).all(|(said, there)| said.id == there.body.id && tells(said, there));
        self.is_true(are_so && recent.len() == latest.len(), &recent)?;
        let found: Vec<_> = shown.findings().map(|finding| (finding.position, finding.kind)).collect();
        let expected = self.expected_findings().into_iter().rev().take(Picture::MEMORY);
        self.is_true(expected.eq(found.iter().copied()), &found)
    }
}
