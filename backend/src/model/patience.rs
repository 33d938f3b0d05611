//! How many wrong PINs one client may send, whichever numbers they are for.

use super::attempts::LockedOut;
use jiff::{SignedDuration, Timestamp};

/// How many wrong PINs are forgiven at once: a store's tills may share one address.
const FORGIVEN: i32 = 30;
/// After how long one wrong PIN is forgotten.
const EACH: SignedDuration = SignedDuration::from_mins(1);

/// The patience with one client: when all its wrong PINs are forgotten (the generic cell rate algorithm, ITU-T I.371).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    forgotten_at: Timestamp,
}

impl Patience {
    /// With a client that has sent no wrong PIN yet.
    pub const WHOLE: Self = Self { forgotten_at: Timestamp::UNIX_EPOCH };

    /// Takes a PIN for a wrong one before it is looked at, so that many at once count too.
    ///
    /// # Errors
    ///
    /// [`LockedOut`] where the patience is at its end.
    pub fn charge(self, now: Timestamp) -> Result<Self, LockedOut> {
        let forgotten_at = later(self.forgotten_at.max(now), EACH);
        let until = later(forgotten_at, EACH * -FORGIVEN);
        if until > now { Err(LockedOut { until }) } else { Ok(Self { forgotten_at }) }
    }

    /// It was a right one.
    #[must_use]
    pub fn refund(self) -> Self {
        Self { forgotten_at: later(self.forgotten_at, -EACH) }
    }

    /// When there is nothing left to remember.
    pub const fn forgotten_at(self) -> Timestamp {
        self.forgotten_at
    }
}

fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
    }

    fn after(tries: i32, minute: i64) -> Patience {
        (0..tries).fold(Patience::WHOLE, |patience, _| patience.charge(at(minute)).unwrap())
    }

    #[test]
    fn thirty_at_once_and_then_one_a_minute() {
        let worn_out = after(30, 0);
        assert_eq!(worn_out.charge(at(0)), Err(LockedOut { until: at(1) }));
        let again = worn_out.charge(at(1)).unwrap();
        assert_eq!(again.charge(at(1)), Err(LockedOut { until: at(2) }));
    }

    #[test]
    fn right_pins_cost_nothing() {
        let mut patience = after(29, 0);
        for _ in 0..1000 {
            patience = patience.charge(at(0)).unwrap().refund();
        }
        assert_eq!(patience, after(29, 0));
    }

    #[test]
    fn all_is_forgotten_in_time() {
        assert_eq!(after(30, 0).forgotten_at(), at(30));
        assert!((0..30).try_fold(after(30, 0), |patience, _| patience.charge(at(30))).is_ok());
    }
}
