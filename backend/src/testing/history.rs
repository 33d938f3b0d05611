//! Random histories of one training store: everything that can happen to it, in any order.

use super::{Till, count, cut_off, delivery, kind_of_store, movement, noted, recorded, refund_id, sale, thresholds};
use proptest::prelude::*;
use shared::chain::Head;
use shared::event::{Event, Recorded};
use shared::finding::FindingKind;
use shared::ids::ReceiptId;
use shared::journal::Act;
use shared::refund::left;

/// Products on four different pages.
pub const NAMES: [&str; 4] = ["A", "B", "C", "D"];

/// Something that happens; numbers choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    /// A till sells, its clock so many seconds after noon.
    Sell {
        till: usize,
        seconds: i64,
        items: Vec<(usize, u32)>,
    },
    /// The same, but the receipt arrives with the next [`Step::Arrive`].
    SellOffline {
        till: usize,
        seconds: i64,
        items: Vec<(usize, u32)>,
    },
    Arrive,
    /// Something that happened before comes again.
    Again(usize),
    /// Another receipt under the id of one before.
    Altered {
        till: usize,
        of: usize,
    },
    /// Two receipts of one number.
    Fork {
        till: usize,
    },
    /// A till gives a whole receipt back, known or not.
    Refund {
        till: usize,
        of: usize,
        seconds: i64,
    },
    Deliver(Vec<(usize, u32)>),
    Count {
        seconds: i64,
        items: Vec<(usize, u32)>,
    },
    Send(Vec<(usize, u32)>),
    Threshold {
        name: usize,
        points: u16,
    },
    CutOff(u16),
    Enrol {
        till: usize,
    },
    /// Somebody opens a drawer without a sale.
    Note {
        till: usize,
    },
    /// A till closes its day.
    Close {
        till: usize,
        seconds: i64,
    },
}

fn items() -> impl Strategy<Value = Vec<(usize, u32)>> {
    prop::collection::vec((0..NAMES.len(), 1_u32..6), 1..4)
}

/// Three days around noon.
fn seconds() -> impl Strategy<Value = i64> {
    -86_400_i64..172_800
}

fn step() -> impl Strategy<Value = Step> {
    let till = 0..2_usize;
    prop_oneof![
        8 => (till.clone(), seconds(), items()).prop_map(|(till, seconds, items)| Step::Sell { till, seconds, items }),
        3 => (till.clone(), seconds(), items()).prop_map(|(till, seconds, items)| Step::SellOffline { till, seconds, items }),
        2 => Just(Step::Arrive),
        1 => (0..100_usize).prop_map(Step::Again),
        1 => (till.clone(), 0..100_usize).prop_map(|(till, of)| Step::Altered { till, of }),
        1 => till.clone().prop_map(|till| Step::Fork { till }),
        2 => (till.clone(), 0..100_usize, seconds()).prop_map(|(till, of, seconds)| Step::Refund { till, of, seconds }),
        3 => items().prop_map(Step::Deliver),
        2 => (seconds(), items()).prop_map(|(seconds, items)| Step::Count { seconds, items }),
        1 => items().prop_map(Step::Send),
        2 => (0..NAMES.len(), 0_u16..=10_000).prop_map(|(name, points)| Step::Threshold { name, points }),
        2 => (0_u16..720).prop_map(Step::CutOff),
        1 => till.clone().prop_map(|till| Step::Enrol { till }),
        2 => till.clone().prop_map(|till| Step::Note { till }),
        2 => (till, seconds()).prop_map(|(till, seconds)| Step::Close { till, seconds }),
    ]
}

/// A history of up to sixty records.
pub fn history() -> impl Strategy<Value = Vec<Recorded>> {
    prop::collection::vec(step(), 1..60).prop_map(|steps| {
        let mut store = Storehouse::new();
        let events: Vec<_> = steps.into_iter().flat_map(|step| store.play(step)).collect();
        let records = (2..).zip(events).map(|(offset, event)| flagged(recorded(offset, event)));
        std::iter::once(recorded(1, kind_of_store(1, true))).chain(records).collect()
    })
}

