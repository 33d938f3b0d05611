//! What is carried, one after the other.

use crate::log::LogRecord;
use crate::store::archive::KindDocument;
use crate::store::dead_letters::DeadLetter;
use crate::store::projections::Projected;
use shared::event::{Event, Recorded};

/// One row.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A document that the ledger has made.
    Projection(Projected),
    /// A receipt or a movement.
    Record(Recorded),
    /// A record that could not be read.
    Letter(DeadLetter),
    /// A document that people or the web tier have made.
    Document(KindDocument),
    /// A record that is in the log and not in the sums yet.
    Event(LogRecord),
}

impl Entry {
    /// The name of the kind of line.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Projection(_) => "projection",
            Self::Record(Recorded { event: Event::Receipt(_), .. }) => "receipt",
            Self::Record(_) => "movement",
            Self::Letter(_) => "dead_letter",
            Self::Document(_) => "document",
            Self::Event(_) => "event",
        }
    }
}
