//! One product on one store's shelf, as anyone would keep it on paper.

use shared::position::Position;
use shared::time::Timestamp;

/// What is known of it; quantities in thousandths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    pub on_hand: i64,
    pub par: i64,
    pub counted_at: Option<Timestamp>,
    /// The record that took it below its threshold, while it is there.
    pub low_since: Option<Position>,
}

/// What happens to it.
#[derive(Debug, Clone, Copy)]
pub enum Motion {
    Sold(Timestamp, i64),
    Sent(i64),
    Came(i64),
    Counted(Timestamp, i64),
}

/// What that led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crossing {
    None,
    /// It is low from here on.
    Down,
    /// It is no longer low since that record.
    Up(Position),
    /// A count has seen the sale before.
    Seen,
}

impl Shelf {
    pub fn happens(&mut self, motion: Motion, threshold: u16, at: Position) -> Crossing {
        match motion {
            Motion::Sold(sold_at, _) if self.counted_at.is_some_and(|counted| sold_at < counted) => {
                return Crossing::Seen;
            }
            Motion::Sold(_, quantity) | Motion::Sent(quantity) => self.on_hand -= quantity,
            Motion::Came(quantity) => {
                self.on_hand += quantity;
                if self.on_hand > self.par {
                    self.par = self.on_hand;
                }
            }
            Motion::Counted(counted, quantity) => {
                self.on_hand = quantity;
                self.counted_at = self.counted_at.max(Some(counted));
            }
        }
        self.look(threshold, at)
    }

    /// Compares what is there with the threshold, in basis points of what a full shelf holds.
    pub fn look(&mut self, threshold: u16, at: Position) -> Crossing {
        let is_low = self.on_hand <= 0 || self.on_hand * 10_000 < self.par * i64::from(threshold);
        match self.low_since {
            None if is_low => {
                self.low_since = Some(at);
                Crossing::Down
            }
            Some(since) if !is_low => {
                self.low_since = None;
                Crossing::Up(since)
            }
            _ => Crossing::None,
        }
    }
}