/// Every seventh record comes with a flag.
fn flagged(record: Recorded) -> Recorded {
    let is_flagged = matches!(record.event, Event::Receipt(_)) && record.position.offset.is_multiple_of(7);
    let flags = if is_flagged { vec![FindingKind::WrongPrice] } else { Vec::new() };
    Recorded { flags, ..record }
}

/// What the steps act on.
struct Storehouse {
    tills: [Till; 2],
    offline: Vec<Event>,
    happened: Vec<Event>,
    last_id: u64,
}

impl Storehouse {
    fn new() -> Self {
        // The second one's cash is rounded.
        let tills = [Till::new(1, 1), Till::new(1, 2).in_coins_of(100)];
        Self { tills, offline: Vec::new(), happened: Vec::new(), last_id: 1 }
    }

    fn play(&mut self, step: Step) -> Vec<Event> {
        let events = self.events(step);
        self.happened.extend(events.iter().cloned());
        events
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    fn events(&mut self, step: Step) -> Vec<Event> {
        match step {
            Step::Sell { till, seconds, items } => vec![sale(&self.tills[till].sell_at(seconds, &named(&items)))],
            Step::SellOffline { till, seconds, items } => {
                self.offline.push(sale(&self.tills[till].sell_at(seconds, &named(&items))));
                Vec::new()
            }
            Step::Arrive => self.offline.drain(..).rev().collect(),
            Step::Again(place) => self.happened.get(place).cloned().into_iter().collect(),
            Step::Altered { till, of } => self.altered(till, of).into_iter().collect(),
            Step::Fork { till } => vec![self.fork(till)],
            Step::Refund { till, of, seconds } => self.refund(till, of, seconds).into_iter().collect(),
            Step::Deliver(items) => vec![delivery(self.next_id(), &named(&items))],
            Step::Count { seconds, items } => vec![count(self.next_id(), seconds, &named(&items))],
            Step::Send(items) => vec![Event::TransferOut(movement(self.next_id(), 0, &named(&items)))],
            Step::Threshold { name, points } => vec![thresholds(self.next_id(), &[(NAMES[name], points)])],
            Step::CutOff(minutes) => vec![cut_off(self.next_id(), minutes)],
            Step::Enrol { till } => vec![self.tills[till].enrolment(till as u64 + 1000)],
            Step::Note { till } => vec![noted(&self.tills[till].note(Act::DrawerOpened))],
            Step::Close { till, seconds } => vec![noted(&self.tills[till].close_day(seconds))],
        }
    }

    fn altered(&self, till: usize, of: usize) -> Option<Event> {
        let Event::Receipt(before) = self.happened.get(of)? else { return None };
        let mut till = self.tills[till].clone();
        Some(sale(&till.issue(before.body.id, 5, &[("A", 1)])))
    }

    fn refund(&mut self, till: usize, of: usize, seconds: i64) -> Option<Event> {
        let Some(Event::Receipt(original)) = self.happened.get(of).cloned() else { return None };
        let all = left(&original.body, []).ok()?;
        let id = refund_id(self.next_id());
        Some(sale(&self.tills[till].refund(id, seconds, &original, &all)))
    }

    fn fork(&mut self, till: usize) -> Event {
        let id = ReceiptId::mint(self.next_id(), &[3; 10]);
        let mut twin = self.tills[till].clone();
        let before = twin.head().number.saturating_sub(1);
        twin.rewind(Head { number: before, ..twin.head() });
        sale(&twin.issue(id, 0, &[("B", 2)]))
    }
}

fn named(items: &[(usize, u32)]) -> Vec<(&'static str, u32)> {
    items.iter().map(|&(name, pieces)| (NAMES[name], pieces)).collect()
}
