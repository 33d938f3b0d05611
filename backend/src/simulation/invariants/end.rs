//! What has to hold once everything has settled: the store against the model, the tills against the store.

use super::super::model::{Alert, History, Model, State, Takings};
use super::super::world::World;
use super::memory::is_bounded;
use super::notice::is_status;
use super::{Held, Invariant, must};
use crate::ledger::changes::{SETTINGS_ID, read};
use crate::ledger::day::DayFigures;
use crate::ledger::series::Series;
use crate::ledger::settings::StoreSettings;
use crate::ledger::stock::StockPage;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use serde::de::DeserializeOwned;
use shared::event::Event;
use shared::finding::{Finding, FindingKind};
use shared::ids::StoreNo;
use shared::money::Money;
use shared::notice::Alert as Said;
use shared::position::Position;
use std::collections::{BTreeMap, BTreeSet};

/// Judges everything but the pages.
pub fn judge(world: &World) -> Held {
    let model = world.model();
    for (store, history) in model.stores() {
        let store = Books { world, store, history, state: history.state() };
        store.records()?;
        store.settings()?;
        store.stock()?;
        store.alerts()?;
        store.series()?;
        store.days()?;
        store.findings()?;
        store.chains()?;
        store.refunds()?;
        store.told()?;
    }
    accepted(world)?;
    letters(world, &model)?;
    tills(world, &model)?;
    is_bounded(world)
}

/// One store: what is written, and what the model says.
pub struct Books<'a> {
    pub world: &'a World,
    pub store: StoreNo,
    pub history: &'a History,
    pub state: State,
}

