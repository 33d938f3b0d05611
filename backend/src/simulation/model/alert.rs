//! What is to be said of an alert.

use super::Shelf;
use shared::event::Recorded;
use shared::ids::EventId;
use shared::notice::Alert as Said;
use shared::time::Timestamp;

/// One alert; quantities in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub cause: EventId,
    pub raised_at: Timestamp,
    pub on_hand: i64,
    pub par: i64,
    pub cleared_at: Option<Timestamp>,
}

impl Alert {
    /// A record has taken what is there below its threshold.
    pub fn raised(record: &Recorded, now: &Shelf) -> Self {
        let (cause, raised_at) = (record.event.id(), record.accepted_at);
        Self { cause, raised_at, on_hand: now.on_hand, par: now.par, cleared_at: None }
    }

    /// The same with what is there by now.
    pub fn with(&self, now: &Shelf) -> Self {
        Self { on_hand: now.on_hand, par: now.par, ..self.clone() }
    }

    /// A record has ended it.
    pub fn cleared(&self, record: &Recorded, now: &Shelf) -> Self {
        Self { cleared_at: Some(record.accepted_at), ..self.with(now) }
    }
}

impl From<&Said> for Alert {
    fn from(said: &Said) -> Self {
        Self {
            cause: said.cause,
            raised_at: said.raised_at,
            on_hand: said.on_hand.thousandths(),
            par: said.par.thousandths(),
            cleared_at: said.cleared_at,
        }
    }
}
