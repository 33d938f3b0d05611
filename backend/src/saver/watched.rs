//! What a test sees of the memory of the savers that run on its thread.

use std::cell::Cell;

thread_local! {
    static SURPLUS: Cell<usize> = const { Cell::new(0) };
}

/// A ledger holds so many things that it might have let go of, right after a checkpoint.
pub fn note(surplus: usize) {
    SURPLUS.set(SURPLUS.get().max(surplus));
}

/// The most that a ledger has held too much since the last time.
pub fn surplus() -> usize {
    SURPLUS.take()
}