impl Books<'_> {
    fn documents(&self, kind: ProjectionKind) -> Vec<Projected> {
        let filter = ProjectionFilter { store: Some(self.store), ..ProjectionFilter::default() };
        self.world.tables().list(kind, &filter)
    }

    pub fn all<T: DeserializeOwned>(&self, kind: ProjectionKind) -> Vec<T> {
        self.documents(kind).iter().map(|document| read(document).unwrap()).collect()
    }

    /// Each id is kept once, with what came first under it.
    fn records(&self) -> Held {
        let tables = self.world.tables();
        let of_store = tables.records.iter().filter(|((store, _), _)| *store == self.store);
        let kept: BTreeMap<_, _> = of_store.map(|((_, id), it)| (*id, (it.position, it.event.clone()))).collect();
        let differing = kept.keys().chain(self.history.firsts.keys());
        let wrong = differing.into_iter().find(|id| kept.get(id) != self.history.firsts.get(id));
        must(Invariant::AcceptedIsSavedOnce, wrong.is_none(), || format!("store {}: {wrong:?}", self.store))
    }

    fn settings(&self) -> Held {
        let found = self.documents(ProjectionKind::Settings).into_iter().find(|it| it.id == SETTINGS_ID);
        let place = || format!("store {}: {found:?}, {:?}", self.store, self.history.position());
        let reached = found.as_ref().map(|document| document.position).unwrap_or_default();
        must(Invariant::SettingsAreKept, reached == self.history.position(), place)?;
        let kept: StoreSettings = found.as_ref().map(|document| read(document).unwrap()).unwrap_or_default();
        let thresholds: BTreeMap<_, _> =
            kept.thresholds.iter().map(|(sku, it)| (sku.clone(), u16::from(*it))).collect();
        let is_so = (kept.cut_off, kept.training) == (self.state.cut_off, self.state.training);
        must(Invariant::SettingsAreKept, is_so && thresholds == self.state.thresholds, place)
    }

    fn stock(&self) -> Held {
        let entries: BTreeMap<_, _> =
            self.all::<StockPage>(ProjectionKind::Stock).into_iter().flat_map(|page| page.0).collect();
        for sku in entries.keys().chain(self.state.shelves.keys()) {
            let (entry, goods) = (entries.get(sku), self.state.shelves.get(sku));
            let place = || format!("store {}, {sku}: {entry:?} instead of {goods:?}", self.store);
            let is_exact = entry.is_some_and(|entry| self.state.has(sku, &entry.level));
            must(Invariant::StockIsExact, is_exact, place)?;
            let open = entry.and_then(|entry| entry.alert.as_ref()).map(|alert| (alert.raised, Alert::from(alert)));
            let low = goods.and_then(|goods| {
                let since = goods.low_since?;
                Some((since, self.history.raised[&(since, sku.clone())].with(goods)))
            });
            must(Invariant::OneAlertPerCrossing, open == low, place)?;
        }
        Ok(())
    }

    fn alerts(&self) -> Held {
        let alerts = self.all::<Said>(ProjectionKind::Alert);
        let kept: BTreeMap<_, _> = alerts.iter().map(|it| ((it.raised, it.sku.clone()), Alert::from(it))).collect();
        let mut expected = self.history.raised.clone();
        expected.extend(self.history.cleared.clone());
        must(Invariant::OneAlertPerCrossing, kept == expected, || {
            format!("store {}: {kept:?} instead of {expected:?}", self.store)
        })
    }

    fn series(&self) -> Held {
        let all = self.all::<Series>(ProjectionKind::Series);
        let kept: BTreeMap<_, _> = all.iter().map(|it| ((it.register, it.letter.clone()), it.status())).collect();
        for key in kept.keys().chain(self.state.series.keys()) {
            let (status, series) = (kept.get(key), self.state.series.get(key));
            let is_so = status.zip(series).is_some_and(|(status, series)| is_status(series, status));
            must(Invariant::SeriesAreWhole, is_so, || {
                format!("store {}, {key:?}: {status:?} instead of {series:?}", self.store)
            })?;
        }
        Ok(())
    }

    fn days(&self) -> Held {
        let days = self.all::<DayFigures>(ProjectionKind::Day);
        let figures = days.iter().flat_map(|day| day.registers.iter().map(|(no, it)| ((day.day, *no), it)));
        let mut sums = BTreeMap::new();
        for (key, figures) in figures {
            sums.insert(key, (figures.receipts, figures.takings.minor()));
            let taxed = Money::total(figures.taxes.values().map(|sums| sums.gross));
            let paid = Money::total(figures.tenders.values().copied());
            let agree = taxed == Ok(figures.takings) && paid == figures.takings.plus(figures.rounding);
            let are_sound = self.world.is_without_forgery();
            must(Invariant::TotalsAreSums, agree || !are_sound, || format!("store {}: {figures:?}", self.store))?;
        }
        must(Invariant::TotalsAreSums, sums == self.state.days, || {
            format!("store {}: {sums:?} instead of {:?}", self.store, self.state.days)
        })?;
        self.takings(&days)
    }

    /// By rate, tender and hour, held against the receipts themselves.
    fn takings(&self, days: &[DayFigures]) -> Held {
        let of_registers = days.iter().flat_map(|day| day.registers.iter().map(|(no, it)| ((day.day, *no), it)));
        let kept: BTreeMap<_, Takings> = of_registers.map(|(key, figures)| (key, figures.into())).collect();
        must(Invariant::TotalsAreSums, kept == self.history.takings, || {
            format!("store {}: {kept:?} instead of {:?}", self.store, self.history.takings)
        })?;
        let in_minor = |day: &DayFigures| day.hours.iter().map(|sum| sum.minor()).collect::<Vec<_>>();
        // A day may have been begun for a receipt that was of the day before.
        let begun = days.iter().filter(|day| !day.registers.is_empty());
        let kept: BTreeMap<_, _> = begun.map(|day| (day.day, in_minor(day))).collect();
        let expected: BTreeMap<_, _> = self.history.hours.iter().map(|(day, sums)| (*day, sums.to_vec())).collect();
        must(Invariant::TotalsAreSums, kept == expected, || {
            format!("store {}: {kept:?} instead of {expected:?} by the hour", self.store)
        })
    }

    /// Nothing is wrong with a chain where nobody forges and no disk is put back.
    fn chains(&self) -> Held {
        let is_honest = self.world.is_without_forgery() && self.world.plan.rollback_gap == 0;
        let is_wrong = |kind| matches!(kind, FindingKind::WrongPrev | FindingKind::Fork | FindingKind::CopyDiffers);
        let wrong = self.history.findings.iter().find(|(_, kind)| is_honest && is_wrong(*kind));
        must(Invariant::ForgedAndForkedIsFlaggedAndNothingElse, wrong.is_none(), || {
            format!("store {}: {wrong:?} of an honest till", self.store)
        })
    }

    fn findings(&self) -> Held {
        let found = self.all::<Finding>(ProjectionKind::Finding);
        let kept: BTreeSet<_> = found.iter().map(|finding| (finding.position, finding.kind)).collect();
        let expected = self.expected_findings();
        must(Invariant::ForgedAndForkedIsFlaggedAndNothingElse, kept == expected, || {
            let (more, less): (Vec<_>, Vec<_>) =
                (kept.difference(&expected).collect(), expected.difference(&kept).collect());
            format!("store {}: {more:?} too much, {less:?} missing", self.store)
        })
    }

    /// What the model finds, and what came with each receipt that was the first of its id.
    pub fn expected_findings(&self) -> BTreeSet<(Position, FindingKind)> {
        let mut expected = self.history.findings.clone();
        let cluster = self.world.cluster();
        let entries = cluster.partitions.iter().flat_map(|partition| &partition.entries);
        for record in entries.filter_map(|entry| entry.meant.as_ref()).filter(|record| record.store == self.store) {
            let Event::Receipt(receipt) = &record.event else { continue };
            let is_first = self.history.firsts[&record.event.id()].0 == record.position;
            if is_first {
                let flags = record.flags.iter().copied().chain(receipt.own_findings());
                expected.extend(flags.map(|flag| (record.position, flag)));
            }
        }
        expected
    }
}

