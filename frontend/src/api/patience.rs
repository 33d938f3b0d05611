//! How long an answer is waited for.

use std::cell::Cell;

/// How long to wait for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// As long as a slow line takes: there is no way on without the answer.
    Full,
    /// As long as somebody at a till stands there: there is something to go on with.
    Brief,
}

/// The longest wait, in milliseconds.
const FULL_MS: u32 = 15_000;

/// The wait where there is something to go on with, in milliseconds.
const BRIEF_MS: u32 = 2_500;

/// The same while the last request got no answer, in milliseconds: nobody waits for a dead line twice, and a server that is
/// there again is heard of.
const SILENT_MS: u32 = 400;

thread_local! {
    /// Whether the last request got no answer of the server's.
    static IS_SILENT: Cell<bool> = const { Cell::new(false) };
}

impl Patience {
    /// For a question that may go unanswered where there is something to go on with.
    pub const fn where_kept(is_kept: bool) -> Self {
        if is_kept { Self::Brief } else { Self::Full }
    }

    /// How long to wait by what is known of the line, in milliseconds.
    pub(super) fn millis(self) -> u32 {
        self.millis_where(IS_SILENT.get())
    }

    const fn millis_where(self, is_silent: bool) -> u32 {
        match (self, is_silent) {
            (Self::Full, _) => FULL_MS,
            (Self::Brief, false) => BRIEF_MS,
            (Self::Brief, true) => SILENT_MS,
        }
    }
}

/// Notes whether a request got an answer of the server's.
pub(super) fn note(is_answered: bool) {
    IS_SILENT.set(!is_answered);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_a_dead_line_twice_where_there_is_something_to_go_on_with() {
        assert_eq!((Patience::where_kept(true), Patience::where_kept(false)), (Patience::Brief, Patience::Full));
        let waits = || (Patience::Brief.millis(), Patience::Full.millis());
        assert_eq!(waits(), (BRIEF_MS, FULL_MS));
        note(false);
        assert_eq!(waits(), (SILENT_MS, FULL_MS));
        note(true);
        assert_eq!(waits(), (BRIEF_MS, FULL_MS));
    }
}
