//! What has to have been told once everything has settled: all that happened, nothing else, and how it all ended.

use super::super::facts::Told;
use super::end::Books;
use super::{Held, Invariant, must};
use crate::ledger::day::DayFigures;
use crate::ledger::series::Series;
use crate::ledger::stock::StockPage;
use crate::store::projections::ProjectionKind;
use shared::event::Event;
use std::fmt::Debug;

impl Books<'_> {
    /// What the savers' notices have said, whether or not it has reached a page.
    pub fn told(&self) -> Held {
        let facts = self.world.facts();
        let nothing = Told::default();
        let told = facts.told.get(&self.store).unwrap_or(&nothing);
        self.events(told)?;
        self.findings_told(told)?;
        self.values(told)
    }

    fn has_told(&self, unsaid: &[impl Debug]) -> Held {
        must(Invariant::EverythingIsTold, unsaid.is_empty(), || {
            format!("store {}: nobody was told of {unsaid:?}", self.store)
        })
    }

    /// Whatever happened was told at least once.
    fn events(&self, told: &Told) -> Held {
        let receipts = self.history.firsts.values().filter_map(|(_, event)| match event {
            Event::Receipt(receipt) => Some(receipt.body.id),
            _ => None,
        });
        self.has_told(&receipts.filter(|id| !told.saved.contains(id)).collect::<Vec<_>>())?;
        self.has_told(&self.history.raised.keys().filter(|name| !told.raised.contains(*name)).collect::<Vec<_>>())?;
        self.has_told(&self.history.cleared.keys().filter(|name| !told.cleared.contains(*name)).collect::<Vec<_>>())
    }

    fn findings_told(&self, told: &Told) -> Held {
        let expected = self.expected_findings();
        self.has_told(&expected.difference(&told.findings).collect::<Vec<_>>())?;
        let more: Vec<_> = told.findings.difference(&expected).collect();
        must(Invariant::NothingElseIsTold, more.is_empty(), || format!("store {}: {more:?}", self.store))
    }

    /// The last that was told of each value is what the store holds.
    fn values(&self, told: &Told) -> Held {
        for (sku, entry) in self.all::<StockPage>(ProjectionKind::Stock).into_iter().flat_map(|page| page.0) {
            self.is_last(told.levels.of(&sku), &entry.level, &sku)?;
        }
        for series in self.all::<Series>(ProjectionKind::Series) {
            let key = (series.register, series.letter.clone());
            self.is_last(told.series.of(&key), &series.status(), &key)?;
        }
        for day in self.all::<DayFigures>(ProjectionKind::Day).iter().flat_map(DayFigures::register_days) {
            let key = (day.day, day.register);
            self.is_last(told.days.of(&key), &day, &key)?;
        }
        Ok(())
    }

    fn is_last<V: PartialEq + Debug>(&self, told: Option<&V>, kept: &V, what: &dyn Debug) -> Held {
        must(Invariant::EverythingIsTold, told == Some(kept), || {
            format!("store {}, {what:?}: {told:?} was told last, and {kept:?} is kept", self.store)
        })
    }
}
