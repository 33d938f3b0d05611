//! A document in memory with the position that it reflects.

use shared::mutant::Mutant;
use shared::position::Position;

/// A document that only takes records ahead of it, and knows whether the store has it as it is.
#[derive(Debug, Clone)]
pub struct Tracked<T> {
    value: T,
    position: Position,
    dirty: bool,
}

impl<T> Tracked<T> {
    /// A document that reflects nothing yet.
    pub fn new(value: T) -> Self {
        Self { value, position: Position::default(), dirty: false }
    }

    /// A document as the store has it.
    pub const fn stored(value: T, position: Position) -> Self {
        Self { value, position, dirty: false }
    }

    /// The document.
    pub const fn get(&self) -> &T {
        &self.value
    }

    /// The last record that it reflects.
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Lets `change` see the document if the record at `position` is ahead of it; `None` where it is reflected already.
    pub fn advance<R>(&mut self, position: Position, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        if position <= self.position && !Mutant::ProjectionWithoutFence.is_on() {
            return None;
        }
        self.position = position;
        self.dirty = true;
        Some(change(&mut self.value))
    }

    /// Whether the store has an older version.
    pub const fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// The store has it as it is.
    pub const fn mark_clean(&mut self) {
        self.dirty = false;
    }
}
