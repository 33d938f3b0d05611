//! The same facts, added up a second time by other code: plainly, from the log's records in their order, with everything
//! kept. What the savers wrote and told is held against it.

mod alert;
mod series;
mod shelf;
mod takings;

pub use alert::Alert;
pub use series::Series;
pub use shelf::Shelf;
pub use takings::Takings;

use shared::chain::Sealed;
use shared::event::{Event, Recorded, Settings, StockItem, StockMovement};
use shared::finding::FindingKind;
use shared::ids::{EventId, RegisterNo, SeriesLetter, Sku, StoreNo};
use shared::position::Position;
use shared::receipt::Receipt;
use shared::stock::StockLevel;
use shared::time::{CutOff, Day};
use shelf::{Crossing, Motion};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How a store stands after one of its records.
#[derive(Debug, Clone, Default)]
pub struct State {
    pub cut_off: CutOff,
    pub training: Option<bool>,
    pub thresholds: BTreeMap<Sku, u16>,
    pub shelves: BTreeMap<Sku, Shelf>,
    pub series: BTreeMap<(RegisterNo, SeriesLetter), Series>,
    /// Receipts and takings, by day and register.
    pub days: BTreeMap<(Day, RegisterNo), (u64, i64)>,
}

impl State {
    /// Below which share of what a full shelf holds a product runs low, in basis points.
    pub fn threshold(&self, sku: &Sku) -> u16 {
        self.thresholds.get(sku).copied().unwrap_or(1000)
    }

    /// Whether a level is what the store has.
    pub fn has(&self, sku: &Sku, level: &StockLevel) -> bool {
        self.shelves.get(sku).is_some_and(|shelf| {
            (level.on_hand.thousandths(), level.par.thousandths(), level.counted_at)
                == (shelf.on_hand, shelf.par, shelf.counted_at)
                && u16::from(level.threshold) == self.threshold(sku)
        })
    }
}

/// An alert by its name: which product, raised by which record.
pub type AlertName = (Position, Sku);

/// A store's whole history.
#[derive(Default)]
pub struct History {
    states: Vec<(Position, Arc<State>)>,
    /// Every alert, as it was when it was raised.
    pub raised: BTreeMap<AlertName, Alert>,
    /// Those that were cleared, as they were then.
    pub cleared: BTreeMap<AlertName, Alert>,
    /// What was taken, by day and register.
    pub takings: BTreeMap<(Day, RegisterNo), Takings>,
    /// What was taken in each hour of a day, in minor units.
    pub hours: BTreeMap<Day, [i64; 24]>,
    /// What the ledger has to find, beside the flags that come with a record.
    pub findings: BTreeSet<(Position, FindingKind)>,
    /// The first record under each id.
    pub firsts: BTreeMap<EventId, (Position, Event)>,
}

impl History {
    /// The state as of a record, and that of every record after it.
    pub fn since(&self, position: Position) -> impl Iterator<Item = &State> {
        let start = self.states.partition_point(|(at, _)| *at <= position).saturating_sub(1);
        self.states[start..].iter().map(|(_, state)| &**state)
    }

    /// The last state; the very first one where nothing has happened.
    pub fn state(&self) -> State {
        self.states.last().map(|(_, state)| State::clone(state)).unwrap_or_default()
    }

    /// The last record.
    pub fn position(&self) -> Position {
        self.states.last().map(|(position, _)| *position).unwrap_or_default()
    }

    /// A record that cannot be read.
    pub fn unreadable(&mut self, position: Position) {
        self.findings.insert((position, FindingKind::DeadLetter));
        self.states.push((position, Arc::new(self.state())));
    }

    /// The next record.
    pub fn take(&mut self, record: &Recorded) {
        let mut step = Step { state: self.state(), record, history: self };
        match step.history.firsts.get(&record.event.id()) {
            None => step.first(),
            Some((_, first)) => {
                let differs = *first != record.event;
                step.copy(differs);
            }
        }
        let state = Arc::new(step.state);
        self.states.push((record.position, state));
    }
}

/// One record being taken.
struct Step<'a> {
    state: State,
    record: &'a Recorded,
    history: &'a mut History,
}