fn accepted(world: &World) -> Held {
    let (facts, tables) = (world.facts(), world.tables());
    let lost: Vec<_> = facts.acknowledged.iter().filter(|name| !tables.records.contains_key(*name)).collect();
    must(Invariant::AcceptedIsSavedOnce, lost.is_empty(), || format!("lost: {lost:?}"))
}

fn letters(world: &World, model: &Model) -> Held {
    let kept = world.tables().letters.len();
    let found = model.stores().flat_map(|(_, history)| &history.findings);
    let expected = found.filter(|(_, kind)| *kind == FindingKind::DeadLetter).count();
    must(Invariant::UnreadableIsPutAside, kept == expected, || format!("{kept} letters instead of {expected}"))
}

/// Each till has let go of everything that the store has, and no number up to its last one is missing.
fn tills(world: &World, model: &Model) -> Held {
    for till in world.tills() {
        let owed = world.owed(&till);
        must(Invariant::EverythingSettles, owed.is_empty(), || format!("{} still holds {owed:?}", till.name))?;
        let disk = till.disk();
        let Some(record) = &disk.series else { continue };
        let history =
            model.stores().find(|(store, _)| *store == record.series.store).map(|(_, history)| history.state());
        let key = (record.series.register, record.series.letter.clone());
        let series = history.and_then(|state| state.series.get(&key).cloned()).unwrap_or_default();
        let last = series.entries.keys().next_back().copied().unwrap_or(0);
        // Above the end that the disk knows of there may be a number that went with an earlier copy of it.
        let is_whole = if till.has_gone_back() {
            series.head().number >= record.head.number
        } else {
            series.missing() == 0 && last >= record.head.number
        };
        must(Invariant::SeriesAreWhole, is_whole, || {
            format!("{} issued up to {}, saved are {:?}", till.name, record.head.number, series.entries.keys())
        })?;
    }
    Ok(())
}
