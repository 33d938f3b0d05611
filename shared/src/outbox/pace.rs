//! When what waits is sent next, by what came of sending last.

use crate::backoff;

/// What comes after a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The next one, at once: there may be more.
    Send,
    /// Nothing, until something new comes.
    Rest,
    /// The same again, after so many milliseconds.
    Wait(u32),
}

/// How often in a row a try has failed.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    failures: u32,
}

impl Pace {
    /// What comes after a try that sent something or found nothing to be sent, or else of which the server asked for a wait of so
    /// many milliseconds. `dice` is any random number: it goes on top of what the server asks of all alike, so that those that it
    /// refused together do not come back together.
    pub fn after(&mut self, tried: Result<bool, u32>, dice: u32) -> Next {
        let Err(asked_for_ms) = tried else {
            self.failures = 0;
            return if tried == Ok(true) { Next::Send } else { Next::Rest };
        };
        self.failures = self.failures.saturating_add(1);
        Next::Wait(asked_for_ms.saturating_add(backoff::wait_ms(self.failures, dice)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(pace: &mut Pace, asked_for_ms: u32, dice: u32) -> Vec<u32> {
        let waited = |next| match next {
            Next::Wait(wait) => wait,
            other => panic!("{other:?} after a failure"),
        };
        (0..8).map(|_| waited(pace.after(Err(asked_for_ms), dice))).collect()
    }

    #[test]
    fn whoever_fails_again_waits_longer_up_to_a_limit() {
        assert_eq!(waits(&mut Pace::default(), 0, 0), [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    }

    #[test]
    fn whom_the_server_refused_together_do_not_come_back_together() {
        let firsts: Vec<_> = [0, 100, 250].map(|dice| waits(&mut Pace::default(), 2_000, dice)[0]).into();
        assert_eq!(firsts, [2_250, 2_350, 2_500]);
        let own = waits(&mut Pace::default(), 0, 7);
        let asked: Vec<_> = own.iter().map(|wait| 60_000 + wait).collect();
        assert_eq!(waits(&mut Pace::default(), 60_000, 7), asked);
    }

    #[test]
    fn what_goes_through_begins_anew() {
        let mut pace = Pace::default();
        for (tried, next) in [(Ok(true), Next::Send), (Ok(false), Next::Rest)] {
            waits(&mut pace, 0, 0);
            assert_eq!(pace.after(tried, 0), next);
            assert_eq!(pace.after(Err(0), 0), Next::Wait(250));
        }
    }
}