impl Step<'_> {
    fn copy(&mut self, differs: bool) {
        if let Event::Receipt(receipt) = &self.record.event {
            self.series(receipt).copies += 1;
        }
        if differs {
            self.find(FindingKind::CopyDiffers);
        }
    }

    fn first(&mut self) {
        let record = self.record;
        self.history.firsts.insert(record.event.id(), (record.position, record.event.clone()));
        match &record.event {
            Event::Receipt(receipt) => self.sale(receipt),
            Event::Delivery(movement) | Event::TransferIn(movement) => self.goods(movement, Motion::Came),
            Event::TransferOut(movement) => self.goods(movement, Motion::Sent),
            Event::StockCount(movement) => self.goods(movement, |quantity| Motion::Counted(movement.at, quantity)),
            Event::Enrolment(enrolment) => {
                let key = (enrolment.series.register, enrolment.series.letter.clone());
                self.state.series.entry(key).or_default().root = Some(enrolment.prev);
            }
            Event::Settings(change) => self.settings(change),
            Event::Journal(_) => unreachable!("no till of the simulated world keeps a journal"),
        }
    }

    fn sale(&mut self, receipt: &Sealed<Receipt>) {
        let body = &receipt.body;
        let accepted_at = self.record.accepted_at;
        let found = self.series(receipt).arrive(body.number, body.prev, receipt.hash, accepted_at);
        if let Some(kind) = found {
            self.find(kind);
        }
        if self.state.training.is_some_and(|training| training != body.simulated) {
            return;
        }
        let day = body.issued_at.business_day(self.state.cut_off);
        let (receipts, takings) = self.state.days.entry((day, body.register)).or_default();
        *receipts += 1;
        *takings += body.total.minor();
        self.history.takings.entry((day, body.register)).or_default().add(body);
        self.history.hours.entry(day).or_default()[takings::hour(body)] += body.total.minor();
        let mut sold = BTreeMap::<Sku, i64>::new();
        for line in &body.lines {
            *sold.entry(line.sku.clone()).or_default() += line.quantity.thousandths();
        }
        for (sku, quantity) in sold {
            self.happens(&sku, Motion::Sold(body.issued_at.timestamp(), quantity));
        }
    }

    fn goods(&mut self, movement: &StockMovement, motion: impl Fn(i64) -> Motion) {
        for StockItem { sku, quantity } in &movement.items {
            self.happens(sku, motion(quantity.thousandths()));
        }
    }

    fn settings(&mut self, change: &Settings) {
        self.state.cut_off = change.cut_off.unwrap_or(self.state.cut_off);
        self.state.training = self.state.training.or(change.training);
        for setting in &change.thresholds {
            self.state.thresholds.insert(setting.sku.clone(), setting.threshold.into());
            if let Some(shelf) = self.state.shelves.get_mut(&setting.sku) {
                let crossing = shelf.look(setting.threshold.into(), self.record.position);
                self.cross(&setting.sku, crossing);
            }
        }
    }

    fn happens(&mut self, sku: &Sku, motion: Motion) {
        let threshold = self.state.threshold(sku);
        let goods = self.state.shelves.entry(sku.clone()).or_default();
        let crossing = goods.happens(motion, threshold, self.record.position);
        self.cross(sku, crossing);
    }

    fn cross(&mut self, sku: &Sku, crossing: Crossing) {
        match crossing {
            Crossing::None => {}
            Crossing::Down => {
                let alert = Alert::raised(self.record, &self.state.shelves[sku]);
                self.history.raised.insert((self.record.position, sku.clone()), alert);
            }
            Crossing::Up(since) => {
                let name = (since, sku.clone());
                let alert = self.history.raised[&name].cleared(self.record, &self.state.shelves[sku]);
                self.history.cleared.insert(name, alert);
            }
            Crossing::Seen => self.find(FindingKind::SaleBeforeCount),
        }
    }

    fn series(&mut self, receipt: &Sealed<Receipt>) -> &mut Series {
        let key = (receipt.body.register, receipt.body.series.clone());
        self.state.series.entry(key).or_default()
    }

    fn find(&mut self, kind: FindingKind) {
        self.history.findings.insert((self.record.position, kind));
    }
}

/// All stores.
#[derive(Default)]
pub struct Model(BTreeMap<StoreNo, History>);

impl Model {
    pub fn of(&mut self, store: StoreNo) -> &mut History {
        self.0.entry(store).or_default()
    }

    pub fn stores(&self) -> impl Iterator<Item = (StoreNo, &History)> {
        self.0.iter().map(|(store, history)| (*store, history))
    }
}
