//! The ledger over records of the log, one to a line: its kind, a space, and the bytes. A saver that takes over after any of
//! them ends where the first ends, and what the pages are told they can read.

use crate::again::is_read_as_written;
use comptoir::probe::Ledger;
use shared::event::{Event, Recorded};
use shared::ids::StoreNo;
use shared::picture::Picture;
use shared::position::Position;
use shared::time::Timestamp;
use std::collections::BTreeSet;

/// How many records are looked at: each is followed by a take-over.
const MOST: usize = 40;

/// The target `ledger`.
pub fn check(data: &[u8]) {
    let records = records(data);
    let mut steady = Ledger::new(StoreNo::FIRST);
    let mut handed_on = steady.clone();
    let mut picture = Picture::empty(StoreNo::FIRST);
    for record in &records {
        steady.take(record).expect("the ledger reads what it wrote");
        handed_on.take(record).expect("the ledger reads what it wrote");
        let notice = handed_on.notice(record.accepted_at);
        is_read_as_written(&notice);
        assert!(picture.apply(&notice), "every record is told");
        handed_on.checkpoint().expect("the ledger can be written");
        handed_on = handed_on.taken_over().expect("the ledger reads what it wrote");
    }
    steady.checkpoint().expect("the ledger can be written");
    assert!(steady.documents().eq(handed_on.documents()), "whoever takes over ends where nobody did");
    is_read_as_written(&picture);
}

/// The records of the first store in their order, each of them once.
fn records(data: &[u8]) -> Vec<Recorded> {
    let mut seen = BTreeSet::new();
    let events = data.split(|byte| *byte == b'\n').filter_map(event);
    let fresh = events.filter(|event| seen.insert(event.id()));
    (1..).zip(fresh.take(MOST)).filter_map(|(offset, event)| recorded(offset, event)).collect()
}

fn event(line: &[u8]) -> Option<Event> {
    let end = line.iter().position(|byte| *byte == b' ')?;
    let (kind, payload) = line.split_at_checked(end)?;
    Event::decode(std::str::from_utf8(kind).ok()?, Event::VERSION, payload).ok()
}

fn recorded(offset: u64, event: Event) -> Option<Recorded> {
    let accepted_at = Timestamp::from_second(1_795_435_200 + i64::try_from(offset).ok()?).ok()?;
    let position = Position { epoch: 1, offset };
    Some(Recorded { position, store: StoreNo::FIRST, accepted_at, flags: Vec::new(), event })
}
